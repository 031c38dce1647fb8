"""Checks a kind as a whole: what no single key shows.

A kind passes when every name it uses exists, every state can be reached, every state that is not
done has a way out that somebody (not the clock alone) can take, and every task has a holder.
"""

from collections.abc import Container, Iterable, Iterator

from records.effects import EFFECTS
from records.faults import Fault, Place
from records.guards import GUARDS
from records.kind import PREVIOUS, ActionDeclaration, Assignment, FieldType, Kind
from records.organisation import ROLES


def faults_of(kind: Kind) -> Iterator[Fault]:
    """Each fault of the kind, gravest first."""
    yield from _field_faults(kind)
    yield from _meaning_faults(kind)
    yield from _start_faults(kind)
    for name, action in kind.actions.items():
        yield from _action_faults(kind, name, action)
    if kind.has_flow:
        yield from _graph_faults(kind)


def _field_faults(kind: Kind) -> Iterator[Fault]:
    for name, field in kind.fields.items():
        if field.required_if is not None:
            flag = kind.fields.get(field.required_if)
            if flag is None or flag.type is not FieldType.FLAG:
                named = {"name": field.required_if, "type": FieldType.FLAG}
                yield Fault(("fields", name, "required_if"), "no_field_of_type", named)
        if (field.type is FieldType.CHOICE) != bool(field.options):
            yield Fault(("fields", name), "options_of_choice")
    for place, columns in (("columns", kind.list.columns), ("sort", kind.list.sort)):
        for column in columns:
            if column.lstrip("-") not in kind.fields:
                yield Fault(("list", place), "no_field", {"name": column})


def _meaning_faults(kind: Kind) -> Iterator[Fault]:
    wanted = {
        "title": FieldType.TEXT,
        "number": FieldType.TEXT,
        "dated_on": FieldType.DATE,
        "audience": FieldType.AUDIENCE,
        "body": FieldType.LONG_TEXT,
    }
    for meaning, type_ in wanted.items():
        name = getattr(kind.meaning, meaning)
        if name is not None and (name not in kind.fields or kind.fields[name].type is not type_):
            yield Fault(("meaning", meaning), "no_field_of_type", {"name": name, "type": type_})
    if kind.meaning.audience is None:
        for name, state in kind.states.items():
            if state.read == "audience":
                yield Fault(("states", name, "read"), "no_audience")


def _start_faults(kind: Kind) -> Iterator[Fault]:
    if kind.has_flow and kind.start.state not in kind.states:
        yield Fault(("start", "state"), "unknown_state", {"name": kind.start.state or ""})
    if not kind.has_flow and (kind.start.state or kind.actions):
        yield Fault(("start", "state"), "stateless")
    for index, actor in enumerate(kind.start.by):
        yield from _actor_faults(actor, ("start", "by", index), {"anyone", "clock"})
    if kind.start.holder is not None and not kind.start.holder.startswith("role:"):
        yield Fault(("start", "holder"), "holder_of_start")
    elif kind.start.holder is not None:
        yield from _actor_faults(kind.start.holder, ("start", "holder"), set())


def _actor_faults(actor: str, place: Place, words: set[str]) -> Iterator[Fault]:
    scheme, _, name = actor.partition(":")
    if actor in words or (scheme == "post" and name):
        return
    if scheme == "role" and name in ROLES:
        return
    yield Fault(place, "unknown_actor", {"name": actor})


def _action_faults(kind: Kind, name: str, action: ActionDeclaration) -> Iterator[Fault]:
    place: Place = ("actions", name)
    yield from _name_faults(place, "from", "unknown_state", action.from_, kind.states)
    yield from _name_faults(place, "to", "unknown_state", (action.to,), {*kind.states, PREVIOUS})
    yield from _name_faults(place, "guards", "unknown_guard", action.guards, GUARDS)
    yield from _name_faults(place, "effects", "unknown_effect", action.effects, EFFECTS)
    marks = {mark for other in kind.actions.values() for mark in other.sets}
    yield from _name_faults(place, "needs", "unknown_mark", action.needs, marks)
    yield from _name_faults(place, "clears", "unknown_mark", action.clears, marks)
    for index, actor in enumerate(action.by):
        yield from _actor_faults(actor, (*place, "by", index), {"author", "holder", "clock"})
    yield from _date_faults(kind, place, action)
    yield from _next_faults(kind, place, action)


def _name_faults(
    place: Place, key: str, word: str, names: Iterable[str], known: Container[str]
) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault((*place, key), word, {"name": name})


def _date_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    for key, field in (("at", action.at), ("stamps", action.stamps)):
        if field is not None and (
            field not in kind.fields or kind.fields[field].type is not FieldType.DATE
        ):
            named = {"name": field, "type": FieldType.DATE}
            yield Fault((*place, key), "no_field_of_type", named)
    if ("clock" in action.by) != (action.at is not None):
        yield Fault((*place, "at"), "clock_and_date")


def _next_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    target = kind.states.get(action.to)
    stays = action.from_ == (action.to,)
    if action.to == PREVIOUS and action.next:
        yield Fault((*place, "next"), "previous_has_holder")
    if target is not None and target.done and action.next:
        yield Fault((*place, "next"), "done_has_no_next", {"name": action.to})
    if target is not None and not target.done and not action.next and not stays:
        yield Fault((*place, "next"), "nobody_holds", {"name": action.to})
    labels = {assignment.label for assignment in action.next}
    for index, assignment in enumerate(action.next):
        yield from _assignment_faults(kind, (*place, "next", index), assignment, labels)


def _assignment_faults(
    kind: Kind, place: Place, assignment: Assignment, labels: set[str | None]
) -> Iterator[Fault]:
    if [assignment.post is not None, assignment.author, assignment.chosen].count(True) != 1:
        yield Fault(place, "one_assignee")
    scheme, _, field = assignment.of.partition(":")
    if scheme == "field":
        if field not in kind.fields or kind.fields[field].type is not FieldType.UNITS:
            yield Fault(place, "no_field_of_type", {"name": field, "type": FieldType.UNITS})
    elif assignment.of not in {"author_unit", "own_organ"}:
        yield Fault(place, "unknown_place", {"name": assignment.of})
    if assignment.after is not None and assignment.after not in labels:
        yield Fault(place, "no_assignment", {"name": assignment.after})


def _graph_faults(kind: Kind) -> Iterator[Fault]:
    reached = {kind.start.state}
    grew = True
    while grew:
        ways = {
            action.to
            for action in kind.actions.values()
            if action.to != PREVIOUS and reached & set(action.from_)
        }
        grew = not ways <= reached
        reached |= ways
    for name, state in kind.states.items():
        if name not in reached:
            yield Fault(("states", name), "unreachable", {"name": name})
        elif not state.done and not _ways_out(kind, name):
            yield Fault(("states", name), "dead_end", {"name": name})


def _ways_out(kind: Kind, state: str) -> bool:
    return any(
        state in action.from_ and action.to != state and set(action.by) != {"clock"}
        for action in kind.actions.values()
    )
