"""Hits as a file, at once or as a job; many searches at once (CX-06, SS-01)."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.errors import tell
from records.content_disposition import content_disposition
from records.errors import Invalid, Refused
from records.queries.asked_rows import AskedRow
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.failures import status_of
from search_ui.receiving import received
from search_ui.routers.lists.exports import HERE
from search_ui.shown.search.address import asked_of, given_of
from search_ui.views.search import BatchPage
from services.exporting.export_desk import AT_ONCE, MOST_QUERIES
from services.exporting.hit_rows import HEADER

router = APIRouter(route_class=BoundedRoute)


@router.get("/search/export")
def export(
    request: Request,
    visitor: TheVisitor,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name the API has
) -> StreamingResponse:
    """The first hits, as many as are answered at once."""
    asked, _ = asked_of(given_of(request))
    writer, title = visitor.desk.tables[format], visitor.desk.texts("search.exported")
    rows = visitor.desk.house.search_aids.hits.every(
        visitor.caller, asked, base=base_of(request), most=AT_ONCE
    )
    return StreamingResponse(
        paced(writer.write(title, HEADER, rows=rows)),
        media_type=writer.media_type,
        headers={
            "Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")
        },
    )


@router.post("/search/exports")
def order(request: Request, visitor: TheVisitor) -> Response:
    """All hits, written beside; then where they are fetched."""
    house, t = visitor.desk.house, visitor.desk.texts
    asked, _ = asked_of(given_of(request))
    try:
        house.lists.exports.begin_search(visitor.caller, asked, base=base_of(request))
    except (Invalid, Refused) as error:
        return visitor.go(HERE, told=str(tell(error)), tone="warning")
    house.write_exports()
    return visitor.go(HERE, told=t("export.begun"))


@router.get("/search/batch")
def batch(visitor: TheVisitor) -> HTMLResponse:
    """Where a list of searches is handed in."""
    return visitor.show("search_batch", BatchPage(most=MOST_QUERIES), current="search")


@router.post("/search/batch")
def begin_batch(request: Request, visitor: TheVisitor, form: TheForm) -> Response:
    """The list, searched for beside; one that is wrong comes back as it was."""
    house, typed = visitor.desk.house, text_of(form, "queries")
    try:
        rows = [*map(AskedRow, typed.splitlines()), *_rows_of_file(visitor, form)]
        house.lists.exports.begin_batch(visitor.caller, rows, base=base_of(request))
    except (Invalid, Refused) as error:
        return _again(visitor, typed, error)
    house.write_exports()
    return visitor.go(HERE, told=visitor.desk.texts("batch.begun"))


def _again(visitor: Visitor, typed: str, error: Invalid | Refused) -> HTMLResponse:
    page = BatchPage(most=MOST_QUERIES, queries=typed, error=str(tell(error)))
    return visitor.show("search_batch", page, current="search", status=status_of(error))


def _rows_of_file(visitor: Visitor, form: FormData) -> list[AskedRow]:
    """The first column of a table, the lines of a text; none without a file. Raises Invalid."""
    with received(visitor.desk.house.staging, form, {"file": None}) as files:
        return [
            row for file in files for row in visitor.desk.query_files(file.staged.path, file.name)
        ]


def base_of(request: Request) -> str:
    """What addresses of records begin with, as this visitor reached the house."""
    return str(request.base_url).rstrip("/")
