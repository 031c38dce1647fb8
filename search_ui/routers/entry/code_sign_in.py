"""验证码登录 (LG-09): a code is asked for, then signs in."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Refused
from records.identity import Login
from search_ui.desk import Desk, TheDesk, TheForm, text_of
from search_ui.failures import status_of
from search_ui.routers.entry.code_doors import CodeDoor
from search_ui.routers.sign_in import enter, own_path
from search_ui.views.entry import DoorPage
from search_ui.views.fields import FormField

router = APIRouter(route_class=BoundedRoute)

_HERE = "/sign-in/code"


@router.get(_HERE)
def door(desk: TheDesk, next_: Annotated[str, Query(alias="next")] = "/") -> HTMLResponse:
    """Who wants to sign in, and where the code shall go."""
    page = _way(desk, own_path(next_)).asking(desk)
    return HTMLResponse(desk.pages.render("door", page))


@router.post(_HERE)
def ask(
    request: Request,
    desk: TheDesk,
    form: TheForm,
    next_: Annotated[str, Query(alias="next")] = "/",
) -> Response:
    """The form for the code."""
    return _way(desk, own_path(next_)).answer(request, desk, form)


@router.post(f"{_HERE}/enter")
def sign_in(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """A session for the right code; the form again with the reason, else."""
    login, code = text_of(form, "login").strip(), text_of(form, "code")
    then = own_path(text_of(form, "next"))
    try:
        entered = desk.house.entry.by_code.enter(Login(login), code, origin=origin_of(request))
    except Refused as error:
        page = _coding(desk, login, then, problem=str(tell(error)))
        return HTMLResponse(desk.pages.render("door", page), status_code=status_of(error))
    return enter(desk, request, entered, then)


def _way(desk: Desk, then: str) -> CodeDoor:
    t, way = desk.texts, desk.house.entry.by_code
    return CodeDoor(
        t("code_sign_in.title"),
        t("code_sign_in.lead") if way.is_offered else t("code_sign_in.none"),
        _address(then),
        is_open=way.is_offered,
        ask=way.ask,
        send=way.send,
        coding=lambda desk, login: _coding(desk, login, then),
    )


def _coding(desk: Desk, login: str, then: str, *, problem: str = "") -> DoorPage:
    t = desk.texts
    return DoorPage(
        desk.organisation,
        t("code_sign_in.title"),
        t("set_password.who", login=login),
        f"{_HERE}/enter",
        (FormField("code", t("recovery.code"), "text", required=True, max=20),),
        t("code_sign_in.go"),
        problem=problem,
        told="" if problem else t("recovery.sent"),
        told_text="" if problem else t("code_sign_in.sent_text"),
        hidden=(("login", login), ("next", then)),
        ways=((t("recovery.again"), _address(then)), (t("recovery.back"), "/sign-in")),
    )


def _address(then: str) -> str:
    return _HERE if then == "/" else f"{_HERE}?next={quote(then, safe='')}"
