"""Checks what a state says of time: until when its tasks are due, who is told, how long it lies."""

from collections.abc import Iterator

from records.faults import Fault, Place
from records.flow.check_names import actor_faults, field_faults
from records.flow.declarations import Due, Lingering, StateDeclaration
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType


def time_faults(kind: Kind, name: str, state: StateDeclaration) -> Iterator[Fault]:
    """What is wrong with the times of one state."""
    place: Place = ("states", name)
    if state.due is not None:
        yield from _due_faults(kind, state.due, (*place, "due"))
    if state.lingers is not None:
        yield from _lingering_faults(kind, state, state.lingers, (*place, "lingers"))
    for index, step in enumerate(state.escalates):
        yield from _told_faults(step.tell, (*place, "escalates", index, "tell"))
    reminds = bool(state.remind or state.escalates)
    if reminds and state.due is None and not _is_dated_by_an_action(kind, name):
        key = "remind" if state.remind else "escalates"
        yield Fault((*place, key), "remind_without_due")


def _due_faults(kind: Kind, due: Due, place: Place) -> Iterator[Fault]:
    if sum(each is not None for each in (due.workdays, due.days, due.field)) != 1:
        yield Fault(place, "one_due")
    if due.field is not None:
        yield from field_faults(kind, place, due.field, {FieldType.DATE})


def _is_dated_by_an_action(kind: Kind, name: str) -> bool:
    """Whether an action says until when the tasks of the state are due."""
    return any(
        action.due is not None and name in {*action.from_, action.to}
        for action in kind.actions.values()
    )


def _lingering_faults(
    kind: Kind, state: StateDeclaration, lingers: Lingering, place: Place
) -> Iterator[Fault]:
    """Of a state that is over and yet not the end."""
    if state.frozen or not (state.done or state.due is None):
        yield Fault(place, "lingers_where_open")
    yield from field_faults(kind, (*place, "field"), lingers.field, {FieldType.DATE})
    declared = kind.fields.get(lingers.field)
    if declared is not None and declared.required:
        yield Fault((*place, "field"), "lingers_given", {"name": lingers.field})
    yield from _told_faults(lingers.tell, (*place, "tell"))


def _told_faults(words: tuple[str, ...], place: Place) -> Iterator[Fault]:
    """Who is told of what lies too long."""
    for index, word in enumerate(words):
        yield from actor_faults(word, (*place, index), {"author", "holders", "participants"})
