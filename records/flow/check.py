"""Checks the flow of a kind as a whole: names, tasks that somebody holds, ways that lead on."""

from collections.abc import Container, Iterator

from records.consequences.effect_check import effect_faults
from records.consequences.taking import takes_faults
from records.faults import Fault, Place
from records.flow.action_parts import Copies
from records.flow.check_answers import answer_faults
from records.flow.check_assignments import assignments_faults, next_faults
from records.flow.check_names import actor_faults, field_faults, name_faults
from records.flow.check_times import time_faults
from records.flow.declarations import (
    ActionDeclaration,
    Join,
    StateDeclaration,
)
from records.flow.guards import GUARDS, OF_RELATED, PARAMETERS
from records.flow.task import Verdict
from records.flow.verbs import ANY_STATE, CHOSEN_STEP, PREVIOUS, TARGETS, Verb
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType

_ACTORS = frozenset({"author", "holder", "sender", "reader", "participant", "keeper", "clock"})

_CHOOSING = frozenset(
    {
        Verb.HAND_ON,
        Verb.DELEGATE,
        Verb.ADD_BEFORE,
        Verb.ADD_BESIDE,
        Verb.ADD_AFTER,
        Verb.REASSIGN,
        Verb.CIRCULATE,
    }
)
"""Verbs that give tasks to somebody; no other verb has `next`."""


def flow_faults(kind: Kind) -> Iterator[Fault]:
    """Each fault of the kind's states and actions, gravest first."""
    for name, state in kind.states.items():
        yield from _state_faults(kind, name, state)
    for name, action in kind.actions.items():
        yield from _action_faults(kind, name, action)
    if kind.has_flow:
        yield from _graph_faults(kind)
        yield from _resume_faults(kind)
        yield from answer_faults(kind)


def _state_faults(kind: Kind, name: str, state: StateDeclaration) -> Iterator[Fault]:
    place: Place = ("states", name)
    yield from _editor_faults(kind, state.edit, (*place, "edit"))
    for part, words in state.adds.items():
        yield from name_faults(place, "adds", "no_part", (part,), kind.parts)
        yield from _editor_faults(kind, words, (*place, "adds", part))
    if state.opens is not None:
        yield from name_faults(place, "opens", "no_action", (state.opens,), kind.actions)
    if state.frozen and any(name in action.from_ for action in kind.actions.values()):
        yield Fault((*place, "frozen"), "frozen_moves", {"name": name})
    yield from time_faults(kind, name, state)
    if state.join is not None:
        yield from _join_faults(kind, name, state.join)


def _editor_faults(kind: Kind, words: tuple[str, ...], place: Place) -> Iterator[Fault]:
    """Who may change content, or add to it."""
    labelled = {f"holder:{label}" for label in _labels(kind)}
    for index, word in enumerate(words):
        known = {"author", "holder", "granted", "keeper", *labelled}
        yield from actor_faults(word, (*place, index), known)


def _join_faults(kind: Kind, name: str, join: Join) -> Iterator[Fault]:
    place: Place = ("states", name, "join")
    for inner, leads in ((place, join), ((*place, "refused"), join.refused)):
        if leads is None:
            continue
        yield from name_faults(inner, "to", "unknown_state", (leads.to,), kind.states)
        yield from next_faults(kind, inner, leads.to, leads.next)
        if any(assignment.chosen for assignment in leads.next):
            yield Fault((*inner, "next"), "join_chooses")
    if join.votes is not None and join.share is not None:
        yield Fault((*place, "share"), "one_count")
    counts = join.votes is not None or join.share is not None
    if counts and join.refused is None:
        yield Fault((*place, "refused"), "count_without_refusal")
    verdicts = {
        action.verdict
        for action in kind.actions.values()
        if name in action.from_ and action.task is Verb.DONE
    }
    if not verdicts:
        yield Fault(place, "join_without_answer", {"name": name})
    if counts and Verdict.AGREE not in verdicts:
        yield Fault(place, "count_without_verdict")


def _action_faults(kind: Kind, name: str, action: ActionDeclaration) -> Iterator[Fault]:
    place: Place = ("actions", name)
    states = {*kind.states, ANY_STATE}
    yield from name_faults(place, "from", "unknown_state", action.from_, states)
    if (action.to is None) == (action.task is None):
        yield Fault(place, "to_or_task")
    if action.to is not None:
        known = {*kind.states, *TARGETS}
        yield from name_faults(place, "to", "unknown_state", (action.to,), known)
        if action.to in action.from_ and action.to in kind.states:
            yield Fault((*place, "to"), "moves_nowhere", {"name": action.to})
    yield from _guard_faults(kind, place, action)
    for index, effect in enumerate(action.effects):
        yield from _within((*place, "effects", index), effect_faults(effect, kind))
    if action.takes is not None:
        yield from _within((*place, "takes"), takes_faults(action.takes, kind))
    if action.wants_free is not None:
        yield from _within((*place, "wants_free"), takes_faults(action.wants_free, kind))
    yield from name_faults(place, "when", "no_field", action.when or (), kind.fields)
    yield from name_faults(place, "closes", "no_assignment", action.closes, _labels(kind))
    marks = {mark for other in kind.actions.values() for mark in other.sets}
    yield from name_faults(place, "needs", "unknown_mark", action.needs, marks)
    yield from name_faults(place, "clears", "unknown_mark", action.clears, marks)
    yield from _content_faults(kind, place, action)
    for index, actor in enumerate(action.by):
        known_label = actor.startswith("holder:") and actor.partition(":")[2] in _labels(kind)
        if not known_label:
            yield from actor_faults(actor, (*place, "by", index), _ACTORS)
    yield from name_faults(place, "of", "no_assignment", action.of, _labels(kind))
    yield from _time_faults(kind, place, action)
    yield from _give_faults(kind, place, action)


def _content_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    """Fields and parts that an action sets, takes, makes or copies."""
    contents = {*kind.fields, *kind.parts, ""}
    yield from name_faults(place, "sets", "no_field", action.sets.values(), contents)
    yield from name_faults(place, "fields", "no_field", action.fields, kind.fields)
    if action.makes is not None:
        parts = (action.makes.part, action.makes.from_)
        yield from name_faults(place, "makes", "unknown_part", parts, kind.parts)
    if action.copies is not None:
        yield from _copying_faults(kind, action.copies, (*place, "copies"))
    yield from name_faults(place, "files", "no_part", action.files, kind.parts)


def _copying_faults(kind: Kind, copies: Copies, place: Place) -> Iterator[Fault]:
    yield from field_faults(kind, (*place, "of"), copies.of, {FieldType.RECORD})
    for key, names in (("fields", copies.fields), ("same", copies.same)):
        yield from name_faults(place, key, "no_field", names, kind.fields)
    yield from name_faults(place, "files", "no_part", copies.files, kind.parts)
    if copies.readers is not None:
        yield from field_faults(kind, (*place, "readers"), copies.readers, {FieldType.AUDIENCE})


def _labels(kind: Kind) -> set[str]:
    """Every label that a task of the kind may bear."""
    assignments = [a for action in kind.actions.values() for a in action.next]
    for state in kind.states.values():
        for leads in (state.join, state.join.refused if state.join else None):
            assignments += leads.next if leads is not None else ()
    return {a.label for a in assignments if a.label} | {s.label for s in kind.states.values()}


def _within(place: Place, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Faults of a part, with the place of the part before theirs."""
    for fault in faults:
        yield Fault((*place, *fault.place), fault.word, fault.named)


def _guard_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    for index, call in enumerate(action.guards):
        inner: Place = (*place, "guards", index)
        if call.name not in GUARDS:
            yield Fault(inner, "unknown_guard", {"name": call.name})
        elif set(call.with_) != PARAMETERS.get(call.name, frozenset()):
            wanted = "、".join(sorted(PARAMETERS.get(call.name, ()))) or "—"
            yield Fault(inner, "guard_parameters", {"name": call.name, "wanted": wanted})
        else:
            for key, value in call.with_.items():
                if key == "state" or key in OF_RELATED:
                    continue  # of another kind
                known: Container[str] = kind.actions if key == "action" else kind.fields
                names = value if isinstance(value, tuple) else (str(value),)
                yield from name_faults(inner, key, "no_field", names, known)


def _time_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    moments = {FieldType.DATE, FieldType.INSTANT}
    for stamped in action.stamps:
        of_year = set() if stamped == kind.meaning.title else {FieldType.TEXT}
        types = {FieldType.DATE, FieldType.UNITS} | of_year
        yield from field_faults(kind, (*place, "stamps"), stamped, types)
    if action.due is not None:
        yield from field_faults(kind, (*place, "due"), action.due, {FieldType.DATE})
    if action.at is not None and action.at.field is not None:
        yield from field_faults(kind, (*place, "at"), action.at.field, moments)
    if action.unheld and action.task is not Verb.REASSIGN:
        yield Fault((*place, "unheld"), "unheld_reassigns")
    timed = "clock" in action.by and action.task is not Verb.FINISH and action.called is None
    if timed != (action.at is not None) or (action.called and "clock" not in action.by):
        yield Fault((*place, "at"), "clock_and_date")
    if "clock" in action.by and action.verdict is Verdict.AGREE:
        yield Fault((*place, "verdict"), "clock_agrees")


def _give_faults(kind: Kind, place: Place, action: ActionDeclaration) -> Iterator[Fault]:
    """Whom an action gives tasks to, and whether it has to."""
    if action.task is not None and bool(action.next) != (action.task in _CHOOSING):
        yield Fault((*place, "next"), "verb_and_next", {"name": action.task})
    if action.task is not None:
        yield from assignments_faults(kind, place, action.next)
    elif action.to in TARGETS - {ANY_STATE}:
        if action.next:
            yield Fault((*place, "next"), "previous_has_holder")
    elif action.to == ANY_STATE:
        yield from assignments_faults(kind, place, action.next)
    else:
        yield from next_faults(kind, place, action.to or "", action.next)
    if action.then != "again" and action.to not in {PREVIOUS, CHOSEN_STEP}:
        yield Fault((*place, "then"), "then_of_return")


def _graph_faults(kind: Kind) -> Iterator[Fault]:
    reached = {kind.start.state, kind.start.received}
    grew = True
    while grew:
        ways = {to for name in reached if name for to in _leads(kind, name)}
        grew = not ways <= reached
        reached |= ways
    for name, state in kind.states.items():
        if name not in reached:
            yield Fault(("states", name), "unreachable", {"name": name})
        elif not state.done and not _ways_out(kind, name):
            yield Fault(("states", name), "dead_end", {"name": name})


def _leads(kind: Kind, name: str) -> Iterator[str]:
    """States that can be reached from one; targets that depend on the past lead nowhere new."""
    state = kind.states.get(name)
    for action in kind.actions.values():
        leads = name in action.from_ or (
            ANY_STATE in action.from_ and state is not None and not state.done
        )
        if leads and action.to is not None and action.to in kind.states:
            yield action.to
    for join in (state.join, state.join.refused if state.join else None) if state else ():
        if join is not None:
            yield join.to


def _resume_faults(kind: Kind) -> Iterator[Fault]:
    """What was suspended can be resumed by somebody who stays, whoever has left."""
    resumes = [action for action in kind.actions.values() if action.task is Verb.RESUME]
    suspends = any(action.task is Verb.SUSPEND for action in kind.actions.values())
    if suspends and not any(
        ANY_STATE in action.from_ and "role:administrator" in action.by for action in resumes
    ):
        yield Fault(("actions",), "no_way_to_resume")


def _ways_out(kind: Kind, name: str) -> bool:
    """Whether some person can take the record on: by an action of its own, or by answering."""
    joins = kind.states[name].join is not None
    return any(
        name in action.from_
        and set(action.by) != {"clock"}
        and (action.to in {PREVIOUS, *kind.states} - {name} or (joins and action.task is Verb.DONE))
        for action in kind.actions.values()
    )
