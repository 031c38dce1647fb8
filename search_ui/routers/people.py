"""Names of units and people to choose from, for everyone."""

from typing import Literal

from fastapi import APIRouter

from gate.bounded_request import BoundedRoute
from records.identity import UnitCode
from records.people.organisation import Organisation
from records.people.roles import SEPARATED
from records.people.unit_tree import Unit
from records.rights.access import EVERYONE, person_token, post_token, role_token, unit_token
from search_ui.desk import TheVisitor

router = APIRouter(route_class=BoundedRoute)

OFFERED = 10


@router.get("/people/suggest/{only}")
def suggest(
    only: Literal["audience", "units", "people"], visitor: TheVisitor, q: str = ""
) -> dict[str, list[dict[str, str]]]:
    """Units, roles, posts and people whose name holds or spells what was typed."""
    organisation, typed = visitor.caller.organisation, q.strip().lower()
    names = visitor.desk.house.rosters.names
    items: list[dict[str, str]] = []
    if typed and only != "people":
        items += [_unit_item(unit, only, organisation) for unit in names.units(organisation, typed)]
    if typed and only == "audience":
        tokens = [
            EVERYONE,
            *(role_token(role) for role in organisation.roles.names if role not in SEPARATED),
        ]
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
            for person in names.people(organisation, typed)
        ]
    return {"items": items[:OFFERED]}


@router.get("/people/tree")
def unit_tree(visitor: TheVisitor) -> dict[str, list[dict[str, object]]]:
    """All units that there are now, as a tree: each with its code, its name and those below."""
    organisation = visitor.caller.organisation

    def branches(parent: UnitCode | None) -> list[dict[str, object]]:
        return [
            {
                "code": unit.code,
                "name": unit.name,
                "label": organisation.full_name(unit.code),
                "units": branches(unit.code),
            }
            for unit in organisation.sections(parent)
            if unit.merged_into is None
        ]

    return {"units": branches(None)}


def _unit_item(unit: Unit, only: str, organisation: Organisation) -> dict[str, str]:
    token = unit_token(unit.code) if only == "audience" else unit.code
    label = organisation.full_name(unit.code)
    return {"token": token, "label": label, "detail": unit.level or ""}
