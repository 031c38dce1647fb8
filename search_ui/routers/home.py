"""The first page: what waits, by urgency and deadline, what one follows, what is new (GT-01)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor
from search_ui.routers.guide import STEPS
from search_ui.routers.person.delegations import running_lines
from search_ui.shown.rows import notice_row, record_row, task_row
from search_ui.shown.tiles import TileShowing
from search_ui.shown.words import kind_icon
from search_ui.views.work import HomePage, NewKind
from services.finding.worklists import Worklist
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)

SHOWN = 6


@router.get("/")
def home(visitor: TheVisitor, tour: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002 - of the address
    """Numbers of what one has to do, tasks, what one follows, notices, the tour."""
    house, caller = visitor.desk.house, visitor.caller
    lists = house.lists
    waiting = lists.of_work.page(caller, Worklist.WAITING, size=SHOWN)
    newest = lists.announcements.page(caller, unread=False, size=SHOWN).rows[:SHOWN]
    shown = [row.revision for row in newest]
    unread = lists.announcements.unread_among(caller, shown)
    recent = lists.own.recent(caller, size=SHOWN).rows
    followed = lists.of_work.page(caller, Worklist.FOLLOWED, size=SHOWN)
    showing = TileShowing(house, caller, visitor.desk.texts)
    page = HomePage(
        tasks=tuple(task_row(row, caller) for row in waiting.rows),
        tasks_total=waiting.total,
        notices=tuple(
            notice_row(notice, house.kinds, caller, read=notice.record not in unread)
            for notice in shown
        ),
        unread_total=lists.announcements.unread(caller),
        recent=tuple(record_row(row.revision, house.kinds) for row in recent),
        new_kinds=new_kinds(visitor),
        tiles=tuple(showing.own(waiting=waiting.total, followed=followed.total)),
        post_tiles=tuple(showing.of_posts()),
        followed=tuple(task_row(row, caller) for row in followed.rows),
        followed_total=followed.total,
        deputising=running_lines(visitor),
        tour=STEPS if tour or not house.first_visit.is_over(caller.person.login) else (),
    )
    return visitor.show("home", page, current="home")


def new_kinds(visitor: TheVisitor) -> tuple[NewKind, ...]:
    """Kinds that the caller may begin by a form: those with a flow, and upload for the rest."""
    house, t = visitor.desk.house, visitor.desk.texts
    begun = tuple(
        NewKind(t("record.new", kind=kind.title), f"/records/new/{kind.kind}", kind_icon(kind))
        for kind in house.kinds
        if kind.has_flow and may_begin(kind, visitor.caller)
    )
    return (*begun, NewKind(t("upload.title"), "/upload", "upload"))
