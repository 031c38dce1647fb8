"""Checks whom a flow gives tasks to."""

from collections.abc import Iterator

from records.faults import Fault, Place
from records.flow.check_names import actor_faults, field_faults
from records.flow.declarations import Assignment
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType

_PLACES = {"author_unit", "own_organ", "own_organ_or_above", "above_actor"}
_OF_UNITS = frozenset({FieldType.UNIT, FieldType.UNITS})
_OF_PEOPLE = frozenset({FieldType.PEOPLE, FieldType.AUDIENCE})


def next_faults(
    kind: Kind, place: Place, to: str, assignments: tuple[Assignment, ...]
) -> Iterator[Fault]:
    """Whether whoever holds the state that is led to is named, and rightly."""
    target = kind.states.get(to)
    if target is not None and target.done and assignments:
        yield Fault((*place, "next"), "done_has_no_next", {"name": to})
    holding = [a for a in assignments if not a.side and not a.optional]
    if target is not None and not target.done and not holding:
        yield Fault((*place, "next"), "nobody_holds", {"name": to})
    yield from assignments_faults(kind, place, assignments)


def assignments_faults(
    kind: Kind, place: Place, assignments: tuple[Assignment, ...]
) -> Iterator[Fault]:
    """Each fault of the assignments of one place."""
    labels = {assignment.label for assignment in assignments}
    for index, assignment in enumerate(assignments):
        inner: Place = (*place, "next", index)
        yield from _assignment_faults(kind, inner, assignment)
        if assignment.after is not None and assignment.after not in labels:
            yield Fault(inner, "no_assignment", {"name": assignment.after})


def _assignment_faults(kind: Kind, place: Place, assignment: Assignment) -> Iterator[Fault]:
    sources = [
        assignment.post is not None and assignment.chosen is None,
        assignment.role is not None,
        assignment.author,
        assignment.actor,
        assignment.field is not None,
        assignment.previous,
        assignment.chosen is not None,
    ]
    if sources.count(True) != 1:
        yield Fault(place, "one_assignee")
    if assignment.field is not None:
        yield from field_faults(kind, place, assignment.field, _OF_PEOPLE)
    scheme, _, field = assignment.of.partition(":")
    if scheme == "field":
        yield from field_faults(kind, place, field, _OF_UNITS)
    elif assignment.of not in _PLACES:
        yield Fault(place, "unknown_place", {"name": assignment.of})
    for word in assignment.among:
        inner = word.partition(":")
        if inner[0] == "field":
            yield from field_faults(kind, (*place, "among"), inner[2], _OF_UNITS)
        else:
            yield from actor_faults(word, (*place, "among"), {"own_unit", "own_organ"})
