"""Signing in and out, and the first password (LG-01, LG-04, LG-13)."""

import secrets
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused, Unavailable, WenshuError
from records.identity import Login
from records.parameters.catalogue import PASSWORD_WARN_DAYS, REMEMBER_DAYS
from search_ui.desk import Desk, TheDesk, TheForm, leave_flash, text_of
from search_ui.failures import come_again, status_of
from search_ui.passed_places import forget_places
from search_ui.views.person.account import SetPasswordPage, SignInPage
from services.people.devices import DEVICE_COOKIE, KEPT_DAYS
from services.people.sessions import SESSION_COOKIE

router = APIRouter(route_class=BoundedRoute)


@router.get("/sign-in")
def door(
    desk: TheDesk,
    next_: Annotated[str, Query(alias="next")] = "/",
    *,
    expired: bool = False,
    out: bool = False,
    reset: bool = False,
) -> HTMLResponse:
    """The sign-in form."""
    page = replace(
        _page(desk, own_path(next_)), expired=expired, signed_out=out and not expired, reset=reset
    )
    return HTMLResponse(desk.pages.render("sign_in", page))


@router.post("/sign-in")
def sign_in(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """A session for login and password; the form again with the reason when they do not fit."""
    login, password = text_of(form, "login").strip(), text_of(form, "password")
    then = own_path(text_of(form, "next"))
    house = desk.house
    try:
        account = house.accounts.verify(
            Login(login), password, house.book.current(), origin=origin_of(request)
        )
    except (Refused, Unavailable) as error:
        return not_in(desk, error, then, login=login)
    if account.must_change:
        first = SetPasswordPage(
            desk.organisation,
            login,
            code=password,
            next_href=then,
            min_length=house.accounts.min_length,
            expired=account.expired,
        )
        return HTMLResponse(desk.pages.render("set_password", first))
    entered = enter(desk, request, account.login, then, kept=bool(text_of(form, "keep")))
    left, warned = house.accounts.days_left(account), house.book.parameters()[PASSWORD_WARN_DAYS]
    if left is not None and left <= warned:
        leave_flash(entered, desk.texts("sign_in.expires", n=left), "warning")
    return entered


@router.post("/set-password")
def set_password(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """The first password in the place of a one-time code; all other sessions end."""
    login, code = text_of(form, "login"), text_of(form, "code")
    then, new = own_path(text_of(form, "next")), text_of(form, "password")
    problem = ""
    if new != text_of(form, "again"):
        problem = desk.texts("set_password.differ")
    else:
        try:
            desk.house.accounts.change(
                Login(login), code, new, desk.house.book.current(), origin=origin_of(request)
            )
        except (Invalid, Refused, Unavailable) as error:
            problem = str(tell(error))
    if problem:
        least = desk.house.accounts.min_length
        page = SetPasswordPage(desk.organisation, login, code, then, problem, least)
        return HTMLResponse(desk.pages.render("set_password", page), status_code=422)
    desk.house.sessions.end_others(Login(login), keep=None)
    return enter(desk, request, Login(login), then)


@router.post("/sign-out")
def sign_out(request: Request, desk: TheDesk) -> Response:
    """Ends the session, if there is one, and clears what the browser keeps of it."""
    if secret := request.cookies.get(SESSION_COOKIE):
        desk.house.sessions.end(secret)
    answer = RedirectResponse("/sign-in?out=1", status_code=303)
    answer.delete_cookie(SESSION_COOKIE)
    forget_places(answer)
    return answer


def enter(desk: Desk, request: Request, login: Login, then: str, *, kept: bool = False) -> Response:
    """To the page wanted, with a new session of this browser; one that is `kept` outlasts it."""
    client, days = request.headers.get("user-agent", ""), _keep_days(desk)
    kept = kept and days > 0
    secret = desk.house.sessions.open(login, client=client, restricted=False, kept=kept)
    answer = RedirectResponse(then, status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=days * 86_400 if kept else None,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    device = request.cookies.get(DEVICE_COOKIE, "") or secrets.token_urlsafe(24)
    desk.house.accounts.remember_device(login, device)
    keep_device(answer, request, device)
    return answer


def keep_device(answer: Response, request: Request, device: str) -> None:
    """Have the browser keep the secret of its device; it opens nothing by itself."""
    answer.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=KEPT_DAYS * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def not_in(desk: Desk, error: WenshuError, then: str, *, login: str = "") -> Response:
    """The sign-in form again, with what was wrong."""
    told = tell(error)
    page = replace(_page(desk, then), login=login, problem=told.what, advice=told.advice)
    answer = HTMLResponse(desk.pages.render("sign_in", page), status_code=status_of(error))
    answer.headers.update(come_again(error))
    return answer


def _page(desk: Desk, then: str) -> SignInPage:
    return SignInPage(
        desk.organisation,
        then,
        hints=desk.hints,
        keep_days=_keep_days(desk),
        applies=desk.house.entry.applications.are_taken,
        by_code=desk.house.entry.by_code.is_offered,
        unified=desk.house.entry.unified.title,
    )


def _keep_days(desk: Desk) -> int:
    return desk.house.book.parameters()[REMEMBER_DAYS]


def own_path(then: str) -> str:
    """A path of this server to go to, whatever was given: never another host."""
    plain = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return then if plain and not then.startswith("/sign-in") else "/"
