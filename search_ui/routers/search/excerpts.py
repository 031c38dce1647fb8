"""摘录 and 引用: passages collected and cited, and what became of one that was."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from gate.bounded_request import BoundedRoute
from records.content_disposition import content_disposition
from records.errors import NotFound
from records.identity import RecordId
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.routers.search.files import base_of
from search_ui.shown.preview.pane import PreviewPane
from search_ui.shown.preview.place import Place
from search_ui.shown.search.excerpts import cited_passages, evidence_page, excerpt_page
from search_ui.shown.search.found import paged
from services.after_commit.documents import FIELD_PART
from services.quoting.evidence import Evidence, Source

router = APIRouter(route_class=BoundedRoute)

HERE = "/search/excerpts"


def source_asked(
    record: str,
    revision: int = 0,
    part: str = "",
    text: str = "",
    page: int | None = None,
    sheet: str = "",
    row: int | None = None,
) -> Source:
    """The source that an address names. Raises NotFound for one that can be none."""
    try:
        return Source(
            record=RecordId(record),
            revision=revision,
            part=part,
            page=page,
            sheet=sheet,
            row=row,
            text=text,
        )
    except ValidationError as error:
        raise NotFound("unknown_record", record=record) from error


TheSource = Annotated[Source, Depends(source_asked)]


@router.get("/evidence/{name}")
def cited(name: str, visitor: TheVisitor) -> HTMLResponse:
    """A passage that was cited by its short address: what it says, and what became of it."""
    return _shown(visitor, visitor.desk.house.search_aids.cited.of(visitor.caller, name))


@router.post("/evidence")
def cite(source: TheSource, visitor: TheVisitor) -> Response:
    """Keeps a source, which its short address leads to from now on."""
    desk = visitor.desk
    desk.house.search_aids.cited.keep(visitor.caller, source, desk.previewing.cells)
    return Response(status_code=204)


@router.get("/records/{record}/evidence")
def evidence(source: TheSource, visitor: TheVisitor) -> HTMLResponse:
    """The same by the address that citations had before: it says all of the source itself."""
    return _shown(visitor, visitor.desk.house.search_aids.evidence.of(visitor.caller, source))


def _shown(visitor: Visitor, found: Evidence) -> HTMLResponse:
    source, held, t = found.source, found.opened.revision, visitor.desk.texts
    part = source.part
    name = next((f.name for f in held.files if f"{part}/".startswith(f"{f.name}/")), "")
    file = None if part.startswith(FIELD_PART) else held.file(name)
    place = Place(name, source.page or 0, words=f"“{source.text}”", revision=source.revision)
    preview = PreviewPane(visitor.desk.previewing, t).of(held, file, place) if file else None
    view = evidence_page(found, visitor.caller, t, preview)
    return visitor.show("evidence", view, current="search")


@router.get(HERE)
def show(visitor: TheVisitor, page: int = 1) -> HTMLResponse:
    """One's own, each as far as one may read it, a page at a time."""
    book = visitor.desk.house.search_aids.excerpts
    shown, way = paged(book.collected(visitor.caller), page, base=HERE)
    view = excerpt_page(book.looked_up(visitor.caller, shown), way, visitor.desk.texts)
    return visitor.show("excerpts", view, current="search")


@router.post(HERE)
def collect(source: TheSource, visitor: TheVisitor) -> Response:
    """One passage more, from the page that stands."""
    desk = visitor.desk
    desk.house.search_aids.excerpts.collect(visitor.caller, source, desk.previewing.cells)
    return Response(status_code=204)


@router.post(HERE + "/drop")
def drop(visitor: TheVisitor, form: TheForm) -> RedirectResponse:
    """One goes, or all of them."""
    one = text_of(form, "excerpt") or None
    visitor.desk.house.search_aids.excerpts.drop(visitor.caller, one)
    t = visitor.desk.texts
    return visitor.go(HERE, told=t("excerpt.dropped" if one else "excerpt.all_dropped"))


@router.get(HERE + "/file")
def file(request: Request, visitor: TheVisitor) -> Response:
    """Those that one may read, with their sources, as docx."""
    t, writer = visitor.desk.texts, visitor.desk.excerpts
    found = visitor.desk.house.search_aids.excerpts.of(visitor.caller)
    title = t("excerpt.title")
    body = writer.write(title, cited_passages(found, base_of(request)))
    name = f"{title}{visitor.caller.today:%Y%m%d}.{writer.suffix}"
    return Response(
        body,
        media_type=writer.media_type,
        headers={"Content-Disposition": content_disposition("attachment", name)},
    )
