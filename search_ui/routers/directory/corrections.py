"""信息更正申请 as they wait for who keeps the people (TX-05)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound, Refused
from records.people.contact import Contact
from search_ui.desk import TheForm, TheVisitor, text_of
from search_ui.shown.search.found import paged
from search_ui.texts import Texts
from search_ui.views.person.directory import CorrectionRow, CorrectionsView
from services.administration.scope import scope_needed
from services.directory.corrections import Correction, differences, seen_of

router = APIRouter(route_class=BoundedRoute)

HERE = "/people/corrections"


@router.get(HERE)
def waiting(visitor: TheVisitor, page: int = 1) -> HTMLResponse:
    """What waits, the oldest first, a page at a time."""
    scope_needed(visitor.caller)
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    found = visitor.desk.house.administration.corrections.waiting(visitor.caller)
    shown, way = paged(found, page, base=HERE)
    rows = tuple(
        CorrectionRow(
            login=person.login,
            name=person.name,
            unit=organisation.full_name(person.unit),
            lines=_lines(person.contact or Contact(), asked, t),
            note=asked.note,
            at=asked.at,
            seen=seen_of(asked, person),
        )
        for person, asked in shown
    )
    return visitor.show("corrections", CorrectionsView(rows, way), current="people")


def _lines(standing: Contact, asked: Correction, t: Texts) -> tuple[tuple[str, str, str], ...]:
    """What was to be put right: its name, what stands now, what shall stand."""
    empty = t("directory.empty")
    lines = []
    for name, before, after in differences(asked.before, asked.contact):
        now = getattr(standing, name)
        told = now or empty
        if now != before:
            told = t("directory.stands_otherwise", now=told, before=before or empty)
        lines.append((t(f"directory.{name}"), told, after or empty))
    return tuple(lines)


@router.post(HERE + "/{login}/confirm")
def confirm(login: str, visitor: TheVisitor, form: TheForm) -> Response:
    """It stands from now on."""
    t, desk = visitor.desk.texts, visitor.desk.house.administration.corrections
    try:
        person = desk.confirm(visitor.caller, login, was=text_of(form, "seen"))
    except (Conflict, Invalid, NotFound, Refused) as error:
        return visitor.go(HERE, told=str(tell(error)), tone="warning")
    return visitor.go(HERE, told=t("directory.did_confirm", name=person.name))


@router.post(HERE + "/{login}/refuse")
def refuse(login: str, visitor: TheVisitor, form: TheForm) -> Response:
    """What stands stays, with the reason."""
    t, desk = visitor.desk.texts, visitor.desk.house.administration.corrections
    try:
        desk.refuse(visitor.caller, login, text_of(form, "reason"), was=text_of(form, "seen"))
    except (Conflict, Invalid, NotFound) as error:
        return visitor.go(HERE, told=str(tell(error)), tone="warning")
    return visitor.go(HERE, told=t("directory.did_refuse"))
