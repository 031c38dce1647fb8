"""People and units to choose from, for an action or for whatever names somebody (FW-07)."""

from typing import Literal

from fastapi import APIRouter

from gate.bounded_request import BoundedRoute
from records.errors import Invalid, Refused
from records.identity import RecordId, UnitCode
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.roster import Roster

router = APIRouter(route_class=BoundedRoute)

View = Literal["tree", "unit", "found", "recent", "groups"]


@router.get("/roster/{what}")
def everybody(
    what: Literal["people", "units"],
    visitor: TheVisitor,
    view: View = "tree",
    q: str = "",
    unit: str = "",
) -> dict[str, object]:
    """All people in office, or all units."""
    return _told(visitor, Roster(visitor.caller.organisation, what == "units"), view, q, unit)


@router.get("/records/{record}/actions/{name}/roster")
def of_action(
    record: str,
    name: str,
    visitor: TheVisitor,
    key: str = "",
    view: View = "tree",
    q: str = "",
    unit: str = "",
) -> dict[str, object]:
    """Those whom an action lets the visitor choose, under the key of the choice.

    Raises NotFound as opening the record; Refused where he may not take the action, and Invalid
    (``unknown_choice``) where it asks no such thing.
    """
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, RecordId(record))
    offered = house.acting.offers(caller, opened.kind, opened.latest)
    found = next((each for each in offered if each.offer.name == name), None)
    if found is None:
        raise Refused("wrong_state", action=opened.kind.action(name).label, state=None)
    if found.offer.why_not is not None:
        raise found.offer.why_not
    choice = next((each for each in found.choices if each.key == key), None)
    if choice is None or choice.what not in {"people", "units"}:
        raise Invalid("unknown_choice", given=key, field="key")
    return _told(
        visitor, Roster.of(caller.organisation, found.offer.declaration, choice), view, q, unit
    )


def _told(visitor: Visitor, roster: Roster, view: View, typed: str, unit: str) -> dict[str, object]:
    house, caller = visitor.desk.house, visitor.caller
    login = caller.person.login
    if view == "tree":
        return {"units": roster.tree(caller.person.unit)}
    if view == "unit":
        return {"items": roster.members(UnitCode(unit))}
    if view == "found":
        return {"items": roster.found(house.rosters.names, typed)}
    if view == "recent":
        return {"items": roster.of_tokens(house.rosters.recent.of(login))}
    return {"groups": roster.of_groups(house.rosters.groups.of(login))}
