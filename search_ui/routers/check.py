"""环境检查 (BZ-05): what this browser lacks, for all; what the server lacks, for who watches it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Refused
from records.people.roles import Power
from search_ui.browsers import OLDEST, device, is_served, version
from search_ui.desk import TheDesk, Visitor, visitor_of
from search_ui.texts import Texts
from search_ui.views.person.account import CheckLine, CheckPage, ProbeLine
from search_ui.views.shell import Badge

router = APIRouter(route_class=BoundedRoute)

_PROBES = ("script", "cookies", "storage", "printing", "screen", "clock")
"""What only the browser itself can try (check.js), in order."""


@router.get("/check")
def check(request: Request, desk: TheDesk) -> Response:
    """For everybody: who has not signed in may lack just what that takes."""
    t, now = desk.texts, desk.house.clock.now()
    try:
        visitor = visitor_of(request, desk)
    except Refused:
        visitor = None
    watches = visitor is not None and visitor.caller.may(Power.WATCH)
    page = CheckPage(
        server=_server(visitor) if visitor is not None and watches else (),
        browser=(_agent(request.headers.get("user-agent", ""), t),),
        probes=tuple(
            ProbeLine(name, t(f"check.{name}.name"), t(f"check.{name}.advice")) for name in _PROBES
        ),
        checked_at=now,
    )
    if visitor is None:
        return HTMLResponse(desk.pages.render("check", page))
    return visitor.show("check", page, current="check")


def _server(visitor: Visitor) -> tuple[CheckLine, ...]:
    t, health = visitor.desk.texts, visitor.desk.house.health
    ok, bad = Badge(t("check.ok"), "ok"), Badge(t("check.failed"), "danger")
    parts = [
        CheckLine(
            t(f"part.{part.name}"),
            bad if part.fault else ok,
            tell(part.fault).what if part.fault else "",
            tell(part.fault).advice if part.fault else "",
        )
        for part in health.parts()
    ]
    waiting = t("check.waiting_found", n=health.waiting())
    return (*parts, CheckLine(t("check.waiting"), ok, waiting))


def _agent(agent: str, t: Texts) -> CheckLine:
    """Whether the pages are made for this browser."""
    known, served = version(agent), is_served(agent)
    found = device(agent) if known is None else f"{device(agent)} · {known[1] or ''}".rstrip(" ·")
    advice = "" if served else t("check.agent_advice", n=OLDEST["Chrome"])
    if served is None:
        return CheckLine(t("check.agent"), Badge(t("check.unknown"), "warning"), found, advice)
    badge = Badge(t("check.ok"), "ok") if served else Badge(t("check.too_old"), "danger")
    return CheckLine(t("check.agent"), badge, found, advice)
