"""交换文件: downloaded from an issued paper, and taken in where it arrives (FW-25)."""

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import UploadFile

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.errors import tell
from records.content_disposition import content_disposition
from records.errors import Invalid, Refused
from records.identity import RecordId
from records.meaning import title_of
from search_ui.desk import TheForm, TheVisitor
from search_ui.failures import status_of
from search_ui.shown.words import record_href
from search_ui.views.exchange import ExchangePage
from services.intake.exchange import pieces_once

router = APIRouter(route_class=BoundedRoute)


@router.get("/records/{record}/exchange")
def write(record: str, visitor: TheVisitor) -> Response:
    """The exchange file of an issued paper."""
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, RecordId(record))
    path = house.exchange.write(caller, opened)
    name = f"{title_of(opened.kind, opened.latest)}.zip"
    return StreamingResponse(
        paced(pieces_once(path)),
        media_type="application/zip",
        headers={"Content-Disposition": content_disposition("attachment", name)},
    )


@router.get("/exchange")
def form(visitor: TheVisitor) -> Response:
    """Where an exchange file is given."""
    return visitor.show("exchange", ExchangePage())


@router.post("/exchange")
def read(visitor: TheVisitor, form: TheForm) -> Response:
    """The paper of the file, to be gone on with; the form again when it is none."""
    house, given = visitor.desk.house, form.get("file")
    try:
        if not isinstance(given, UploadFile) or not given.filename:
            raise Invalid("bad_exchange", field="file")
        revision = house.exchange.read(visitor.caller, given.file)
    except (Invalid, Refused) as error:
        known = error.facts.get("record")
        href = record_href(str(known)) if known and error.reason == "exchanged_before" else None
        view = ExchangePage(problem=str(tell(error)), known_href=href)
        return visitor.show("exchange", view, status=status_of(error))
    house.settle(revision)
    return visitor.go(record_href(revision.record), told=visitor.desk.texts("exchange.read"))
