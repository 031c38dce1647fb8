"""运行监测 and 任务监控, for administrators (AQ-15)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Refused, Unavailable
from records.people.roles import Power
from records.ports.job_queue import LaneState
from records.revision import Revision
from search_ui.desk import TheVisitor, Visitor
from search_ui.formats import count, moment
from search_ui.shown.rows import record_row
from search_ui.texts import Texts
from search_ui.views.monitor import LaneLine, MonitorPage, RebuildLine, ScanLine
from search_ui.views.person.account import CheckLine
from search_ui.views.shell import Badge
from services.after_commit.dead_letters import KIND
from services.finding.kind_lists import ListAsked
from services.keeping.probing import Part
from services.keeping.rebuild_desk import RebuildState

router = APIRouter(route_class=BoundedRoute)

SLOW_S = 60.0
"""A job that has waited longer is worth a look."""

SHOWN = 50


@router.get("/monitor")
def monitor(visitor: TheVisitor) -> HTMLResponse:
    """Every part tried now, every lane counted now, and the open letters."""
    if not visitor.caller.may(Power.WATCH):
        raise Refused("administrators_only")
    house, t = visitor.desk.house, visitor.desk.texts
    problem = ""
    lanes: tuple[LaneLine, ...] = ()
    letters: tuple[int, tuple[Revision, ...]] = (0, ())
    try:
        letters = _letters(visitor)
    except Unavailable as error:
        problem = str(tell(error))
    try:
        lanes = tuple(_lane(state, t) for state in house.health.lanes())
    except Unavailable as error:
        problem = problem or str(tell(error))
    page = MonitorPage(
        parts=(*(_part(part, t) for part in house.health.parts()), _backlog(visitor)),
        lanes=lanes,
        letters=tuple(record_row(letter, house.kinds) for letter in letters[1]),
        letters_total=letters[0],
        rebuild=_rebuild(visitor),
        scans=_scans(visitor),
        checked_at=visitor.caller.now,
        problem=problem,
    )
    return visitor.show("monitor", page, current="monitor")


@router.post("/monitor/rebuild")
def rebuild(visitor: TheVisitor) -> Response:
    """Asks for a rebuild of the index; the process that writes does it, searches go on."""
    if not visitor.caller.may(Power.WATCH):
        raise Refused("administrators_only")
    visitor.desk.house.rebuilds.ask(visitor.caller.person.login)
    return visitor.go("/monitor", told=visitor.desk.texts("monitor.rebuild_asked"))


def _scans(visitor: Visitor) -> ScanLine:
    """How many wait, and no word of which: watching gives no right to read."""
    t = visitor.desk.texts
    try:
        state = visitor.desk.house.scans.queue()
    except Unavailable as error:
        return ScanLine(Badge(t("check.failed"), "danger"), str(tell(error)))
    if not state.engine:
        return ScanLine(
            Badge(t("monitor.scans_missing"), "warning"), t("monitor.scans_missing_text")
        )
    on = Badge(t("monitor.scans_on"), "ok")
    badge = on if state.is_on else Badge(t("monitor.scans_off"), "neutral")
    engine = t("monitor.scans_engine", name=state.engine)
    if not state.records:
        return ScanLine(badge, t("monitor.scans_none"), engine)
    told = t("monitor.scans_waiting", n=count(state.records))
    if not state.total or not state.is_on:
        return ScanLine(badge, told, engine)
    page = t("monitor.scans_page", done=count(state.done), total=count(state.total))
    return ScanLine(badge, f"{told}；{page}", engine, state.done * 100 // state.total)


def _rebuild(visitor: Visitor) -> RebuildLine:
    t = visitor.desk.texts
    try:
        progress = visitor.desk.house.rebuilds.progress()
    except Unavailable as error:
        return RebuildLine(Badge(t("check.failed"), "danger"), str(tell(error)))
    n, total = count(progress.done), count(progress.total)
    match progress.state:
        case RebuildState.NONE:
            return RebuildLine(Badge(t("monitor.rebuild_none")))
        case RebuildState.ASKED:
            return RebuildLine(Badge(t("monitor.rebuild_waits"), "info"), is_open=True)
        case RebuildState.RUNNING:
            known = progress.total > progress.done
            told = t("monitor.rebuild_count_of", n=n, total=total)
            return RebuildLine(
                Badge(t("monitor.rebuild_running"), "info"),
                told if known else t("monitor.rebuild_count", n=n),
                is_open=True,
                share=progress.done * 100 // progress.total if known else None,
            )
        case RebuildState.DONE:
            at = moment(progress.at) if progress.at else ""
            done = Badge(t("monitor.rebuild_done"), "ok")
            return RebuildLine(done, t("monitor.rebuild_ended", n=n, at=at))
        case RebuildState.FAILED:
            why = tell(Unavailable(progress.reason))
            return RebuildLine(Badge(t("monitor.rebuild_failed"), "danger"), str(why))


def _letters(visitor: Visitor) -> tuple[int, tuple[Revision, ...]]:
    lists = visitor.desk.house.lists.of_kinds
    asked = ListAsked(filters=(("state", "open"),), sort="-changed", size=SHOWN)
    page = lists.page(visitor.caller, KIND, asked, counted=False).page
    return page.total, tuple(row.revision for row in page.rows)


def _part(part: Part, t: Texts) -> CheckLine:
    if part.fault is None:
        return CheckLine(t(f"part.{part.name}"), Badge(t("check.ok"), "ok"), "")
    told = tell(part.fault)
    failed = Badge(t("check.failed"), "danger")
    return CheckLine(t(f"part.{part.name}"), failed, told.what, told.advice)


def _backlog(visitor: Visitor) -> CheckLine:
    health, t = visitor.desk.house.health, visitor.desk.texts
    try:
        waiting, oldest_s = health.waiting(), health.oldest_s()
    except Unavailable as error:
        return CheckLine(t("check.waiting"), Badge(t("check.failed"), "danger"), str(tell(error)))
    slow = oldest_s > SLOW_S
    badge = Badge(t("monitor.slow"), "warning") if slow else Badge(t("check.ok"), "ok")
    found = t("check.waiting_found", n=waiting)
    return CheckLine(t("check.waiting"), badge, found, _age(oldest_s, t) if waiting else "")


def _lane(state: LaneState, t: Texts) -> LaneLine:
    slow = (state.oldest_s or 0.0) > SLOW_S
    return LaneLine(
        name=t(f"lane.{state.lane}.name"),
        told=t(f"lane.{state.lane}.told"),
        waiting=state.waiting,
        oldest=_age(state.oldest_s, t) if state.oldest_s is not None else "",
        status=Badge(t("monitor.slow"), "warning") if slow else Badge(t("check.ok"), "ok"),
    )


def _age(seconds: float, t: Texts) -> str:
    """How long something has waited, in words: seconds below two minutes, else minutes."""
    if seconds < 120:
        return t("monitor.seconds", n=round(seconds))
    return t("monitor.minutes", n=round(seconds / 60))
