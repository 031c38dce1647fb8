"""Whether an organisation is sound: what no single unit or person shows."""

from collections.abc import Iterator, Mapping

from records.errors import Invalid
from records.identity import Login, UnitCode
from records.organisation import ROLES, SEPARATED, Organisation, Person


def checked(organisation: Organisation) -> Organisation:
    """The organisation itself when it is sound.

    Raises Invalid: ``repeated_unit``, ``repeated_person``, ``unknown_unit``, ``unit_cycle``,
    ``unknown_role``, ``joined_duties`` (one person with two of the three separated duties),
    ``merger_cycle`` (units merged into each other, or into one of their own sections).
    """
    codes = [unit.code for unit in organisation.units]
    known = set(codes)
    logins = [person.login for person in organisation.people]
    _refuse_repeats("repeated_unit", codes)
    _refuse_repeats("repeated_person", logins)
    for unit in organisation.units:
        for named in (unit.parent, unit.merged_into):
            if named is not None and named not in known:
                raise Invalid("unknown_unit", unit=named, named_by=unit.code)
    _refuse_cycles("unit_cycle", {unit.code: unit.parent for unit in organisation.units})
    _refuse_cycles("merger_cycle", {unit.code: unit.merged_into for unit in organisation.units})
    _refuse_cycles("merger_cycle", dict(_ways_up(organisation)))
    for person in organisation.people:
        _check_person(person, known)
    return organisation


def _refuse_repeats(reason: str, names: list[UnitCode] | list[Login]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Invalid(reason, given=name)
        seen.add(name)


def _ways_up(organisation: Organisation) -> Iterator[tuple[UnitCode, UnitCode | None]]:
    """Each unit and the next one of its chain upward, mergers followed."""
    for unit in organisation.units:
        yield unit.code, unit.parent if unit.merged_into is None else unit.merged_into


def _refuse_cycles(reason: str, next_of: Mapping[UnitCode, UnitCode | None]) -> None:
    """Each unit is followed until one that is known to lead out."""
    sound: set[UnitCode] = set()
    for code in next_of:
        seen: set[UnitCode] = set()
        current: UnitCode | None = code
        while current is not None and current not in sound:
            if current in seen:
                raise Invalid(reason, unit=code)
            seen.add(current)
            current = next_of[current]
        sound |= seen


def _check_person(person: Person, codes: set[UnitCode]) -> None:
    if person.unit not in codes:
        raise Invalid("unknown_unit", unit=person.unit, named_by=person.login)
    for role in person.roles:
        if role not in ROLES:
            raise Invalid("unknown_role", given=role, named_by=person.login, allowed=ROLES)
    if len(SEPARATED & set(person.roles)) > 1:
        raise Invalid("joined_duties", login=person.login, roles=tuple(person.roles))
