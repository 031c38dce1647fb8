"""Notices for the reader: unread, all, and those one drafted (TZ-03, TZ-05)."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.revision import Revision
from records.search import Narrowing, SortOrder
from search_ui.desk import TheVisitor, Visitor
from search_ui.navigation import published_notices, unread_notices
from search_ui.routers.home import may_begin
from search_ui.shown.found import PAGE_SIZE, pager
from search_ui.shown.rows import notice_row
from search_ui.views.shell import Tab
from search_ui.views.work import NoticesPage

router = APIRouter(route_class=BoundedRoute)

Which = Literal["unread", "all", "mine"]


@router.get("/notices")
def notices(visitor: TheVisitor, which: Which = "unread", page: int = 1) -> HTMLResponse:
    """One of the three lists."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    unread = unread_notices(house, caller)
    total, shown = _listed(visitor, which, max(page, 1), unread)
    new = {notice.record for notice in unread}
    kind = next((k for k in house.kinds if k.meaning.audience and may_begin(k, caller)), None)
    view = NoticesPage(
        tabs=(
            Tab(t("notice.unread"), "/notices", which == "unread", len(unread)),
            Tab(t("notice.everything"), "/notices?which=all", which == "all"),
            Tab(t("notice.mine"), "/notices?which=mine", which == "mine"),
        ),
        rows=tuple(
            notice_row(notice, house.kinds, caller, read=notice.record not in new)
            for notice in shown
        ),
        pager=pager(total, max(page, 1), (("which", which),), base="/notices"),
        new_href=f"/records/new/{kind.kind}" if kind else None,
    )
    return visitor.show("notices", view, current="notices")


def _listed(
    visitor: Visitor, which: Which, page: int, unread: tuple[Revision, ...]
) -> tuple[int, tuple[Revision, ...]]:
    house, caller = visitor.desk.house, visitor.caller
    if which == "unread":
        return len(unread), unread
    offset = (page - 1) * PAGE_SIZE
    if which == "all":
        return published_notices(house, caller, offset=offset, limit=PAGE_SIZE)
    kinds = tuple(kind.kind for kind in house.kinds if kind.meaning.audience)
    mine = Narrowing(kinds=kinds, authors=(caller.person.login,))
    return house.searching.listed(
        caller, mine, sort=SortOrder.CHANGED, offset=offset, limit=PAGE_SIZE
    )
