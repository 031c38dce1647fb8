"""待办 and 已办 (GT-06)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.access import person_token
from records.revision import Revision
from records.search import Narrowing, SortOrder
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.found import pager
from search_ui.shown.rows import done_row, task_row
from search_ui.views.shell import Tab
from search_ui.views.work import TasksPage

router = APIRouter(route_class=BoundedRoute)

SHOWN = 50
_LOOKED_AT = 200
"""Records last changed that are looked through for what the caller has done on them."""


@router.get("/tasks")
def tasks(visitor: TheVisitor, *, done: bool = False) -> HTMLResponse:
    """What waits for the caller; or what he has done, newest first."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    total, waiting = house.searching.waiting(caller, limit=SHOWN)
    finished = _finished(visitor) if done else ()
    rows = (
        tuple(done_row(revision, house.kinds, caller) for revision in finished)
        if done
        else tuple(task_row(revision, house.kinds, caller) for revision in waiting)
    )
    page = TasksPage(
        tabs=(
            Tab(t("task.open"), "/tasks", current=not done, count=total),
            Tab(t("task.finished"), "/tasks?done=true", current=done),
        ),
        done=done,
        rows=rows,
        pager=pager(len(rows), 1, (), base="/tasks"),
    )
    return visitor.show("tasks", page, current="tasks")


def _finished(visitor: Visitor) -> tuple[Revision, ...]:
    house, caller = visitor.desk.house, visitor.caller
    flows = tuple(kind.kind for kind in house.kinds if kind.has_flow)
    _, found = house.searching.listed(
        caller, Narrowing(kinds=flows), sort=SortOrder.CHANGED, offset=0, limit=_LOOKED_AT
    )
    login, me = caller.person.login, person_token(caller.person.login)
    took_part = (revision for revision in found if me in revision.participants)
    done = [r for r in took_part if any(task.done_by == login for task in r.tasks)]
    return tuple(done[:SHOWN])
