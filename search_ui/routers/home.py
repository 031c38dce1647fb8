"""The first page: what waits, what is new, what one worked on last."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.kind import Kind
from records.search import Narrowing, SortOrder
from search_ui.desk import TheVisitor
from search_ui.navigation import published_notices, unread_notices
from search_ui.routers.delegations import running_lines
from search_ui.shown.rows import notice_row, record_row, task_row
from search_ui.shown.words import kind_icon
from search_ui.views.work import HomePage, NewKind
from services.people.caller import Caller

router = APIRouter(route_class=BoundedRoute)

SHOWN = 6


@router.get("/")
def home(visitor: TheVisitor) -> HTMLResponse:
    """Tasks, notices, own records."""
    house, caller = visitor.desk.house, visitor.caller
    total, waiting = house.searching.waiting(caller, limit=SHOWN)
    unread = {notice.record for notice in unread_notices(house, caller)}
    _, notices = published_notices(house, caller, limit=SHOWN)
    mine = Narrowing(authors=(caller.person.login,))
    _, recent = house.searching.listed(caller, mine, sort=SortOrder.CHANGED, offset=0, limit=SHOWN)
    page = HomePage(
        tasks=tuple(task_row(revision, house.kinds, caller) for revision in waiting),
        tasks_total=total,
        notices=tuple(
            notice_row(notice, house.kinds, caller, read=notice.record not in unread)
            for notice in notices
        ),
        unread_total=len(unread),
        recent=tuple(record_row(revision, house.kinds) for revision in recent),
        new_kinds=new_kinds(visitor),
        deputising=running_lines(visitor),
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


def may_begin(kind: Kind, caller: Caller) -> bool:
    """Whether a record of the kind may be begun by the caller, to offer it or not.

    The decision itself is made by services.intake.ingest when it is done.
    """
    posts = {f"post:{post}" for post in caller.person.posts}
    return "anyone" in kind.start.by or bool({*caller.reader.tokens, *posts} & set(kind.start.by))
