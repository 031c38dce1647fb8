"""档案检索: the archive by 年度, 机构 and 保管期限; its 目录 and 备考表 (GD-03, GD-04)."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from search_ui.desk import TheVisitor
from search_ui.shown.lists.archive import ArchiveShowing
from search_ui.shown.paging import ThePlace, place_pager
from services.finding.archive_shelves import Shelf

router = APIRouter(route_class=BoundedRoute)

SHOWN = 30


@router.get("/archive")
def archive(
    visitor: TheVisitor,
    place: ThePlace,
    year: str = "",
    unit: str = "",
    retention: str = "",
    q: str = "",
) -> HTMLResponse:
    """A place of the tree with its pieces."""
    shelves, caller = visitor.desk.house.lists.archive, visitor.caller
    shelf = Shelf(year, unit, retention, q.strip())
    page = shelves.page(caller, shelf, size=SHOWN, after=place.after, before=place.before)
    showing = ArchiveShowing(caller, shelf, visitor.desk.texts)
    view = showing.page(
        page,
        shelves.branches(caller, shelf),
        place_pager(page, place, len(page.rows), showing.parameters(), base="/archive", size=SHOWN),
    )
    return visitor.show("archive", view, current="archive")


@router.get("/archive/catalogue")
def catalogue(
    visitor: TheVisitor, year: str = "", unit: str = "", retention: str = "", q: str = ""
) -> HTMLResponse:
    """归档文件目录 and 备考表, as they are printed and laid into the box."""
    shelf = Shelf(year, unit, retention, q.strip())
    pieces = visitor.desk.house.lists.archive.catalogue(visitor.caller, shelf)
    view = ArchiveShowing(visitor.caller, shelf, visitor.desk.texts).catalogue(tuple(pieces))
    return visitor.show("archive_catalogue", view, current="archive")


@router.get("/archive/export")
def export(
    visitor: TheVisitor,
    year: str = "",
    unit: str = "",
    retention: str = "",
    q: str = "",
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name that lists have
) -> Response:
    """归档文件目录 as a workbook."""
    shelf = Shelf(year, unit, retention, q.strip())
    pieces = visitor.desk.house.lists.archive.catalogue(visitor.caller, shelf)
    showing = ArchiveShowing(visitor.caller, shelf, visitor.desk.texts)
    writer = visitor.desk.tables[format]
    name = visitor.desk.texts("archive.catalogue")
    rows = writer.write(name, showing.heads(), rows=(row.cells for row in map(showing.row, pieces)))
    headers = {"Content-Disposition": content_disposition("attachment", f"{name}.{writer.suffix}")}
    return StreamingResponse(paced(rows), media_type=writer.media_type, headers=headers)
