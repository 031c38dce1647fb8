"""账号申请 as they wait for a decision: opened as a person, or refused with a reason (LG-03)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, Refused
from records.identity import Login, UnitCode
from records.people.organisation import Person
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.formats import moment
from search_ui.routers.administration.person import forms_of
from search_ui.shown.search.found import paged
from search_ui.views.fields import FormField
from search_ui.views.organisation import ApplicationRow, ApplicationsPage, KeepingPage, Step
from services.administration.applications import Application
from services.administration.scope import scope_needed

router = APIRouter(route_class=BoundedRoute)

HERE = "/people/applications"


@router.get(HERE)
def waiting(visitor: TheVisitor, page: int = 1) -> HTMLResponse:
    """What waits for the caller's decision, the oldest first, a page at a time."""
    scope_needed(visitor.caller)
    found = visitor.desk.house.entry.applications.waiting(visitor.caller)
    shown, way = paged(found, page, base=HERE)
    rows = tuple(
        ApplicationRow(each.name, each.login, each.unit, each.reason, each.at, f"{HERE}/{each.id}")
        for each in shown
    )
    return visitor.show("applications", ApplicationsPage(rows, way), current="people")


@router.get(HERE + "/{number}")
def show(number: str, visitor: TheVisitor) -> HTMLResponse:
    """One of them, as the person that it would become."""
    found = visitor.desk.house.entry.applications.one(visitor.caller, number)
    page = _page(visitor, found, _person(visitor, found))
    return visitor.show("keeping", page, current="people")


@router.post(HERE + "/{number}")
def open_account(number: str, visitor: TheVisitor, form: TheForm) -> Response:
    """The account, with a one-time code that is shown once."""
    house, t = visitor.desk.house, visitor.desk.texts
    found = house.entry.applications.one(visitor.caller, number)
    login, forms = Login(text_of(form, "login").strip()), forms_of(visitor)
    try:
        person = forms.read_new_person(form)
        code = house.administration.people.add(visitor.caller, person)
    except (Invalid, Refused) as error:
        again = forms.typed_person(
            form, _person(visitor, found).model_copy(update={"login": login})
        )
        page = _page(visitor, found, again, error)
        return visitor.show("keeping", page, current="people", status=422)
    house.entry.particulars.note(login, mail=found.mail, sms=found.sms)
    house.entry.applications.decide(visitor.caller, number, opened=True, login=login)
    page = KeepingPage(
        title=person.name,
        action="",
        seen="",
        fields=(),
        back=HERE,
        code=code,
        code_for=person.name,
        locked=t("keeping.opened", login=login),
    )
    return visitor.show("keeping", page, current="people")


@router.post(HERE + "/{number}/refuse")
def refuse(number: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Refused, with a reason that the applicant reads."""
    applications, t = visitor.desk.house.entry.applications, visitor.desk.texts
    found = applications.one(visitor.caller, number)
    try:
        applications.decide(visitor.caller, number, opened=False, reason=text_of(form, "reason"))
    except (Invalid, Conflict) as error:
        page = _page(visitor, found, _person(visitor, found), error)
        return visitor.show("keeping", page, current="people", status=422)
    return visitor.go(HERE, told=t("keeping.refused", who=found.name))


def _person(visitor: Visitor, found: Application) -> Person:
    unit = found.unit_in(visitor.caller.organisation) or UnitCode("")
    return Person.model_construct(login=Login(found.login), name=found.name, unit=unit)


def _page(
    visitor: Visitor,
    found: Application,
    person: Person,
    error: Invalid | Refused | Conflict | None = None,
) -> KeepingPage:
    t = visitor.desk.texts
    wrong = str(error.facts.get("field", "")) if error else ""
    told = str(tell(error)) if error else ""
    fields = forms_of(visitor).person_fields(person, new=True, wrong=wrong, error=told)
    here = {each.name for each in fields} | {"reason"}
    facts = (
        (t("apply.unit"), found.unit),
        (t("apply.reason"), found.reason),
        (t("apply.sms"), found.sms),
        (t("apply.mail"), found.mail),
        (t("keeping.applied_at"), moment(found.at)),
    )
    reason = FormField(
        "reason",
        t("keeping.reason"),
        "text",
        required=True,
        max=200,
        error=told if wrong == "reason" else "",
    )
    return KeepingPage(
        title=t("keeping.application", who=found.name),
        action=f"{HERE}/{found.id}",
        seen="",
        fields=fields,
        back=HERE,
        problem=told if wrong not in here else "",
        facts=tuple((label, value) for label, value in facts if value),
        steps=(
            Step(
                t("keeping.refuse"),
                f"{HERE}/{found.id}/refuse",
                t("keeping.refuse_question", who=found.name),
                (reason,),
            ),
        ),
        go=t("keeping.open_account"),
    )
