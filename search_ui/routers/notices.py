"""Notices for the reader: unread, all, and those one drafted (TZ-03, TZ-05)."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.paging import Place, ThePlace, place_pager
from search_ui.shown.rows import notice_row
from search_ui.views.shell import Tab
from search_ui.views.work import NewKind, NoticesPage
from services.finding.listing import ListPage
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)

Which = Literal["unread", "all", "mine"]
SHOWN = 20


@router.get("/notices")
def notices(visitor: TheVisitor, place: ThePlace, which: Which = "unread") -> HTMLResponse:
    """One of the three lists."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    page = _listed(visitor, which, place)
    shown = [row.revision for row in page.rows]
    unread = house.lists.announcements.unread_among(caller, shown)
    view = NoticesPage(
        tabs=(
            Tab(
                t("notice.unread"),
                "/notices",
                which == "unread",
                house.lists.announcements.unread(caller),
            ),
            Tab(t("notice.everything"), "/notices?which=all", which == "all"),
            Tab(t("notice.mine"), "/notices?which=mine", which == "mine"),
        ),
        rows=tuple(
            notice_row(
                notice,
                house.kinds,
                caller,
                read=which == "mine" or notice.record not in unread,
                drafted=which == "mine",
            )
            for notice in shown
        ),
        none=which,
        pager=place_pager(page, place, len(shown), (("which", which),), base="/notices"),
        new=tuple(
            NewKind(t("record.new", kind=k.title), f"/records/new/{k.kind}", "writing")
            for k in house.kinds
            if k.has_flow and k.announces and may_begin(k, caller)
        ),
    )
    return visitor.show("notices", view, current="notices")


def _listed(visitor: Visitor, which: Which, place: Place) -> ListPage:
    lists, caller = visitor.desk.house.lists, visitor.caller
    if which == "mine":
        return lists.own.announced(caller, size=SHOWN, after=place.after, before=place.before)
    return lists.announcements.page(
        caller, unread=which == "unread", size=SHOWN, after=place.after, before=place.before
    )
