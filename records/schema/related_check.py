"""Checks what a kind says of the kinds that its fields name, all kinds being known."""

from collections.abc import Iterator

from records.faults import Fault, Place
from records.flow.guards import OF_RELATED
from records.schema.kind import Kind, Kinds
from records.schema.kind_fields import FieldType


def related_faults(kind: Kind, kinds: Kinds) -> Iterator[Fault]:
    """What is wrong with its guards over other records, and with its calendar."""
    for name, action in kind.actions.items():
        for index, call in enumerate(action.guards):
            place: Place = ("actions", name, "guards", index)
            for key in sorted(OF_RELATED & call.with_.keys()):
                value = call.with_[key]
                names = value if isinstance(value, tuple) else (str(value),)
                yield from _named(kind, str(call.with_["field"]), names, (*place, key), kinds)
    if kind.calendar is not None:
        yield from _named(kind, kind.calendar.of, (), ("calendar", "of"), kinds)


def _named(
    kind: Kind, field: str, names: tuple[str, ...], place: Place, kinds: Kinds
) -> Iterator[Fault]:
    """Whether `field` names records of one known kind, and that has all these fields."""
    of = kind.fields[field].of
    other = kinds.find(of) if of is not None else None
    if other is None:
        yield Fault(place, "no_field_of_type", {"name": field, "type": f"{FieldType.RECORD}, of"})
        return
    for each in names:
        if each not in other.fields:
            yield Fault(place, "no_field", {"name": each})
