"""One person as an administrator keeps him: added, changed, moved, disabled (SY-02, SY-07)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, Refused
from records.identity import Login, UnitCode
from records.people.organisation import Person
from records.people.roles import Power
from records.rights.access import person_token
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.routers.administration.keeping_forms import KeepingForms
from search_ui.shown.stranded import hand_over_href
from search_ui.views.organisation import KeepingPage, Link, Step
from search_ui.views.shell import Badge
from services.administration.people_desk import seen
from services.administration.scope import keeps, scope_needed

router = APIRouter(route_class=BoundedRoute)

HERE = "/people/person"
_LIST = "/people"


@router.get("/people/new")
def begin(visitor: TheVisitor, unit: str = "") -> HTMLResponse:
    """An empty form, in the unit that was looked at."""
    scope = scope_needed(visitor.caller)
    code = UnitCode(unit) if scope.has(UnitCode(unit)) else scope.top or UnitCode("")
    blank = Person.model_construct(login=Login(""), name="", unit=code)
    return visitor.show("keeping", _new_page(visitor, blank), current="people")


@router.post("/people/new")
def add(visitor: TheVisitor, form: TheForm) -> Response:
    """A new person; the one-time code stands on his page, once."""
    login = Login(text_of(form, "login").strip())
    desk, forms = visitor.desk.house.administration.people, forms_of(visitor)
    scope_needed(visitor.caller)
    try:
        made = forms.read_new_person(form)
        code = desk.add(visitor.caller, made)
    except (Invalid, Refused) as error:
        blank = Person.model_construct(login=login, name="", unit=UnitCode(""))
        page = _new_page(visitor, forms.typed_person(form, blank), error)
        return visitor.show("keeping", page, current="people", status=422)
    return _shown(visitor, made.login, code=code)


@router.get(HERE + "/{login}")
def show(login: str, visitor: TheVisitor) -> HTMLResponse:
    """His form, and what else can be done."""
    return _shown(visitor, Login(login))


@router.post(HERE + "/{login}")
def change(login: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another name, unit, post, role or clearance; what was typed comes back where it is wrong."""
    desk, forms = visitor.desk.house.administration.people, forms_of(visitor)
    person = desk.one(visitor.caller, Login(login))
    try:
        made = forms.read_person(form, person.login, disabled=person.disabled)
        desk.change(visitor.caller, made, was=text_of(form, "seen"))
    except (Invalid, Refused, Conflict) as error:
        page = _page(visitor, forms.typed_person(form, person), person, error)
        return visitor.show("keeping", page, current="people", status=422)
    return visitor.go(f"{HERE}/{login}", told=visitor.desk.texts("keeping.kept"))


@router.post(HERE + "/{login}/disable")
def disable(login: str, visitor: TheVisitor) -> Response:
    """He is shut out at once."""
    return _switched(visitor, Login(login), disabled=True)


@router.post(HERE + "/{login}/enable")
def enable(login: str, visitor: TheVisitor) -> Response:
    """He is back."""
    return _switched(visitor, Login(login), disabled=False)


@router.post(HERE + "/{login}/reset")
def reset(login: str, visitor: TheVisitor) -> HTMLResponse:
    """A one-time code in the place of the password, shown once; all sessions end (LG-07)."""
    code = visitor.desk.house.administration.people.reset(visitor.caller, Login(login))
    return _shown(visitor, Login(login), code=code)


def forms_of(visitor: Visitor) -> KeepingForms:
    """The forms for this administrator, by the words of now."""
    words = visitor.desk.house.dictionaries.current()
    return KeepingForms(visitor.caller, words, visitor.desk.texts)


def _switched(visitor: Visitor, login: Login, *, disabled: bool) -> Response:
    desk, t = visitor.desk.house.administration.people, visitor.desk.texts
    try:
        desk.switch(visitor.caller, login, disabled=disabled)
    except Invalid as error:
        person = desk.one(visitor.caller, login)
        page = _page(visitor, person, person, error)
        return visitor.show("keeping", page, current="people", status=422)
    told = t("keeping.disabled") if disabled else t("keeping.enabled")
    return visitor.go(f"{HERE}/{login}", told=told)


def _shown(visitor: Visitor, login: Login, *, code: str = "") -> HTMLResponse:
    caller = visitor.desk.house.book.caller(visitor.caller.person.login)
    person = visitor.desk.house.administration.people.one(caller, login)
    return visitor.show("keeping", _page(visitor, person, person, code=code), current="people")


def _new_page(
    visitor: Visitor, person: Person, error: Invalid | Refused | None = None
) -> KeepingPage:
    t = visitor.desk.texts
    wrong = str(error.facts.get("field", "")) if error else ""
    told = str(tell(error)) if error else ""
    return KeepingPage(
        title=t("keeping.new_person"),
        action="/people/new",
        seen="",
        fields=forms_of(visitor).person_fields(person, new=True, wrong=wrong, error=told),
        back=f"{_LIST}?unit={person.unit}" if person.unit else _LIST,
        problem=told if not wrong else "",
    )


def _page(
    visitor: Visitor,
    shown: Person,
    standing: Person,
    error: Invalid | Refused | Conflict | None = None,
    *,
    code: str = "",
) -> KeepingPage:
    t, mine = visitor.desk.texts, keeps(visitor.caller, standing)
    wrong = str(error.facts.get("field", "")) if error else ""
    told = str(tell(error)) if error else ""
    fields = forms_of(visitor).person_fields(shown, new=False, wrong=wrong, error=told)
    here = {each.name for each in fields}
    return KeepingPage(
        title=standing.name,
        action=f"{HERE}/{standing.login}",
        seen=seen(standing),
        fields=fields if mine else (),
        back=f"{_LIST}?unit={standing.unit}",
        status=Badge(t("people.status_off")) if standing.disabled else None,
        problem=told if wrong not in here else "",
        steps=tuple(_steps(visitor, standing)) if mine else (),
        facts=tuple(_facts(visitor, standing)) if mine else ((t("sign_in.login"), standing.login),),
        code=code,
        code_for=standing.name,
        links=tuple(_links(visitor, standing)),
        locked="" if mine else t("keeping.locked"),
    )


def _steps(visitor: Visitor, person: Person) -> list[Step]:
    t, at = visitor.desk.texts, f"{HERE}/{person.login}"
    if person.disabled:
        question = t("keeping.enable_question", who=person.name)
        return [Step(t("keeping.enable"), f"{at}/enable", question)]
    return [
        Step(t("people.reset"), f"{at}/reset", t("people.reset_question", who=person.name)),
        Step(t("keeping.disable"), f"{at}/disable", t("keeping.disable_question", who=person.name)),
    ]


def _facts(visitor: Visitor, person: Person) -> list[tuple[str, str]]:
    t, told = visitor.desk.texts, visitor.desk.house.entry.particulars.of(person.login)
    facts = [
        (t("sign_in.login"), person.login),
        (t("particulars.room"), told.room),
        (t("particulars.telephone"), told.telephone),
        (t("channel.sms"), told.sms),
        (t("channel.mail"), told.mail),
    ]
    return [(label, value) for label, value in facts if value]


def _links(visitor: Visitor, person: Person) -> list[Link]:
    t = visitor.desk.texts
    if not visitor.caller.may(Power.PEOPLE):
        return []
    href = hand_over_href((person_token(person.login),))
    return [Link(t("keeping.hand_over"), href, "users")] if person.disabled else []
