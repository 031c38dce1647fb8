"""Whom an administrator keeps: everybody, or the people and units of his own organ (SY-02).

A 系统管理员 keeps all. A 单位管理员 keeps the organ that he belongs to with all below it, gives no
office that stands above him, and opens nothing higher than he may read himself.
"""

from dataclasses import dataclass

from records.errors import Invalid, Refused
from records.identity import UnitCode
from records.people.organisation import Organisation, Person
from records.people.organisation_check import refuse_gone
from records.people.roles import Power
from records.people.unit_tree import Unit
from records.rights.access import role_token
from services.people.caller import Caller

_FIXED = ("parent", "merged_into", "level", "closed")
"""What the administrator of an organ does not change of the organ itself."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The units that somebody keeps; None is every unit, and what belongs to none."""

    units: frozenset[UnitCode] | None
    top: UnitCode | None = None
    """The organ at the head of them."""

    def has(self, unit: UnitCode | None) -> bool:
        """Whether he keeps the unit."""
        return self.units is None or unit in self.units


def scope_of(caller: Caller) -> Scope | None:
    """What the caller keeps; None for who keeps nobody."""
    if caller.may(Power.PEOPLE):
        return Scope(None)
    if caller.may(Power.PEOPLE_OF_ORGAN):
        top = caller.organisation.organ_of(caller.person.unit).code
        return Scope(
            caller.organisation.subtree(top) | _closed_below(caller.organisation, top), top
        )
    return None


def _closed_below(organisation: Organisation, top: UnitCode) -> frozenset[UnitCode]:
    """Units of the organ that were closed: who keeps it may have them back."""
    return frozenset(
        unit.code
        for unit in organisation.units
        if unit.closed and any(above.code == top for above in organisation.upward(unit.code))
    )


def scope_needed(caller: Caller) -> Scope:
    """The same. Raises Refused (``administrators_only``) for who keeps nobody."""
    scope = scope_of(caller)
    if scope is None:
        raise Refused("administrators_only")
    return scope


def keeps(caller: Caller, person: Person) -> bool:
    """Whether the caller may change this person at all.

    Whoever resets a password could sign in by the code: the administrator of an organ does that to
    nobody who reads more than he, who has a place outside the organ, or who is himself.
    """
    scope = scope_of(caller)
    if scope is None or scope.units is None:
        return scope is not None
    if person.login == caller.person.login:
        return False
    inside = all(scope.has(unit) for unit in _units(person))
    given = all(map(caller.organisation.roles.given_by_units, person.roles))
    return inside and given and person.clearance <= caller.person.clearance


def refuse_beyond(
    caller: Caller,
    before: Organisation,
    units: tuple[Unit, ...],
    people: tuple[Person, ...],
) -> None:
    """Whether the caller may put these units and people in the place of those before.

    Raises Refused: ``administrators_only``, ``not_your_unit`` with ``unit``, ``kept_above`` and
    Invalid: ``role_above``, ``clearance_above``, each with the person; as
    `records.people.organisation_check.refuse_gone`.
    """
    scope = scope_needed(caller)
    refuse_gone(before, units, people)
    if scope.units is None:
        return
    for unit in units:
        _check_unit(scope, before, unit)
    new = {unit.code for unit in units}
    for person in people:
        _check_person(caller, scope, before.find_person(person.login), person, new)


def _check_unit(scope: Scope, before: Organisation, unit: Unit) -> None:
    known = before.unit(unit.code) if before.has_unit(unit.code) else None
    if known is not None and not scope.has(unit.code):
        raise Refused("not_your_unit", unit=known.name)
    if known is not None and known.code == scope.top:
        # Without its level the organ above would be his as well.
        if any(getattr(unit, name) != getattr(known, name) for name in _FIXED):
            raise Refused("not_your_unit", unit=known.name)
        return
    for named in (unit.parent, unit.merged_into):
        if named is not None and not scope.has(named) and before.has_unit(named):
            raise Refused("not_your_unit", unit=before.unit_name(named))
    if unit.parent is None:
        raise Refused("not_your_unit", unit=unit.name)


def _units(person: Person) -> set[UnitCode]:
    """Where he has a place: all that his posts there open is his."""
    return {person.unit, *(each.unit for each in person.also)}


def _check_person(
    caller: Caller, scope: Scope, known: Person | None, person: Person, new: set[UnitCode]
) -> None:
    organisation = caller.organisation
    if known is not None and not keeps(caller, known):
        raise Refused("kept_above", who=known.name)
    for unit in _units(person):
        if not scope.has(unit) and unit not in new:
            raise Refused("not_your_unit", unit=organisation.unit_name(unit))
    had = set(known.roles) if known else set()
    given = organisation.roles.given_by_units
    beyond = [role for role in set(person.roles) ^ had if not given(role)]
    if beyond:
        names = tuple(organisation.describe(role_token(role)) for role in sorted(beyond))
        raise Invalid("role_above", field="roles", who=person.name, roles=names)
    raised = known is None or person.clearance > known.clearance
    if raised and person.clearance > caller.person.clearance:
        most = caller.person.clearance.label
        raise Invalid("clearance_above", field="clearance", who=person.name, most=most)
