"""What the ways in by a code share: who asks for one, and that it is on its way.

Neither tells whether there is an account.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi.responses import HTMLResponse, Response
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request

from gate.askers import origin_of
from languages.errors import tell
from records.errors import Refused
from records.identity import Login
from search_ui.desk import Desk, text_of
from search_ui.failures import come_again, status_of
from search_ui.routers.sign_in import keep_device
from search_ui.views.entry import DoorPage
from search_ui.views.fields import FormField
from search_ui.views.shell import Choice
from services.people.devices import Origin


@dataclass(frozen=True, slots=True)
class CodeDoor:
    """One way in by a code: what it is called, where its form goes, what it does."""

    title: str
    lead: str
    path: str
    is_open: bool
    ask: Callable[[Login, Origin], None]
    send: Callable[[Login, str, Origin], None]
    coding: Callable[[Desk, str], DoorPage]
    """The form for the code of that login."""

    def answer(self, request: Request, desk: Desk, form: FormData) -> Response:
        """The form for the code, whatever was typed; the code is sent once this is answered."""
        login, channel = text_of(form, "login").strip(), text_of(form, "channel")
        t, problem = desk.texts, ""
        if not login:
            problem = t("recovery.no_login")
        elif channel not in desk.house.entry.codes.channels:
            problem = t("recovery.no_channel")
        if problem:
            page = self.asking(desk, login=login, problem=problem)
            return HTMLResponse(desk.pages.render("door", page), status_code=422)
        origin = origin_of(request)
        try:
            self.ask(Login(login), origin)
        except Refused as error:
            told = tell(error)
            page = self.asking(desk, login=login, problem=told.what, advice=told.advice)
            refused = HTMLResponse(desk.pages.render("door", page), status_code=status_of(error))
            refused.headers.update(come_again(error))
            return refused
        device = origin.device or secrets.token_urlsafe(24)
        sending = BackgroundTask(self.send, Login(login), channel, replace(origin, device=device))
        page = self.coding(desk, login)
        answer = HTMLResponse(desk.pages.render("door", page), background=sending)
        # A code is good in the browser that asked for it, whatever becomes of its address.
        keep_device(answer, request, device)
        return answer

    def asking(
        self, desk: Desk, *, login: str = "", problem: str = "", advice: str = ""
    ) -> DoorPage:
        """Who asks, and where the code shall go."""
        t, channels = desk.texts, sorted(desk.house.entry.codes.channels)
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
            self.title,
            self.lead,
            self.path,
            fields if self.is_open else (),
            t("recovery.ask"),
            problem=problem,
            advice=advice,
            ways=((t("recovery.back"), "/sign-in"),),
        )
