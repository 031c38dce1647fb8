"""找回密码 (LG-07): a code is asked for, then used; neither tells whether there is an account."""

import secrets
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask
from starlette.requests import Request

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused
from records.identity import Login
from search_ui.desk import Desk, TheDesk, TheForm, text_of
from search_ui.failures import come_again, status_of
from search_ui.routers.sign_in import keep_device
from search_ui.views.entry import DoorPage
from search_ui.views.fields import FormField
from search_ui.views.shell import Choice

router = APIRouter(route_class=BoundedRoute)

_DOOR = "/sign-in"


@router.get("/forgot")
def door(desk: TheDesk) -> HTMLResponse:
    """Who has lost his password, and where the code shall go."""
    return HTMLResponse(desk.pages.render("door", _asking(desk)))


@router.post("/forgot")
def ask(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """The form for the code, whatever was typed; the code is sent once this is answered."""
    login, channel = text_of(form, "login").strip(), text_of(form, "channel")
    recovery, t = desk.house.entry.recovery, desk.texts
    problem = ""
    if not login:
        problem = t("recovery.no_login")
    elif channel not in recovery.channels:
        problem = t("recovery.no_channel")
    if problem:
        page = _asking(desk, login=login, problem=problem)
        return HTMLResponse(desk.pages.render("door", page), status_code=422)
    try:
        recovery.ask(Login(login), origin_of(request))
    except Refused as error:
        told = tell(error)
        page = _asking(desk, login=login, problem=told.what, advice=told.advice)
        answer = HTMLResponse(desk.pages.render("door", page), status_code=status_of(error))
        answer.headers.update(come_again(error))
        return answer
    origin = origin_of(request)
    device = origin.device or secrets.token_urlsafe(24)
    sending = BackgroundTask(recovery.send, Login(login), channel, replace(origin, device=device))
    answer = HTMLResponse(desk.pages.render("door", _coding(desk, login)), background=sending)
    # A code is good in the browser that asked for it, whatever becomes of its address meanwhile.
    keep_device(answer, request, device)
    return answer


@router.post("/forgot/code")
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


def _asking(desk: Desk, *, login: str = "", problem: str = "", advice: str = "") -> DoorPage:
    t, channels = desk.texts, sorted(desk.house.entry.recovery.channels)
    fields = (
        FormField("login", t("sign_in.login"), "text", login, required=True),
        FormField(
            "channel",
            t("recovery.channel"),
            "radio",
            required=True,
            choices=tuple(
                Choice(name, t(f"channel.{name}"), chosen=place == 0)
                for place, name in enumerate(channels)
            ),
        ),
    )
    return DoorPage(
        desk.organisation,
        t("recovery.title"),
        t("recovery.lead") if channels else t("recovery.none"),
        "/forgot",
        fields if channels else (),
        t("recovery.ask"),
        problem=problem,
        advice=advice,
        ways=((t("recovery.back"), _DOOR),),
    )


def _coding(desk: Desk, login: str, *, code: str = "", problem: str = "") -> DoorPage:
    t = desk.texts
    rule = t("set_password.rule", n=desk.house.accounts.min_length)
    return DoorPage(
        desk.organisation,
        t("recovery.title"),
        t("set_password.who", login=login),
        "/forgot/code",
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
        ways=((t("recovery.again"), "/forgot"), (t("recovery.back"), _DOOR)),
    )
