"""信息更正申请 as they wait for who keeps the people (TX-05)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound, Refused
from records.people.contact import Contact
from search_ui.desk import TheForm, TheVisitor, text_of
from search_ui.shown.search.found import paged
from search_ui.views.person.directory import CorrectionRow, CorrectionsView
from services.administration.scope import scope_needed
from services.directory.corrections import differences, seen_of

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
            lines=tuple(
                (t(f"directory.{name}"), was or t("directory.empty"), now or t("directory.empty"))
                for name, was, now in differences(person.contact or Contact(), asked.contact)
            ),
            note=asked.note,
            at=asked.at,
            seen=seen_of(asked),
        )
        for person, asked in shown
    )
    return visitor.show("corrections", CorrectionsView(rows, way), current="people")


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
