"""参数设置: every limit that an administrator sets, on one page (AQ-11)."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import Told, tell
from records.errors import Conflict, Invalid
from records.identity import Login
from records.parameters.catalogue import BY_NAME, CATALOGUE
from records.parameters.parameter import Parameter, Parameters
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of
from search_ui.formats import moment
from search_ui.views.parameters import ChangeRow, ParameterGroup, ParameterRow, ParametersPage
from services.administration.parameter_book import ParameterChange

router = APIRouter(route_class=BoundedRoute)

HERE = "/parameters"


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """What every parameter is set to."""
    return visitor.show("parameters", _page(visitor), current="parameters")


@router.post(HERE)
def save(visitor: TheVisitor, form: TheForm) -> Response:
    """Sets all that was changed, or nothing where one of them is wrong."""
    desk, t = visitor.desk.house.administration.parameters, visitor.desk.texts
    desk.shown(visitor.caller)
    typed = {each: _typed(form, each) for each in CATALOGUE if each.name in form}
    faults: dict[str, str] = {}
    wanted: dict[Parameter, int] = {}
    for parameter, text in typed.items():
        try:
            wanted[parameter] = parameter.read(text)
        except Invalid as error:
            faults[parameter.name] = str(tell(error))
    seen = {each: int(text) for each in wanted if (text := _seen(form, each)).isdecimal()}
    told = Told(t("parameter.wrong"), t("parameter.wrong_advice")) if faults else None
    if not faults:
        changed = {each: now for each, now in wanted.items() if seen.get(each) != now}
        try:
            made = desk.set(
                visitor.caller, changed, {each: seen[each] for each in changed if each in seen}
            )
        except Conflict as error:
            told = tell(error)
            faults[str(error.facts.get("field", ""))] = told.what
        else:
            n = len(made)
            return visitor.go(HERE, told=t("parameter.kept", n=n) if n else t("parameter.same"))
    page = _page(visitor, {each.name: text for each, text in typed.items()}, faults, told)
    return visitor.show("parameters", page, current="parameters", status=422)


def _typed(form: FormData, parameter: Parameter) -> str:
    """The last of its values: a box that is ticked comes before the nought that stands for none."""
    return next(iter(texts_of(form, parameter.name)), "")


def _seen(form: FormData, parameter: Parameter) -> str:
    return text_of(form, f"seen_{parameter.name}")[:12]


def _page(
    visitor: Visitor,
    typed: Mapping[str, str] = {},
    faults: Mapping[str, str] = {},
    told: Told | None = None,
) -> ParametersPage:
    link = visitor.desk.house.administration.parameters.shown(visitor.caller)
    values = Parameters(link.values)
    groups: dict[str, list[ParameterRow]] = {}
    for each in CATALOGUE:
        row = _row(visitor, each, values[each], link.last.get(each.name), typed, faults)
        groups.setdefault(each.group, []).append(row)
    return ParametersPage(
        groups=tuple(ParameterGroup(title, tuple(rows)) for title, rows in groups.items()),
        changes=tuple(_change(visitor, each) for each in link.recent if each.name in BY_NAME),
        problem=told.what if told else "",
        advice=told.advice if told else "",
    )


def _row(
    visitor: Visitor,
    parameter: Parameter,
    value: int,
    last: ParameterChange | None,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> ParameterRow:
    t, name = visitor.desk.texts, parameter.name
    default = t("parameter.default", value=parameter.shown(parameter.default))
    bounds = t("parameter.range", least=parameter.least, most=parameter.most)
    changed = ""
    if last is not None:
        by = visitor.caller.organisation.name_of(Login(last.by))
        changed = t("parameter.by", who=by, at=moment(last.at))
    return ParameterRow(
        name=name,
        title=parameter.title,
        unit=parameter.unit,
        value=typed.get(name, str(value)),
        seen=str(value),
        least=parameter.least,
        most=parameter.most,
        rule=default if parameter.is_switch else f"{default}，{bounds}",
        help=parameter.help,
        changed=changed,
        error=faults.get(name, ""),
        is_switch=parameter.is_switch,
    )


def _change(visitor: Visitor, change: ParameterChange) -> ChangeRow:
    parameter = BY_NAME[change.name]
    return ChangeRow(
        title=parameter.title,
        text=f"{parameter.shown(change.was)} → {parameter.shown(change.now)}",
        by=visitor.caller.organisation.name_of(change.by),
        at=change.at,
    )
