"""工作台: 待办, 待阅, 已办, 我发起的, 跟踪, 即将到期, 超期 over all kinds (GT-06)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.shown.paging import ThePlace, place_pager, query_of
from search_ui.shown.rows import task_row
from search_ui.shown.words import record_href
from search_ui.views.shell import Tab
from search_ui.views.work import TasksPage
from services.finding.worklists import COUNTED, Worklist, worklist

router = APIRouter(route_class=BoundedRoute)

SHOWN = 20


@router.get("/tasks")
def tasks(
    visitor: TheVisitor, place: ThePlace, which: str = "todo", kind: str = ""
) -> HTMLResponse:
    """One of the lists, in its order, page by page to its end."""
    house, caller = visitor.desk.house, visitor.caller
    shown, kinds = worklist(which), (kind,) if kind else ()
    page = house.lists.of_work.page(
        caller, shown, kinds=kinds, size=SHOWN, after=place.after, before=place.before
    )
    kept = (("which", shown), ("kind", kind)) if kind else (("which", str(shown)),)
    view = TasksPage(
        tabs=_tabs(visitor, shown),
        which=shown,
        rows=tuple(task_row(row, caller) for row in page.rows),
        pager=place_pager(page, place, len(page.rows), kept, base="/tasks"),
        kinds=_kinds(visitor, shown, kind),
    )
    return visitor.show("tasks", view, current="tasks")


@router.post("/records/{record}/follow")
def follow(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Puts the record under 跟踪, or takes it out; then the record again."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    found = house.browsing.open(caller, RecordId(record)).revision.record
    login = caller.person.login
    if text_of(form, "off"):
        house.lists.followed.remove(login, found)
        return visitor.go(record_href(found), told=t("task.unfollowed_told"))
    house.lists.followed.put(login, found, caller.now.isoformat())
    return visitor.go(record_href(found), told=t("task.followed_told"))


def _tabs(visitor: Visitor, shown: Worklist) -> tuple[Tab, ...]:
    """All lists; those on which people act bear their totals."""
    totals = visitor.desk.house.lists.of_work.totals(visitor.caller, COUNTED)
    t = visitor.desk.texts
    return tuple(
        Tab(
            t(f"task.list.{each}"),
            "/tasks" if each is Worklist.WAITING else f"/tasks?{query_of((('which', each),))}",
            current=each is shown,
            count=totals.get(each),
        )
        for each in Worklist
    )


def _kinds(visitor: Visitor, shown: Worklist, chosen: str) -> tuple[Tab, ...]:
    """The kinds that stand in the list, to narrow by; none when there is but one."""
    house, t = visitor.desk.house, visitor.desk.texts
    found = house.lists.of_work.kinds(visitor.caller, shown)
    if len(found) < 2 and not chosen:
        return ()

    def tab(label: str, kind: str) -> Tab:
        kept = (("which", str(shown)), *((("kind", kind),) if kind else ()))
        return Tab(label, f"/tasks?{query_of(kept)}", current=kind == chosen)

    titles: dict[str, str] = {kind.kind: kind.title for kind in house.kinds}
    named = [(f"{titles[kind]} {count}", kind) for kind, count in found.items()]
    return (tab(t("task.all_kinds"), ""), *(tab(label, kind) for label, kind in named))
