"""Pictures for the preview pane: pages drawn by us, pictures made anew, never a user's bytes."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from records.revision import FileVersion, Revision
from search_ui.desk import TheVisitor, Visitor
from search_ui.routers.record import USER_FILE_HEADERS
from services.finding.previewing import PICTURE_PATIENCE_S

router = APIRouter(route_class=BoundedRoute)

SVG_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""For one who opens the address of a drawn page by itself; inside `<img>` nothing runs anyway."""

Number = Annotated[int | None, Query(ge=1)]


@router.get("/records/{record}/page-picture")
def page_picture(
    record: str, file: str, page: int, visitor: TheVisitor, revision: Number = None
) -> Response:
    """A page of a PDF or OFD."""
    held, found = _opened(visitor, record, file, revision)
    previewing = visitor.desk.previewing
    view = previewing.page_picture(held, found, page=page, patience_s=PICTURE_PATIENCE_S)
    return _picture(view.picture, view.media_type)


@router.get("/records/{record}/picture")
def picture(
    record: str, file: str, visitor: TheVisitor, revision: Number = None, turn: int = 0
) -> Response:
    """A picture: its pixels and nothing else of the file; turned by so many quarters."""
    held, found = _opened(visitor, record, file, revision)
    made = visitor.desk.previewing.picture(held, found, turns=turn % 4)
    return _picture(made.body, made.media_type)


@router.get("/records/{record}/thumbnail")
def thumbnail(
    record: str, file: str, visitor: TheVisitor, page: int = 1, revision: Number = None
) -> Response:
    """A page or a picture in small, for whom the file is open; kept by nobody on the way."""
    held, found = _opened(visitor, record, file, revision)
    made = visitor.desk.previewing.thumbnail(held, found, page=page)
    return _picture(made.body, made.media_type)


@router.get("/records/{record}/handwriting/{sha256}")
def handwriting(record: str, sha256: str, visitor: TheVisitor) -> Response:
    """What somebody wrote by pen into his opinion, for who may read the opinion."""
    browsing = visitor.desk.house.browsing
    return _picture(browsing.handwriting(visitor.caller, RecordId(record), sha256), "image/svg+xml")


def _opened(
    visitor: Visitor, record: str, name: str, number: int | None
) -> tuple[Revision, FileVersion]:
    """The revision and the file, decided on anew. Raises NotFound."""
    browsing = visitor.desk.house.browsing
    opened = browsing.open(visitor.caller, RecordId(record), number=number)
    return opened.revision, opened.file(name)


def _picture(body: bytes, media_type: str) -> Response:
    headers = {**USER_FILE_HEADERS, "Content-Disposition": "inline"}
    if media_type == "image/svg+xml":
        headers["Content-Security-Policy"] = SVG_POLICY
    return Response(body, media_type=media_type, headers=headers)
