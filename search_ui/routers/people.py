"""The organisation: its page for administrators, and names to choose from for everyone."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.access import EVERYONE, person_token, post_token, role_token, unit_token
from records.errors import Refused
from records.identity import Login, UnitCode
from records.organisation import ROLES, SEPARATED, Organisation, Person
from records.unit_tree import Unit
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.found import PAGE_SIZE, pager
from search_ui.shown.words import level_badge
from search_ui.views.account import PeoplePage, PersonRow, UnitNode
from search_ui.views.shell import Badge

router = APIRouter(route_class=BoundedRoute)

OFFERED = 10


@router.get("/people")
def people(visitor: TheVisitor, unit: str = "", q: str = "", page: int = 1) -> HTMLResponse:
    """The tree, and the people of a unit with all below, or those of a name."""
    _administrators_only(visitor)
    return visitor.show("people", _page(visitor, unit, q.strip(), max(page, 1)), current="people")


@router.post("/people/{login}/reset")
def reset(login: str, visitor: TheVisitor) -> HTMLResponse:
    """A one-time code in the place of the password, shown once; all sessions end (LG-07)."""
    _administrators_only(visitor)
    house = visitor.desk.house
    person = visitor.caller.organisation.person(Login(login))
    code = house.people.reset(person.login, by=visitor.caller.person.login)
    view = _page(visitor, person.unit, "", 1, code=code, code_for=person.name)
    return visitor.show("people", view, current="people")


@router.get("/people/suggest/{only}")
def suggest(
    only: Literal["audience", "units", "people"], visitor: TheVisitor, q: str = ""
) -> dict[str, list[dict[str, str]]]:
    """Units, roles, posts and people whose name or code holds what was typed."""
    organisation, typed = visitor.caller.organisation, q.strip().lower()
    items: list[dict[str, str]] = []
    if typed and only != "people":
        items += [
            _unit_item(unit, only, organisation)
            for unit in organisation.units
            if unit.merged_into is None and _fits(typed, unit.name, unit.code)
        ]
    if typed and only == "audience":
        tokens = [EVERYONE, *(role_token(role) for role in ROLES if role not in SEPARATED)]
        named = [(token, organisation.describe(token)) for token in tokens]
        items += [{"token": k, "label": name, "detail": ""} for k, name in named if typed in name]
        items += [
            {"token": post_token(unit, post), "label": post, "detail": organisation.full_name(unit)}
            for unit, post in organisation.appointments
            if typed in f"{organisation.unit_name(unit)}{post}".lower()
        ]
    if typed and only != "units":
        items += [
            {
                "token": person_token(person.login),
                "label": person.name,
                "detail": organisation.unit_name(person.unit),
            }
            for person in organisation.people
            if not person.disabled and _fits(typed, person.name, person.login)
        ]
    return {"items": items[:OFFERED]}


def _administrators_only(visitor: Visitor) -> None:
    if not visitor.caller.has_role("administrator"):
        raise Refused("administrators_only")


def _fits(typed: str, *names: str) -> bool:
    return any(typed in name.lower() for name in names)


def _unit_item(unit: Unit, only: str, organisation: Organisation) -> dict[str, str]:
    token = unit_token(unit.code) if only == "audience" else unit.code
    label = organisation.full_name(unit.code)
    return {"token": token, "label": label, "detail": unit.level or ""}


def _page(
    visitor: Visitor, unit: str, query: str, page: int, *, code: str = "", code_for: str = ""
) -> PeoplePage:
    organisation, t = visitor.caller.organisation, visitor.desk.texts
    units = organisation.subtree(UnitCode(unit)) if unit else None
    chosen = [
        person
        for person in organisation.people
        if (units is None or person.unit in units)
        and (not query or _fits(query.lower(), person.name, person.login))
    ]
    first = (page - 1) * PAGE_SIZE
    title = organisation.unit_name(UnitCode(unit)) if unit else t("people.everyone")
    return PeoplePage(
        tree=_tree(organisation, UnitCode(unit) if unit else None),
        unit=title,
        people=tuple(_row(visitor, person) for person in chosen[first : first + PAGE_SIZE]),
        pager=pager(len(chosen), page, (("unit", unit), ("q", query)), base="/people"),
        query=query,
        code=code,
        code_for=code_for,
    )


def _tree(organisation: Organisation, current: UnitCode | None) -> tuple[UnitNode, ...]:
    """All units, opened down to the current one. Each person and each unit is looked at once."""
    counts = organisation.headcounts()
    way = set() if current is None else {unit.code for unit in organisation.upward(current)}

    def branches(parent: UnitCode | None) -> tuple[UnitNode, ...]:
        return tuple(
            UnitNode(
                code=unit.code,
                name=unit.name,
                href=f"/people?unit={unit.code}",
                people=counts.get(unit.code, 0),
                level=unit.level or "",
                children=branches(unit.code),
                opened=parent is None or unit.code in way,
                current=unit.code == current,
            )
            for unit in organisation.sections(parent)
        )

    return branches(None)


def _row(visitor: Visitor, person: Person) -> PersonRow:
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    status = Badge(t("people.status_ok"), "ok")
    if person.disabled:
        status = Badge(t("people.status_off"))
    elif not visitor.desk.house.accounts.exists(person.login):
        status = Badge(t("people.status_none"), "warning")
    return PersonRow(
        login=person.login,
        name=person.name,
        unit=organisation.unit_name(person.unit),
        posts=tuple(person.posts),
        roles=tuple(t(f"role.{role}") for role in person.roles),
        clearance=level_badge(person.clearance),
        status=status,
        reset_href=None if person.disabled else f"/people/{person.login}/reset",
    )
