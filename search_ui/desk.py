"""What every route of the pages works with: the house, the templates, and the visitor."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from records.errors import Invalid, Refused
from records.people.organisation import Organisation
from records.ports.excerpt_writer import ExcerptWriter
from records.ports.table_writer import TableWriter
from records.queries.asked_rows import AskedRow
from search_ui.navigation import shell_for
from search_ui.navigation_numbers import NavigationNumbers
from search_ui.pages import Pages
from search_ui.texts import Texts
from search_ui.views.shell import Flash, Tone
from services.finding.previewing import FileDisplay
from services.house import House
from services.people.caller import Caller
from services.people.sessions import SESSION_COOKIE, Session

FLASH_COOKIE = "wenshu_flash"
_FLASH_S = 60
_MAX_PARTS = 1000
_WHOLE = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages were built with. `hints` are the sign-ins of a demo, shown at the door."""

    house: House
    pages: Pages
    previewing: FileDisplay
    tables: Mapping[str, TableWriter]
    """Writers of exported tables, by the name of their format."""
    excerpts: ExcerptWriter
    """Writes passages that were collected."""
    query_files: Callable[[Path, str], list[AskedRow]]
    """Reads a list of what is to be searched for, by its path and its own name. Raises Invalid."""
    hints: tuple[tuple[str, str, str], ...] = ()
    interface: Callable[[], Mapping[str, Any]] = dict
    """The description of the interface for programs (OpenAPI), as /docs shows it."""
    numbers: NavigationNumbers = field(default_factory=NavigationNumbers)
    """The numbers beside the navigation, of whom was here lately."""

    @property
    def texts(self) -> Texts:
        """The catalogue."""
        return self.pages.texts

    @property
    def organisation(self) -> str:
        """The name over the door, for whom nobody knows yet."""
        return self.name_of(self.house.book.current())

    def name_of(self, organisation: Organisation) -> str:
        """The topmost unit, or the product when there is none yet."""
        top = organisation.sections(None)
        return top[0].name if top else self.texts("product")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person in front of one page."""

    desk: Desk
    request: Request
    caller: Caller
    session: Session
    secret: str

    def show(
        self, name: str, page: object, *, current: str = "", query: str = "", status: int = 200
    ) -> HTMLResponse:
        """A page in the shell. What the last action left to say is told once."""
        flash = _flash_of(self.request)
        shell = shell_for(
            self.desk.house,
            self.caller,
            organisation=self.desk.name_of(self.caller.organisation),
            current=current,
            query=query,
            flashes=(flash,) if flash else (),
            numbers=self.desk.numbers,
        )
        answer = HTMLResponse(self.desk.pages.render(name, page, shell=shell), status_code=status)
        if flash:
            answer.delete_cookie(FLASH_COOKIE)
        return answer

    def go(self, href: str, *, told: str = "", tone: Tone = "ok") -> RedirectResponse:
        """To another page after an action, with something to say there."""
        self.desk.numbers.forget(self.caller.person.login)
        answer = RedirectResponse(href, status_code=303)
        if told:
            leave_flash(answer, told, tone)
        return answer


def leave_flash(answer: Response, told: str, tone: Tone = "ok") -> None:
    """Something to say once on the page that follows."""
    answer.set_cookie(
        FLASH_COOKIE, quote(f"{tone}|{told}"), max_age=_FLASH_S, httponly=True, samesite="lax"
    )


def desk_of(request: Request) -> Desk:
    """The desk that the application was built with."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - set by create_pages
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]


def visitor_of(request: Request, desk: TheDesk) -> Visitor:
    """Who is there.

    Raises Refused: ``not_signed_in``, ``session_expired``, ``must_set_password``,
    ``account_disabled``.
    """
    secret = request.cookies.get(SESSION_COOKIE, "")
    if not secret:
        raise Refused("not_signed_in")
    session = desk.house.sessions.find(secret)
    if session.restricted:
        raise Refused("must_set_password")
    return Visitor(desk, request, desk.house.book.caller(session.login), session, secret)


async def posted(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent; its files lie in temporary files, gone when the answer is made.

    Reading a body is the one thing that the framework offers only to coroutines.
    """
    async with request.form(max_files=_MAX_PARTS, max_fields=_MAX_PARTS) as form:
        yield form


TheVisitor = Annotated[Visitor, Depends(visitor_of)]
TheForm = Annotated[FormData, Depends(posted)]


def text_of(form: FormData, name: str) -> str:
    """The first text of that name, or an empty one; a file in its place counts as empty."""
    value = next(iter(form.getlist(name)), "")
    return value if isinstance(value, str) else ""


def revision_of(form: FormData) -> int:
    """The revision that a form was made from. Raises Invalid (``no_form_revision``)."""
    number = whole_number(text_of(form, "revision"))
    if number is None:
        raise Invalid("no_form_revision", field="revision")
    return number


def whole_number(text: str) -> int | None:
    """A number of at most nine digits; None for anything else that was sent in its place."""
    return int(text) if _WHOLE.fullmatch(text) else None


def texts_of(form: FormData, name: str) -> list[str]:
    """All texts of that name."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def _flash_of(request: Request) -> Flash | None:
    tone, _, text = unquote(request.cookies.get(FLASH_COOKIE, "")).partition("|")
    if not text:
        return None
    return Flash("ok" if tone == "ok" else "warning", text[:300])
