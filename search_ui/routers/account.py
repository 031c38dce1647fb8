"""One's own sessions and password (LG-06, LG-13), and the check of the environment (AQ-15)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.routers.sign_in import enter
from search_ui.views.account import CheckLine, CheckPage, SecurityPage, SessionRow
from search_ui.views.shell import Badge

router = APIRouter(route_class=BoundedRoute)

_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS X", "Linux")


@router.get("/account")
def account(visitor: TheVisitor) -> HTMLResponse:
    """Where the caller is signed in, and the form for another password."""
    return visitor.show("security", SecurityPage(_sessions(visitor)))


@router.post("/account/password")
def change_password(visitor: TheVisitor, form: TheForm) -> Response:
    """Another password; every other session ends and this one is renewed."""
    house, t, login = visitor.desk.house, visitor.desk.texts, visitor.caller.person.login
    new, problem = text_of(form, "new"), ""
    if new != text_of(form, "again"):
        problem = t("set_password.differ")
    else:
        try:
            house.accounts.change(
                login,
                text_of(form, "old"),
                new,
                house.book.current(),
                origin=origin_of(visitor.request),
            )
        except (Invalid, Refused) as error:
            problem = str(tell(error))
    if problem:
        return visitor.show("security", SecurityPage(_sessions(visitor), problem), status=422)
    house.sessions.end_others(login, keep=None)
    return enter(visitor.desk, visitor.request, login, "/account")


@router.post("/account/sessions/{key}/end")
def end_session(key: str, visitor: TheVisitor) -> Response:
    """Ends one of the caller's own sessions."""
    visitor.desk.house.sessions.end_by_digest(visitor.caller.person.login, key)
    return visitor.go("/account", told=visitor.desk.texts("security.ended"))


@router.get("/check")
def check(visitor: TheVisitor) -> HTMLResponse:
    """Whether the server can work, and this browser; for administrators."""
    if not visitor.caller.has_role("administrator"):
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


def _sessions(visitor: Visitor) -> tuple[SessionRow, ...]:
    return tuple(
        SessionRow(
            key=session.digest,
            device=device(session.client),
            address="",
            began_at=session.began_at,
            seen_at=session.seen_at,
            current=session.digest == visitor.session.digest,
        )
        for session in visitor.desk.house.sessions.of(visitor.caller.person.login)
    )
