"""回收站 (YP-05): what was deleted, brought back or let go."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from records.errors import NotFound
from records.identity import RecordId
from search_ui.desk import TheVisitor
from search_ui.shown.drive.rows import bin_row, drive_tabs, folder_href
from search_ui.shown.search.found import paged
from search_ui.shown.words import record_href
from search_ui.views.drive import RecycleBinPage
from search_ui.views.shell import Crumb
from services.drive.recycle_bin import KEPT_DAYS
from services.finding.own_records import FOLDER, PLACES

router = APIRouter(route_class=BoundedRoute)

BIN = "/drive/bin"


@router.get("/drive/bin")
def recycle_bin(visitor: TheVisitor, page: int = 1) -> HTMLResponse:
    """What the visitor deleted, the latest first, a page at a time."""
    t, items = visitor.desk.texts, visitor.desk.house.drive.bin.items(visitor.caller)
    shown, way = paged(items, page, base=BIN)
    view = RecycleBinPage(
        crumbs=(Crumb(t("drive.root"), "/drive"), Crumb(t("drive.bin"))),
        tabs=drive_tabs("bin", t),
        rows=tuple(map(bin_row, shown)),
        pager=way,
        days=KEPT_DAYS,
        empty_href=f"{BIN}/empty",
    )
    return visitor.show("recycle_bin", view, current="drive")


@router.post("/drive/bin/empty")
def empty(visitor: TheVisitor) -> Response:
    """All of it is let go."""
    kept = visitor.desk.house.drive.bin
    tops = [each.revision.record for each in kept.items(visitor.caller)]
    gone = kept.let_go(visitor.caller, tops)
    return visitor.go(BIN, told=visitor.desk.texts("drive.emptied", n=gone))


@router.post("/drive/bin/{record}/restore")
def restore(record: str, visitor: TheVisitor) -> Response:
    """Back to where it lay, with all that went with it."""
    house, t = visitor.desk.house, visitor.desk.texts
    try:
        restored = house.drive.bin.restore(visitor.caller, RecordId(record))
    except NotFound:
        return visitor.go(BIN, told=t("drive.not_in_bin"), tone="warning")
    house.settle_all(restored)
    if not restored:
        return visitor.go(BIN, told=t("drive.not_in_bin"), tone="warning")
    first = restored[0]
    place = PLACES.get(first.kind)
    if first.kind == FOLDER:
        href = folder_href(first.record)
    elif place is not None:
        href = folder_href(str(first.fields.get(place) or ""))
    else:
        href = record_href(first.record)
    title = str(first.fields.get("title") or "")
    return visitor.go(href, told=t("drive.restored", title=title))


@router.post("/drive/bin/{record}/purge")
def purge(record: str, visitor: TheVisitor) -> Response:
    """One thing is let go."""
    house, t = visitor.desk.house, visitor.desk.texts
    gone = house.drive.bin.let_go(visitor.caller, [RecordId(record)])
    told, tone = (t("drive.purged"), True) if gone else (t("drive.not_in_bin"), False)
    return visitor.go(BIN, told=told, tone="ok" if tone else "warning")
