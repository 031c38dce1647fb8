"""Whether an organisation is sound: what no single unit or person shows."""

from collections.abc import Iterable, Iterator, Mapping

from records.errors import Invalid
from records.identity import Login, UnitCode
from records.people.library_folders import checked_folders
from records.people.organisation import Organisation, Person
from records.people.roles import Roles
from records.people.unit_tree import Unit


def checked(organisation: Organisation, *, before: Organisation | None = None) -> Organisation:
    """The organisation itself when it is sound; who had a role `before` that is no more, keeps it.

    Raises Invalid: ``repeated_unit``, ``repeated_person``, ``unknown_unit``, ``unit_cycle``,
    ``unknown_role``, ``joined_duties`` (one person with two of the three separated duties),
    ``unknown_token`` (a mobile that is open to nobody there is; whom it was open to may have left),
    ``merger_cycle`` (units merged into each other, or into one of their own sections), and as
    `checked_folders`.
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
    checked_folders(organisation.folders)
    for person in organisation.people:
        had = before.find_person(person.login) if before else None
        check_person(person, known, organisation.roles, had=had)
        _check_readers(person, organisation, had=had)
    return organisation


def _check_readers(person: Person, organisation: Organisation, *, had: Person | None) -> None:
    stood = (had.contact.mobile_readers if had and had.contact else None) or ()
    for token in (person.contact.mobile_readers if person.contact else None) or ():
        if token not in stood and not organisation.knows(token):
            raise Invalid("unknown_token", given=token, field="mobile_readers", who=person.login)


def refuse_losing_the_last(before: Organisation, after: Organisation) -> None:
    """Whether somebody is left who keeps the house.

    Raises Invalid (``last_administrator``) when there was a 系统管理员 in office and is none now.
    """
    last = _administrators(before)
    if last and not _administrators(after):
        raise Invalid("last_administrator", field="roles", who=last[0].name)


def refuse_gone(before: Organisation, units: Iterable[Unit], people: Iterable[Person]) -> None:
    """Whether nobody and nothing comes into a unit that was merged or closed; who is there stays.

    Nor does somebody who was disabled come back into one that was closed meanwhile.

    Raises Invalid (``already_gone`` with ``unit``).
    """
    for unit in units:
        stood = before.unit(unit.code).parent if before.has_unit(unit.code) else None
        if unit.parent is not None and unit.parent != stood:
            _refuse_gone(before, unit.parent, "parent")
    for person in people:
        known = before.find_person(person.login)
        comes_back = known is not None and known.disabled and not person.disabled
        held = [code for code, _ in known.places] if known else []
        for place, (code, _) in enumerate(person.places):
            if code not in held or (comes_back and _is_closed(before, code)):
                _refuse_gone(before, code, "also" if place else "unit")


def _is_closed(before: Organisation, code: UnitCode) -> bool:
    """Whether nobody works there; what was merged works on as what took its place."""
    now = before.successor(code)
    return before.has_unit(now) and before.unit(now).closed


def _refuse_gone(before: Organisation, code: UnitCode, field: str) -> None:
    unit = before.unit(code) if before.has_unit(code) else None
    if unit is not None and (unit.closed or unit.merged_into is not None):
        raise Invalid("already_gone", field=field, unit=unit.name)


def _administrators(organisation: Organisation) -> tuple[Person, ...]:
    return tuple(
        person
        for person in organisation.people
        if "administrator" in person.roles and not person.disabled
    )


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


def check_person(person: Person, codes: set[UnitCode], roles: Roles, *, had: Person | None) -> None:
    """What one person shows by himself, among units of these codes and these roles.

    `had` is he as he was. Raises as `checked`.
    """
    units = [unit for unit, _ in person.places]
    for unit in units:
        if unit not in codes:
            raise Invalid("unknown_unit", unit=unit, named_by=person.login)
    if len(set(units)) < len(units):
        raise Invalid("repeated_side_post", field="also", who=person.name)
    for role in person.roles:
        if not roles.has(role) and (had is None or role not in had.roles):
            raise Invalid(
                "unknown_role",
                field="roles",
                given=role,
                named_by=person.login,
                allowed=tuple(roles.names),
            )
    if roles.joins_duties(person.roles):
        raise Invalid("joined_duties", login=person.login, roles=tuple(person.roles))
