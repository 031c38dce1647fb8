"""Signing in and out, and the first password (LG-01, LG-04, LG-13)."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused
from records.identity import Login
from search_ui.desk import Desk, TheDesk, TheForm, text_of
from search_ui.failures import come_again, status_of
from search_ui.views.account import SetPasswordPage, SignInPage
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
) -> HTMLResponse:
    """The sign-in form."""
    page = SignInPage(
        desk.organisation, own_path(next_), expired=expired, signed_out=out, hints=desk.hints
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
    except Refused as error:
        told = tell(error)
        page = SignInPage(
            desk.organisation,
            then,
            login=login,
            problem=told.what,
            advice=told.advice,
            hints=desk.hints,
        )
        answer = HTMLResponse(desk.pages.render("sign_in", page), status_code=status_of(error))
        answer.headers.update(come_again(error))
        return answer
    if account.must_change:
        first = SetPasswordPage(desk.organisation, login, code=password, next_href=then)
        return HTMLResponse(desk.pages.render("set_password", first))
    return enter(desk, request, account.login, then)


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
        except (Invalid, Refused) as error:
            problem = str(tell(error))
    if problem:
        page = SetPasswordPage(desk.organisation, login, code, then, problem)
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
    return answer


def enter(desk: Desk, request: Request, login: Login, then: str) -> Response:
    """To the page wanted, with a new session of this browser."""
    client = request.headers.get("user-agent", "")
    secret = desk.house.sessions.open(login, client=client, restricted=False)
    answer = RedirectResponse(then, status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(SESSION_COOKIE, secret, httponly=True, samesite="lax", secure=secure)
    device = request.cookies.get(DEVICE_COOKIE, "") or secrets.token_urlsafe(24)
    desk.house.accounts.remember_device(login, device)
    answer.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=KEPT_DAYS * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return answer


def own_path(then: str) -> str:
    """A path of this server to go to, whatever was given: never another host."""
    plain = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return then if plain and not then.startswith("/sign-in") else "/"
