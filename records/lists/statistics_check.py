"""Whether the statistics of a kind can be counted: every name they use exists and is indexed."""

from collections.abc import Iterator

from records.faults import Fault, Place
from records.flow.check_names import actor_faults
from records.lists.facts import counted_fields, is_listed, listed_fields
from records.lists.statistics import (
    BEEN,
    PERIODS,
    STATE,
    TIMELINESS,
    TIMELY,
    UNIT,
    Condition,
    MeasureDeclaration,
    dimension_of,
)
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType

_DAYS = frozenset({FieldType.DATE, FieldType.INSTANT})
_SINGLE = frozenset({FieldType.CHOICE, FieldType.FLAG})
"""Fields that a condition may name: a record has one value of them, out of few."""


def statistics_faults(kind: Kind) -> Iterator[Fault]:
    """Each fault of its statistics."""
    for name, statistic in kind.statistics.items():
        place: Place = ("statistics", name)
        if kind.meaning.dated_on is None:
            yield Fault(place, "no_day_of_statistic")
        if len(set(statistic.by)) < len(statistic.by):
            yield Fault((*place, "by"), "dimension_twice")
        for given in statistic.by:
            if not _is_dimension(kind, given):
                yield Fault((*place, "by"), "unknown_dimension", {"name": given})
        for index, actor in enumerate(statistic.for_):
            yield from actor_faults(actor, (*place, "for", index), set())
        for key, measure in statistic.measures.items():
            here = (*place, "measures", key)
            yield from _condition_faults(kind, (*here, "where"), measure.where)
            yield from _condition_faults(kind, (*here, "share"), measure.share or {})
            for both in sorted(measure.where.keys() & (measure.share or {}).keys()):
                within = set((measure.share or {})[both]) <= set(measure.where[both])
                if both == BEEN or not within:
                    yield Fault((*here, "share"), "condition_beyond", {"name": both})
            yield from _sum_faults(kind, here, measure)


def _sum_faults(kind: Kind, place: Place, measure: MeasureDeclaration) -> Iterator[Fault]:
    if measure.sum is None:
        return
    field = kind.fields.get(measure.sum)
    if field is None or field.type is not FieldType.INTEGER or not is_listed(field):
        named = {"name": measure.sum, "type": FieldType.INTEGER.value}
        yield Fault((*place, "sum"), "no_field_of_type", named)
    if measure.share is not None:
        yield Fault((*place, "sum"), "share_of_sum")


def _is_dimension(kind: Kind, given: str) -> bool:
    dimension = dimension_of(given)
    if dimension.name in (STATE, UNIT) and not dimension.each:
        return dimension.name == UNIT or kind.has_flow
    field = kind.fields.get(dimension.name)
    if field is None:
        return False
    if dimension.each:
        known = dimension.each in PERIODS and field.type in _DAYS
        return known and dimension.name in listed_fields(kind)
    if field.type is FieldType.RECORD:
        return dimension.name in listed_fields(kind)
    return dimension.name in counted_fields(kind)


def _condition_faults(kind: Kind, place: Place, condition: Condition) -> Iterator[Fault]:
    for name, values in condition.items():
        known = _known_values(kind, name)
        if known is None or not values:
            yield Fault(place, "unknown_condition", {"name": name})
            continue
        for value in values:
            if value not in known:
                yield Fault(place, "unknown_value", {"name": value})


def _known_values(kind: Kind, name: str) -> tuple[str, ...] | None:
    """What a condition may ask of `name`; None where it may not ask at all."""
    if name in (STATE, BEEN):
        return tuple(kind.states) if kind.has_flow else None
    if name == TIMELY:
        return TIMELINESS if kind.has_flow and kind.meaning.due else None
    field = kind.fields.get(name)
    if field is None or field.type not in _SINGLE or name not in counted_fields(kind):
        return None
    return field.options if field.type is FieldType.CHOICE else ("true", "false")
