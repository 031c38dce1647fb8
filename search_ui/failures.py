"""Errors as pages: what went wrong and what to do next; the way to sign in when that is it."""

import logging
import re
from dataclasses import replace
from urllib.parse import quote, urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from languages.errors import tell
from records.errors import (
    Conflict,
    Corrupt,
    Invalid,
    NotFound,
    Refused,
    Unavailable,
    Unknown,
    WenshuError,
)
from records.identity import Login
from search_ui.desk import Desk, Visitor, desk_of, visitor_of
from search_ui.guard import PAGE_HEADERS
from search_ui.passed_places import place_before
from search_ui.shown.words import with_name
from search_ui.views.person.account import ErrorPage, Fact, Way
from services.people.sessions import SESSION_COOKIE
from services.trace import REQUEST

_LOG = logging.getLogger(__name__)

MENDABLE = (Invalid, Refused, Conflict)
"""Errors after which what was filled in is shown again, or which are told on the page they left."""

STATUS: dict[type[WenshuError], int] = {
    NotFound: 404,
    Refused: 403,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
    Unknown: 503,
    Corrupt: 500,
}
"""Status of a page per class of error; a test proves that it names every class."""

BY_REASON = {
    "wrong_password": 401,
    "too_large": 413,
    "body_too_large": 413,
    "too_slow": 408,
    "too_many_at_once": 429,
    "account_locked": 429,
    "too_many_returns": 429,
    "incomplete": 422,
    "above_clearance": 422,
    "above_owner": 422,
}
_PAGE_OF_RECORD = re.compile(r"/records/[^/]+")
AT_THE_DOOR = frozenset({"not_signed_in", "session_expired", "must_set_password"})
"""Reasons that lead to the sign-in page."""


def install(app: FastAPI) -> None:
    """Make the application answer every error with a page, never with a traceback."""
    app.add_exception_handler(WenshuError, _on_wenshu_error)
    app.add_exception_handler(RequestValidationError, _on_bad_address)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(OSError, _on_full_disk)
    app.add_exception_handler(Exception, _on_surprise)


def refusal(desk: Desk, request: Request, error: WenshuError) -> Response:
    """An error as a page, for a request that no route has seen: it asks nothing of the house."""
    if error.reason in AT_THE_DOOR:
        return _to_the_door(request, error)
    told, status = tell(error), status_of(error)
    headers = {**PAGE_HEADERS, **come_again(error)}
    if _wants_json(request):
        return JSONResponse({"detail": str(told)}, status_code=status, headers=headers)
    page = error_page(desk, status, what=told.what, advice=told.advice, number="")
    made = desk.pages.render("error_bare", page)
    return HTMLResponse(made, status_code=status, headers=headers)


def status_of(error: WenshuError) -> int:
    """The status of the page for an error."""
    return BY_REASON.get(error.reason) or STATUS[type(error)]


def told_of(visitor: Visitor, error: WenshuError) -> str:
    """An error as its page tells it; who was faster by his name, and not by his login."""
    return str(tell(with_name(error, visitor.caller.organisation)))


def _on_wenshu_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, WenshuError)  # noqa: S101 - registered for this class
    if error.reason in AT_THE_DOOR:
        return _to_the_door(request, error)
    told = tell(error)
    number = ""
    if isinstance(error, Corrupt | Unavailable | Unknown) and "wait_s" not in error.facts:
        number = _numbered(request, error)
    return _answer(request, status_of(error), told.what, told.advice, number, error=error)


def _on_bad_address(request: Request, _: Exception) -> Response:
    return _answer(request, 404, "", "", "")


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    return _answer(request, error.status_code, "", "", "")


def _on_full_disk(request: Request, error: Exception) -> Response:
    """A form could not be received: its files found no room in the staging folder."""
    return _on_wenshu_error(request, Unavailable("store_full", detail=str(error)))


def _on_surprise(request: Request, error: Exception) -> Response:
    answer = _answer(request, 500, "", "", _numbered(request, error))
    answer.headers.update(PAGE_HEADERS)  # this answer is made outside of the guard
    return answer


def _numbered(request: Request, error: Exception) -> str:
    _LOG.error("%s failed", request.url.path, exc_info=error)
    return REQUEST.get()


def _to_the_door(request: Request, error: WenshuError) -> Response:
    """The sign-in page, and from there back; a program is told by the status alone."""
    if _wants_json(request):
        return JSONResponse({"detail": str(tell(error))}, status_code=401)
    if request.headers.get("HX-Request"):
        return Response(status_code=401)
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method != "GET":
        # The page that held the form: what was typed waits there (forms.js).
        referer = urlsplit(request.headers.get("referer", "/"))
        back = referer.path + (f"?{referer.query}" if referer.query else "")
    expired = "&expired=1" if request.cookies.get(SESSION_COOKIE) else ""
    return RedirectResponse(f"/sign-in?next={quote(back)}{expired}", status_code=303)


def _answer(
    request: Request,
    status: int,
    what: str,
    advice: str,
    number: str,
    *,
    error: WenshuError | None = None,
) -> Response:
    desk = desk_of(request)
    again = come_again(error) if error is not None else {}
    if _wants_json(request):
        return JSONResponse({"detail": what + advice}, status_code=status, headers=again)
    page = error_page(desk, status, what=what, advice=advice, number=number)
    unknown = error is not None and error.reason == "unknown_record"
    if unknown and _PAGE_OF_RECORD.fullmatch(request.url.path):
        page = _gone(desk, request, page)
    if error is not None and error.reason == "stale_revision":
        page = _overtaken(desk, page, error)
    try:
        answer = visitor_of(request, desk).show("error", page, status=status)
    except Exception:  # noqa: BLE001 - the shell itself may be what fails; the bare page asks nothing
        answer = HTMLResponse(desk.pages.render("error_bare", page), status_code=status)
    answer.headers.update(again)
    return answer


def come_again(error: WenshuError) -> dict[str, str]:
    """The header that says when to come again, where that is known."""
    return {"Retry-After": str(error.facts["wait_s"])} if "wait_s" in error.facts else {}


def error_page(desk: Desk, status: int, *, what: str, advice: str, number: str) -> ErrorPage:
    """The page of an error; without words of its own those of its status."""
    t = desk.texts
    known = f"error.status_{status}" if f"error.status_{status}.title" in t else ""
    words = known or ("error.status_500" if status >= 500 else "error.status_404")
    # A thing that is not there and one that is not for this person look the same, to the letter.
    own = bool(what) and status != 404
    return ErrorPage(
        status=status,
        title=t(f"{words}.title"),
        text=what if own else t(f"{words}.text"),
        advice=(advice,) if own and advice else (t(f"{words}.advice"),),
        ways=(
            Way(t("error.to_home"), "/", primary=True),
            Way(t("error.to_search"), "/search"),
        ),
        request=number,
    )


def _gone(desk: Desk, request: Request, page: ErrorPage) -> ErrorPage:
    """The page of a record that is not there for the visitor, whyever; from a search back to it."""
    t, place = desk.texts, place_before(request)
    if place.partition("?")[0] != "/search":
        words = request.query_params.get("q", "")
        place = f"/search?{urlencode({'q': words})}" if words else ""
    if not place:
        return replace(page, text=t("search.gone"))
    ways = (Way(t("search.walk_back"), place, primary=True), Way(t("error.to_home"), "/"))
    return replace(page, text=t("search.gone"), ways=ways)


def _overtaken(desk: Desk, page: ErrorPage, error: WenshuError) -> ErrorPage:
    """The page of a conflict, with who was faster and the way to what he made of it."""
    t, facts = desk.texts, error.facts
    by = desk.house.book.current().name_of(Login(str(facts.get("by", ""))))
    return replace(
        page,
        facts=(
            Fact(t("error.fact_revision"), t("record.revision", n=facts.get("newest", ""))),
            Fact(t("error.fact_by"), by),
        ),
        ways=(Way(t("error.newest"), f"/records/{facts.get('record', '')}", primary=True),),
    )


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
