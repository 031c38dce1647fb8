"""One unit, as an administrator keeps it: added, renamed, moved, merged, closed (SY-01)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, Refused
from records.identity import UnitCode
from records.people.unit_tree import Unit
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.formats import day
from search_ui.routers.administration.person import forms_of
from search_ui.views.organisation import KeepingPage, Step
from search_ui.views.shell import Badge
from services.administration.scope import scope_needed
from services.administration.unit_desk import seen

router = APIRouter(route_class=BoundedRoute)

HERE = "/people/units"


@router.get(HERE + "/new")
def begin(visitor: TheVisitor, unit: str = "") -> HTMLResponse:
    """An empty form, below the unit that was looked at."""
    scope = scope_needed(visitor.caller)
    known = visitor.caller.organisation.has_unit(UnitCode(unit))
    above = UnitCode(unit) if known and scope.has(UnitCode(unit)) else scope.top
    blank = Unit.model_construct(code=UnitCode(""), name="", parent=above)
    return visitor.show("keeping", _new_page(visitor, blank), current="people")


@router.post(HERE + "/new")
def add(visitor: TheVisitor, form: TheForm) -> Response:
    """A new unit."""
    scope_needed(visitor.caller)
    desk, forms = visitor.desk.house.administration.units, forms_of(visitor)
    try:
        made = desk.add(visitor.caller, forms.read_unit_form(form, text_of(form, "code").strip()))
    except (Invalid, Refused) as error:
        code = UnitCode(text_of(form, "code")[:60])
        page = _new_page(visitor, _typed(visitor, form, code), error)
        return visitor.show("keeping", page, current="people", status=422)
    told = visitor.desk.texts("keeping.unit_made", unit=made.name)
    return visitor.go(f"/people?unit={made.code}", told=told)


@router.get(HERE + "/{code}")
def show(code: str, visitor: TheVisitor) -> HTMLResponse:
    """Its form, and what else can be done with it."""
    unit = visitor.desk.house.administration.units.one(visitor.caller, UnitCode(code))
    return visitor.show("keeping", _page(visitor, unit, unit), current="people")


@router.post(HERE + "/{code}")
def change(code: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another name, place, level or profile."""
    desk, forms = visitor.desk.house.administration.units, forms_of(visitor)
    unit = desk.one(visitor.caller, UnitCode(code))
    try:
        made = forms.read_unit_form(form, code)
        desk.change(visitor.caller, made, was=text_of(form, "seen"))
    except (Invalid, Refused, Conflict) as error:
        return _again(visitor, _typed(visitor, form, unit.code), unit, error)
    return visitor.go(f"/people?unit={code}", told=visitor.desk.texts("keeping.kept"))


@router.post(HERE + "/{code}/merge")
def merge(code: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another unit takes its place."""
    desk, forms, t = visitor.desk.house.administration.units, forms_of(visitor), visitor.desk.texts
    unit = desk.one(visitor.caller, UnitCode(code))
    try:
        into = forms.read_unit(form, "into")
        if into is None:
            raise Invalid("must_be_filled", field="into", label=t("keeping.into"))
        desk.merge(visitor.caller, unit.code, into)
    except (Invalid, Refused) as error:
        return _again(visitor, unit, unit, error)
    return visitor.go(f"/people?unit={into}", told=t("keeping.merged", unit=unit.name))


@router.post(HERE + "/{code}/close")
def close(code: str, visitor: TheVisitor, form: TheForm) -> Response:
    """撤销, or have it back."""
    desk, t = visitor.desk.house.administration.units, visitor.desk.texts
    unit = desk.one(visitor.caller, UnitCode(code))
    try:
        desk.close(visitor.caller, unit.code, closed=text_of(form, "back") != "1")
    except (Invalid, Refused) as error:
        return _again(visitor, unit, unit, error)
    return visitor.go(f"{HERE}/{code}", told=t("keeping.kept"))


def _typed(visitor: Visitor, form: FormData, code: UnitCode) -> Unit:
    """What can be taken of a form that is wrong, to be shown again."""
    try:
        parent = forms_of(visitor).read_unit(form, "parent")
    except Invalid:
        parent = None
    return Unit.model_construct(
        code=code,
        name=text_of(form, "name")[:200],
        parent=parent,
        level=text_of(form, "level")[:60],
        profile=text_of(form, "profile")[:60] or None,
    )


def _again(
    visitor: Visitor, shown: Unit, standing: Unit, error: Invalid | Refused | Conflict
) -> Response:
    page = _page(visitor, shown, standing, error)
    return visitor.show("keeping", page, current="people", status=422)


def _new_page(visitor: Visitor, unit: Unit, error: Invalid | Refused | None = None) -> KeepingPage:
    wrong = str(error.facts.get("field", "")) if error else ""
    told = str(tell(error)) if error else ""
    return KeepingPage(
        title=visitor.desk.texts("keeping.new_unit"),
        action=f"{HERE}/new",
        seen="",
        fields=forms_of(visitor).unit_fields(unit, new=True, wrong=wrong, error=told),
        back=f"/people?unit={unit.parent}" if unit.parent else "/people",
        problem=told if not wrong else "",
    )


def _page(
    visitor: Visitor, shown: Unit, standing: Unit, error: Invalid | Refused | Conflict | None = None
) -> KeepingPage:
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    wrong = str(error.facts.get("field", "")) if error else ""
    told = str(tell(error)) if error else ""
    fields = forms_of(visitor).unit_fields(shown, new=False, wrong=wrong, error=told)
    gone = standing.merged_into is not None
    status, locked = None, ""
    if standing.merged_into is not None:
        into = organisation.full_name(organisation.successor(standing.code))
        status, locked = Badge(t("keeping.is_merged")), t("keeping.merged_into", unit=into)
    elif standing.closed:
        status = Badge(t("keeping.is_closed"))
    facts: list[tuple[str, str]] = [(t("keeping.code"), standing.code)]
    facts += [
        (t("keeping.former"), t("keeping.until", name=each.name, day=day(each.until)))
        for each in standing.former_names
    ]
    here = set() if gone else {each.name for each in fields} | {"into"}
    return KeepingPage(
        title=standing.name,
        action=f"{HERE}/{standing.code}",
        seen=seen(standing),
        fields=() if gone else fields,
        back=f"/people?unit={standing.code}",
        status=status,
        problem=told if wrong not in here else "",
        steps=() if gone else _steps(visitor, standing, told if wrong == "into" else ""),
        facts=tuple(facts),
        locked=locked,
    )


def _steps(visitor: Visitor, unit: Unit, error: str) -> tuple[Step, ...]:
    t, at = visitor.desk.texts, f"{HERE}/{unit.code}"
    if unit.closed:
        back = (t("keeping.reopen"), t("keeping.reopen_question", unit=unit.name))
        return (Step(back[0], f"{at}/close", back[1], hidden=(("back", "1"),)),)
    into = forms_of(visitor).unit_picker("into", t("keeping.into"), error=error)
    return (
        Step(
            t("keeping.merge"),
            f"{at}/merge",
            t("keeping.merge_question", unit=unit.name),
            (into,),
            help=t("keeping.merge_help"),
        ),
        Step(
            t("keeping.close"),
            f"{at}/close",
            t("keeping.close_question", unit=unit.name),
            help=t("keeping.close_help"),
        ),
    )
