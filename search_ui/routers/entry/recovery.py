"""找回密码 (LG-07): a code is asked for, then used; neither tells whether there is an account."""

from functools import partial

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.requests import Request

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused
from records.identity import Login
from search_ui.desk import Desk, TheDesk, TheForm, text_of
from search_ui.routers.entry.code_doors import CodeDoor
from search_ui.views.entry import DoorPage
from search_ui.views.fields import FormField

router = APIRouter(route_class=BoundedRoute)

_DOOR = "/sign-in"
_HERE = "/forgot"


@router.get(_HERE)
def door(desk: TheDesk) -> HTMLResponse:
    """Who has lost his password, and where the code shall go."""
    return HTMLResponse(desk.pages.render("door", _way(desk).asking(desk)))


@router.post(_HERE)
def ask(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """The form for the code and the new password."""
    return _way(desk).answer(request, desk, form)


@router.post(f"{_HERE}/code")
def reset(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """Another password for the right code; then to the sign-in."""
    login, code = text_of(form, "login").strip(), text_of(form, "code")
    new, problem = text_of(form, "password"), ""
    if new != text_of(form, "again"):
        problem = desk.texts("set_password.differ")
    else:
        try:
            desk.house.entry.recovery.reset(Login(login), code, new, origin=origin_of(request))
        except (Invalid, Refused) as error:
            problem = str(tell(error))
    if problem:
        page = _coding(desk, login, code=code, problem=problem)
        return HTMLResponse(desk.pages.render("door", page), status_code=422)
    return RedirectResponse(f"{_DOOR}?reset=1", status_code=303)


def _way(desk: Desk) -> CodeDoor:
    t, codes = desk.texts, desk.house.entry.codes
    return CodeDoor(
        t("recovery.title"),
        t("recovery.lead") if codes.channels else t("recovery.none"),
        _HERE,
        is_open=bool(codes.channels),
        ask=partial(codes.ask, "recovery"),
        send=partial(codes.send, "recovery"),
        coding=_coding,
    )


def _coding(desk: Desk, login: str, *, code: str = "", problem: str = "") -> DoorPage:
    t = desk.texts
    rule = t("set_password.rule", n=desk.house.accounts.min_length)
    return DoorPage(
        desk.organisation,
        t("recovery.title"),
        t("set_password.who", login=login),
        f"{_HERE}/code",
        (
            FormField("code", t("recovery.code"), "text", code, required=True, max=20),
            FormField(
                "password",
                t("set_password.new"),
                "password",
                "new-password",
                required=True,
                help=rule,
            ),
            FormField("again", t("set_password.again"), "password", "new-password", required=True),
        ),
        t("set_password.go_reset"),
        problem=problem,
        told="" if problem else t("recovery.sent"),
        told_text="" if problem else t("recovery.sent_text"),
        hidden=(("login", login),),
        ways=((t("recovery.again"), _HERE), (t("recovery.back"), _DOOR)),
    )
