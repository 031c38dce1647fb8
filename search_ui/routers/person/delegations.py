"""委托代办: one's own delegations, a new one, and its early end (SY-10)."""

from collections.abc import Iterable
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid
from records.identity import Login
from records.people.delegation import Delegation
from records.people.organisation import Organisation
from records.people.roles import Power
from records.rights.access import person_token
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of
from search_ui.formats import day
from search_ui.shown.form_reading import token_named
from search_ui.views.fields import FormField, Picked
from search_ui.views.person.delegations import DelegationRow, DelegationsPage
from search_ui.views.shell import Badge, Choice
from services.people.delegations import Wanted

router = APIRouter(route_class=BoundedRoute)

HERE = "/delegations"
_PERSON = "person:"


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """What is handed over and taken over, and the form."""
    return visitor.show("delegations", _page(visitor, FormData()))


@router.post(HERE)
def set_up(visitor: TheVisitor, form: TheForm) -> Response:
    """A new delegation; what was typed comes back with what is wrong."""
    try:
        made = visitor.desk.house.delegations.set_up(visitor.caller, _wanted(visitor, form))
    except (Invalid, Conflict) as error:
        told = tell(error)
        page = _page(visitor, form, problem=told.what, advice=told.advice)
        return visitor.show("delegations", page, status=422)
    who = visitor.caller.organisation.name_of(made.to)
    return visitor.go(HERE, told=visitor.desk.texts("delegation.made", who=who))


@router.post(HERE + "/{number}/end")
def end(number: int, visitor: TheVisitor) -> Response:
    """One ends now."""
    visitor.desk.house.delegations.end(visitor.caller, number)
    return visitor.go(HERE, told=visitor.desk.texts("delegation.ended"))


def _wanted(visitor: Visitor, form: FormData) -> Wanted:
    organisation, own = visitor.caller.organisation, visitor.caller.person.login
    to = _named(form, "to", organisation)
    if to is None:
        raise Invalid("choose_people", field="to")
    return Wanted(
        of=_named(form, "of", organisation) or own,
        to=to,
        from_on=_day(form, "from_on"),
        until_on=_day(form, "until_on"),
        kinds=tuple(texts_of(form, "kinds")),
        reason=text_of(form, "reason"),
    )


def _named(form: FormData, name: str, organisation: Organisation) -> Login | None:
    """The one person who was picked or typed; None for nobody. Raises Invalid."""
    tokens = texts_of(form, name)
    typed = text_of(form, f"{name}_add").strip()
    if typed:
        tokens.append(token_named(typed, organisation, field=name))
    if len(set(tokens)) > 1:
        raise Invalid("choose_one", field=name)
    if not tokens:
        return None
    if not tokens[0].startswith(_PERSON):
        raise Invalid("unknown_person", login=tokens[0], field=name)
    return Login(tokens[0].removeprefix(_PERSON))


def _day(form: FormData, name: str) -> date:
    try:
        return date.fromisoformat(text_of(form, name))
    except ValueError as error:
        raise Invalid(
            "wrong_type", field=name, label=text_of(form, name), expected="date"
        ) from error


def _page(
    visitor: Visitor, form: FormData, *, problem: str = "", advice: str = ""
) -> DelegationsPage:
    caller, desk = visitor.caller, visitor.desk.house.delegations
    given = desk.given_by(caller, caller.person.login)
    kinds = frozenset(texts_of(form, "kinds"))
    return DelegationsPage(
        given=_rows(visitor, given, own=True),
        taken=_rows(visitor, desk.taken_by(caller), own=False),
        fields=tuple(_fields(visitor, form)),
        kinds=tuple(
            Choice(kind.kind, kind.title, chosen=kind.kind in kinds)
            for kind in visitor.desk.house.kinds
            if kind.has_flow
        ),
        problem=problem,
        advice=advice,
    )


def _fields(visitor: Visitor, form: FormData) -> Iterable[FormField]:
    t, today = visitor.desk.texts, visitor.caller.today.isoformat()
    people = ("of", "to") if visitor.caller.may(Power.DELEGATIONS) else ("to",)
    for name in people:
        yield FormField(
            name,
            t(f"delegation.{name}"),
            "people",
            help=t(f"delegation.{name}_help"),
            picked=_picked(form, name, visitor.caller.organisation),
        )
    for name in ("from_on", "until_on"):
        value = text_of(form, name) or today
        yield FormField(name, t(f"delegation.{name}"), "date", value=value, required=True)
    reason = text_of(form, "reason")
    yield FormField("reason", t("delegation.reason"), "text", value=reason, max=200)


def _picked(form: FormData, name: str, organisation: Organisation) -> tuple[Picked, ...]:
    tokens = [token for token in texts_of(form, name) if token.startswith(_PERSON)]
    people = [organisation.find_person(Login(token.removeprefix(_PERSON))) for token in tokens]
    return tuple(Picked(person_token(each.login), each.name) for each in people if each)


def _rows(
    visitor: Visitor, delegations: tuple[Delegation, ...], *, own: bool
) -> tuple[DelegationRow, ...]:
    return tuple(_row(visitor, each, own=own) for each in delegations)


def _row(visitor: Visitor, each: Delegation, *, own: bool) -> DelegationRow:
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    today, other = visitor.caller.today, each.to if own else each.of
    known = organisation.find_person(other)
    if each.is_over(today):
        status = Badge(t("delegation.over"))
    elif each.runs_on(today):
        status = Badge(t("delegation.running"), "ok")
    else:
        status = Badge(t("delegation.coming"), "info")
    kinds = visitor.desk.house.kinds
    titles = [found.title if (found := kinds.find(name)) else name for name in each.kinds]
    return DelegationRow(
        who=organisation.name_of(other),
        unit=organisation.unit_name(known.unit) if known else "",
        from_on=each.from_on,
        until_on=each.until_on,
        kinds="、".join(titles) or t("delegation.all_kinds"),
        status=status,
        reason=each.reason,
        end_href=f"{HERE}/{each.number}/end" if own and not each.is_over(today) else None,
    )


def running_lines(visitor: Visitor) -> tuple[str, ...]:
    """What stands on the first page while one runs, for both sides."""
    caller, t = visitor.caller, visitor.desk.texts
    organisation, own = caller.organisation, caller.person.login
    lines = []
    for each in organisation.delegations:
        if own in {each.of, each.to} and each.runs_on(caller.today):
            key, other = ("taken", each.of) if each.to == own else ("given", each.to)
            who = organisation.name_of(other)
            lines.append(t(f"delegation.line_{key}", who=who, day=day(each.until_on)))
    return tuple(lines)
