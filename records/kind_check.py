"""Checks a kind as a whole: what no single key shows.

A kind passes when every name it uses exists, every state can be reached, every state that is not
done has a way out that somebody (not the clock alone) can take, and every task has a holder.
"""

from collections.abc import Container, Iterable, Iterator

from records.effects import EFFECTS
from records.guards import GUARDS
from records.kind import PREVIOUS, ActionDeclaration, Assignment, FieldType, Kind
from records.organisation import ROLES

Place = tuple[int | str, ...]
Fault = tuple[Place, str]


def faults_of(kind: Kind) -> Iterator[Fault]:
    """Each fault of the kind: the place in the file and what is wrong, gravest first."""
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
                yield ("fields", name, "required_if"), f"no flag field {field.required_if!r}"
        if (field.type is FieldType.CHOICE) != bool(field.options):
            yield ("fields", name), "a choice has options, and nothing else has"
    for place, columns in (("columns", kind.list.columns), ("sort", kind.list.sort)):
        for column in columns:
            if column.lstrip("-") not in kind.fields:
                yield ("list", place), f"no field {column!r}"


def _meaning_faults(kind: Kind) -> Iterator[Fault]:
    wanted = {
        "title": {FieldType.TEXT},
        "number": {FieldType.TEXT},
        "dated_on": {FieldType.DATE},
        "audience": {FieldType.AUDIENCE},
        "body": {FieldType.LONG_TEXT},
    }
    for meaning, types in wanted.items():
        name = getattr(kind.meaning, meaning)
        if name is not None and (name not in kind.fields or kind.fields[name].type not in types):
            yield ("meaning", meaning), f"no {'/'.join(sorted(types))} field {name!r}"
    if kind.meaning.audience is None:
        for name, state in kind.states.items():
            if state.read == "audience":
                yield ("states", name, "read"), "the kind has no audience field"


def _start_faults(kind: Kind) -> Iterator[Fault]:
    if kind.has_flow and kind.start.state not in kind.states:
        yield ("start", "state"), f"no state {kind.start.state!r}"
    if not kind.has_flow and (kind.start.state or kind.actions):
        yield ("start", "state"), "a kind without states has neither a start state nor actions"
    for index, actor in enumerate(kind.start.by):
        yield from _actor_faults(actor, ("start", "by", index), {"anyone", "clock"})
    if kind.start.holder is not None and not kind.start.holder.startswith("role:"):
        yield ("start", "holder"), "only a role can hold the first task"
    elif kind.start.holder is not None:
        yield from _actor_faults(kind.start.holder, ("start", "holder"), set())


def _actor_faults(actor: str, place: Place, words: set[str]) -> Iterator[Fault]:
    scheme, _, name = actor.partition(":")
    if actor in words or (scheme == "post" and name):
        return
    if scheme == "role" and name in ROLES:
        return
    yield place, f"unknown actor {actor!r}"


def _action_faults(kind: Kind, name: str, action: ActionDeclaration) -> Iterator[Fault]:
    place: Place = ("actions", name)
    yield from _name_faults(place, "from", "state", action.from_, kind.states)
    yield from _name_faults(place, "to", "state", (action.to,), {*kind.states, PREVIOUS})
    yield from _name_faults(place, "guards", "guard", action.guards, GUARDS)
    yield from _name_faults(place, "effects", "effect", action.effects, EFFECTS)
    marks = {mark for other in kind.actions.values() for mark in other.sets}
    yield from _name_faults(place, "needs", "mark", action.needs, marks)
    yield from _name_faults(place, "clears", "mark", action.clears, marks)
    for index, actor in enumerate(action.by):
        yield from _actor_faults(actor, (*place, "by", index), {"author", "holder", "clock"})
    yield from _date_faults(kind, place, action)
    yield from _next_faults(kind, place, action)


def _name_faults(
    place: Place, key: str, thing: str, names: Iterable[str], known: Container[str]
) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield (*place, key), f"unknown {thing} {name!r}"


def _date_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    for key, field in (("at", action.at), ("stamps", action.stamps)):
        if field is not None and (
            field not in kind.fields or kind.fields[field].type is not FieldType.DATE
        ):
            yield (*place, key), f"no date field {field!r}"
    if ("clock" in action.by) != (action.at is not None):
        yield (*place, "at"), "the clock, and nobody else, acts at a date field"


def _next_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    target = kind.states.get(action.to)
    stays = action.from_ == (action.to,)
    if action.to == PREVIOUS and action.next:
        yield (*place, "next"), "the previous step has its holder already"
    if target is not None and target.done and action.next:
        yield (*place, "next"), f"nothing waits in the state {action.to!r}, which is done"
    if target is not None and not target.done and not action.next and not stays:
        yield (*place, "next"), f"nobody would hold the state {action.to!r}"
    labels = {assignment.label for assignment in action.next}
    for index, assignment in enumerate(action.next):
        for fault in _assignment_faults(kind, assignment, labels):
            yield (*place, "next", index), fault


def _assignment_faults(
    kind: Kind, assignment: Assignment, labels: set[str | None]
) -> Iterator[str]:
    if [assignment.post is not None, assignment.author, assignment.chosen].count(True) != 1:
        yield "exactly one of post, author, chosen"
    scheme, _, field = assignment.of.partition(":")
    if scheme == "field":
        if field not in kind.fields or kind.fields[field].type is not FieldType.UNITS:
            yield f"no units field {field!r}"
    elif assignment.of not in {"author_unit", "own_organ"}:
        yield f"unknown place of a post {assignment.of!r}"
    if assignment.after is not None and assignment.after not in labels:
        yield f"no assignment labelled {assignment.after!r}"


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
            yield ("states", name), f"the state {name!r} cannot be reached"
        elif not state.done and not _ways_out(kind, name):
            yield ("states", name), f"dead end: nobody can leave the state {name!r}"


def _ways_out(kind: Kind, state: str) -> bool:
    return any(
        state in action.from_ and action.to != state and set(action.by) != {"clock"}
        for action in kind.actions.values()
    )
