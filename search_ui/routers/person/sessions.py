"""One's own sessions (LG-13), and the check of the environment (AQ-15)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Refused
from records.people.roles import Power
from search_ui.desk import TheVisitor, Visitor
from search_ui.views.person.account import CheckLine, CheckPage, SessionRow
from search_ui.views.shell import Badge

router = APIRouter(route_class=BoundedRoute)

_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS X", "Linux")


@router.post("/account/sessions/{key}/end")
def end_session(key: str, visitor: TheVisitor) -> Response:
    """Ends one of the caller's own sessions."""
    visitor.desk.house.sessions.end_by_name(visitor.caller.person.login, key)
    return visitor.go("/account", told=visitor.desk.texts("security.ended"))


@router.post("/account/sessions/end-others")
def end_others(visitor: TheVisitor) -> Response:
    """Ends all of the caller's sessions but this one."""
    visitor.desk.house.sessions.end_others(visitor.caller.person.login, keep=visitor.secret)
    return visitor.go("/account", told=visitor.desk.texts("security.others_ended"))


@router.get("/check")
def check(visitor: TheVisitor) -> HTMLResponse:
    """Whether the server can work, and this browser; for administrators."""
    if not visitor.caller.may(Power.WATCH):
        raise Refused("administrators_only")
    t, health = visitor.desk.texts, visitor.desk.house.health
    ok, bad = Badge(t("check.ok"), "ok"), Badge(t("check.failed"), "danger")
    server = [
        CheckLine(
            t(f"part.{part.name}"),
            bad if part.fault else ok,
            tell(part.fault).what if part.fault else "",
        )
        for part in health.parts()
    ]
    waiting = health.waiting()
    server.append(CheckLine(t("check.waiting"), ok, t("check.waiting_found", n=waiting)))
    agent = visitor.request.headers.get("user-agent", "")
    browser = (CheckLine(t("check.agent"), ok, device(agent)),)
    page = CheckPage(tuple(server), browser, visitor.caller.now)
    return visitor.show("check", page, current="check")


def device(agent: str) -> str:
    """A browser and its system in two words, from what it says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent[:60] or "—"


def sessions_of(visitor: Visitor) -> tuple[SessionRow, ...]:
    """Where the visitor is signed in."""
    return tuple(
        SessionRow(
            key=session.name,
            device=device(session.client),
            address="",
            began_at=session.began_at,
            seen_at=session.seen_at,
            current=session.name == visitor.session.name,
            kept_until=visitor.desk.house.sessions.until(session) if session.kept else None,
        )
        for session in visitor.desk.house.sessions.of(visitor.caller.person.login)
    )
