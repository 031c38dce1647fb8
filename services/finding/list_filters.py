"""What the list of a kind is narrowed by: filters of an address, as facts of records."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from records.errors import Invalid
from records.identity import FolderCode, UnitCode
from records.lists.due_facts import any_due
from records.lists.facts import (
    counted_fields,
    field_fact,
    handled_fact,
    listed_fields,
    started_fact,
)
from records.lists.menu import BEGAN, HANDLED, MINE
from records.lists.statistics import BEEN, OVERDUE, STATE, TIMELY, UNIT
from records.queries.query import Fact, FactRange
from records.rights.access import folder_token, keeper_token
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from records.times.deadlines import over
from records.times.office_time import OFFICE_ZONE
from services.people.caller import Caller
from services.searching.unit_names import units_called, units_meant

DAYS = frozenset({FieldType.DATE, FieldType.INSTANT})
"""Types of fields that a list is narrowed by in ranges of days."""

_UNITS = frozenset({FieldType.UNIT, FieldType.UNITS})

_BETWEEN = ".."
_BEHIND_ALL = "\U0010ffff"

_OF_MINE = {BEGAN: started_fact, HANDLED: handled_fact}

Filter = tuple[str, str]
"""A field and a value; of a day also two with ``..`` between, an end of which may be open."""


def filters_of(kind: Kind) -> tuple[str, ...]:
    """Names that its list can be narrowed by."""
    states = (STATE, BEEN, MINE) if kind.has_flow else ()
    timely = (TIMELY,) if kind.has_flow and kind.meaning.due else ()
    return (*listed_fields(kind), *states, *timely, UNIT)


def stands(kind: Kind, each: Filter) -> bool:
    """Whether a filter still means something of the kind."""
    name, value = each
    if name in (STATE, BEEN) and kind.state(value) is None:
        return False
    return name in filters_of(kind)


def meaningless(kind: Kind, each: Filter, caller: Caller) -> str:
    """What of a filter means nothing any more, in words or as it was kept; empty where all does.

    A folder that the caller may not read is to him as one that is gone.
    """
    name, value = each
    if not stands(kind, each):
        return value if name in (STATE, BEEN) else name
    field = kind.fields.get(name)
    if name == UNIT or (field and field.type in _UNITS):
        return "" if _is_unit(value, caller, named=name == UNIT) else value
    if field and field.type is FieldType.FOLDER:
        known = caller.organisation.library.find(value)
        opening = {folder_token(known.code), keeper_token(known.code)} if known else set()
        return field.label if opening.isdisjoint(caller.reader.folders) else ""
    if field and field.options and value not in field.options:
        return value
    return ""


def _is_unit(given: str, caller: Caller, *, named: bool) -> bool:
    organisation = caller.organisation
    if organisation.has_unit(UnitCode(given)):
        return True
    return named and bool(units_called(given, organisation))


def counted_names(kind: Kind) -> Mapping[str, str]:
    """Filters of few values with the names of their facts, which the list counts."""
    state = {STATE: "state"} if kind.has_flow else {}
    return {**{name: f"field.{name}" for name in counted_fields(kind)}, **state}


def state_of(fact_value: str) -> str:
    """The name of a state out of the value of its fact, ``KIND/STATE``."""
    return fact_value.partition("/")[2]


def facts_asked(
    kind: Kind, filters: Iterable[Filter], caller: Caller
) -> tuple[tuple[Fact, ...], ...]:
    """Filters as facts, a group for each name. Raises Invalid (``unknown_filter``, …)."""
    groups: dict[str, list[Fact]] = {}
    allowed = filters_of(kind)
    for name, value in filters:
        if name not in allowed:
            raise Invalid("unknown_filter", given=name, allowed=allowed, field="filter")
        if name == kind.meaning.folder:
            groups.setdefault(name, []).extend(_folders(name, value, caller))
        elif name != UNIT:
            groups.setdefault(name, []).append(_fact(kind, name, value, caller))
    return tuple(tuple(group) for group in groups.values())


def _folders(name: str, value: str, caller: Caller) -> list[Fact]:
    """A folder with all below it, and what was merged into them."""
    codes = sorted(caller.organisation.library.subtree(FolderCode(value)))
    return [field_fact(name, code) for code in codes]


def _fact(kind: Kind, name: str, value: str, caller: Caller) -> Fact:
    if name in (STATE, BEEN):
        return f"{name}={kind.kind}/{value}"
    if name == TIMELY:
        return any_due(over(caller.today)) if value == OVERDUE else f"{TIMELY}={value}"
    if name == MINE:
        asks = _OF_MINE.get(value)  # of an unknown value: what no record has
        return asks(caller.person.login) if asks else MINE
    if kind.fields[name].type not in DAYS or _BETWEEN not in value:
        return field_fact(name, value)
    first, _, last = value.partition(_BETWEEN)
    if kind.fields[name].type is FieldType.INSTANT:
        first, last = _begins(first), _begins(last, days=1)
        return FactRange(field_fact(name, first), field_fact(name, last or _BEHIND_ALL))
    return FactRange(field_fact(name, first), field_fact(name, last or "9") + _BEHIND_ALL)


def _begins(day: str, *, days: int = 0) -> str:
    """The instant at which a day of Beijing begins, so many days later, as fields hold it.

    Raises Invalid (``bad_filter``) for what is no day; empty for an empty one.
    """
    try:
        begins = datetime.combine(date.fromisoformat(day), time(), OFFICE_ZONE) if day else None
        later = begins + timedelta(days=days) if begins else None
    except (ValueError, OverflowError) as error:
        raise Invalid("bad_filter", given=day, field="filter") from error
    return later.astimezone(UTC).isoformat(timespec="seconds") if later else ""


def units_asked(caller: Caller, filters: tuple[Filter, ...]) -> tuple[UnitCode, ...]:
    """The units asked for, by code or by a name that they bear or bore, with all below them."""
    named = (value for name, value in filters if name == UNIT)
    return units_meant(named, caller.organisation)
