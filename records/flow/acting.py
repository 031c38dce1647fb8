"""The engine of actions (M05): pure, (revision, actor, action, input) → decision.

Checks stand in this order: does the action lead from this state, may this person do it, are its
marks set and its guards content, does the input fit. The first failure is the answer.
"""

from collections.abc import Mapping

from records.consequences.effect_resolution import resolved
from records.consequences.effects import Deliver
from records.consequences.taking import reservations_of
from records.errors import Invalid, Refused, WenshuError
from records.flow.capacity import own_task, why_not_his
from records.flow.choosing import targets
from records.flow.copying import copied
from records.flow.decision import ActionInput, Decision, Offer, Office, Situation
from records.flow.declarations import ActionDeclaration, OpinionRule
from records.flow.guards import refusal_of
from records.flow.marks import after_action, still_true
from records.flow.opinions import opinions_after, takes_handwriting
from records.flow.record_moves import comes_first, last_of_people, moved
from records.flow.task import Outcome
from records.flow.task_list import ended
from records.flow.task_moves import task_moved
from records.flow.vacancies import in_office
from records.flow.verbs import ANY_STATE, LAST, PREVIOUS, Verb
from records.identity import CLOCK, Token
from records.revision import FieldValue, Revision
from records.rights.access import Reader, person_token
from records.rights.editing import is_own
from records.rights.reading import holds
from records.schema.dictionaries import SIMPLE_PROFILE
from records.schema.kind import Kind
from records.schema.kind_fields import holds_for
from records.times import lingering
from records.times.stamping import stamped

_TAKEN_BACK = frozenset({Verb.REMOVE, Verb.RECALL, Verb.REASSIGN})
"""Verbs after which somebody who never opened the record may not read it any more (ADD-06)."""


def offers(office: Office, revision: Revision, actor: Reader) -> tuple[Offer, ...]:
    """Every action that leads on from the present state, in order of declaration.

    Guards over fields that an action asks for are judged when it is taken.
    """
    leading = (
        Situation(office, revision, actor, name, only_looked_at=True)
        for name, action in office.kind.actions.items()
        if leads_from(office, revision, action) and set(action.by) != {"clock"}
    )
    found = (Offer(s.name, s.action, why_not(s)) for s in leading)
    return tuple(o for o in found if o.why_not is None or not o.declaration.unheld)


def act(
    office: Office, revision: Revision, actor: Reader, name: str, given: ActionInput
) -> Decision:
    """What follows from the action, without event, number and digest: services add those.

    Raises NotFound (``unknown_action``); Refused (``wrong_state``, ``suspended``, ``not_yours``,
    ``claimed``, ``own_record``, ``mark_missing``, a guard's reason, ``vacant_post``,
    ``last_task`` …); Conflict (``which_task``); Invalid (``opinion_required``,
    ``choose_people`` …).
    """
    before, revision = revision, with_content(revision, given)
    s = Situation(office, revision, actor, name, given)
    refusal = why_not(s)
    if refusal is not None:
        raise refusal
    _refuse_incomplete(s)
    if s.action.task is not None:
        own_task(s)
    waits = comes_first(s)
    after = moved(s) if s.action.to is not None else task_moved(s)
    after = _with_side_tasks_closed(s, after)
    after = after.model_copy(
        update={
            "fields": stamped(s, after),
            "opinions": opinions_after(s),
            "participants": _participants(s, after),
        }
    )
    after = after if waits else copied(s, after)
    marks = (
        still_true(office.kind, before, after)
        if waits
        else after_action(office.kind, before, after, s.action)
    )
    after = after.model_copy(update={"marks": marks, "effects": (), "held_names": _held(s)})
    return Decision(after) if waits else _consequent(s, after)


def with_content(revision: Revision, given: ActionInput) -> Revision:
    """The record with the fields and files that came along."""
    if not given.fields and given.files is None:
        return revision
    files = revision.files if given.files is None else given.files
    return revision.model_copy(
        update={"fields": {**revision.fields, **given.fields}, "files": files}
    )


def _with_side_tasks_closed(s: Situation, after: Revision) -> Revision:
    """The actor's own side tasks of the labels that the action answers have ended."""
    labels, kind = s.action.closes, s.office.kind.kind
    numbers = {
        task.number
        for task in after.side_tasks
        if task.label in labels and holds(task, s.actor, kind)
    }
    if not numbers:
        return after
    return after.model_copy(update={"tasks": ended(s, after.tasks, numbers, Outcome.READ)})


def _consequent(s: Situation, after: Revision) -> Decision:
    """What the decision takes and sets off, beside what it changes."""
    action, kind = s.action, s.office.kind
    effects = resolved(action.effects, kind, after, s.office.organisation)
    again = any(isinstance(effect, Deliver) for effect in effects)
    after = after.model_copy(update={"effects": effects, "delivered": after.delivered + int(again)})
    now, organisation = s.office.now, s.office.organisation
    takes, wants_free = (
        reservations_of(each, kind, after, now=now, organisation=organisation) if each else ()
        for each in (action.takes, action.wants_free)
    )
    return Decision(after, takes=takes, wants_free=wants_free)


def _held(s: Situation) -> tuple[str, ...]:
    """The names that the record goes on holding."""
    freed = tuple(f"{word}/" for word in s.action.frees)
    return tuple(name for name in s.revision.held_names if not name.startswith(freed))


def with_taken(
    kind: Kind,
    before: Revision,
    decision: Decision,
    name: str,
    *,
    fields: Mapping[str, FieldValue],
    names: tuple[str, ...],
) -> Revision:
    """The record with what its decision took: values, claims, marks that certify them."""
    held = (*decision.after.held_names, *(n for n in names if n not in decision.after.held_names))
    after = decision.after.model_copy(
        update={"fields": {**decision.after.fields, **fields}, "held_names": held}
    )
    marks = after_action(kind, before, after, kind.action(name))
    return after.model_copy(update={"marks": marks})


def why_not(s: Situation) -> WenshuError | None:
    """Why this person cannot take this action on this record now; None when he can."""
    action, revision = s.action, s.revision
    if not leads_from(s.office, revision, action):
        return _why_not_from_here(s)
    if revision.suspended_on is not None and action.task is not Verb.RESUME:
        return Refused("suspended", action=action.label, since=revision.suspended_on.isoformat())
    return why_not_his(s) or _why_not_ready(s)


def _why_not_from_here(s: Situation) -> WenshuError:
    """The step is over or has not come; of what is to be filed, who still works on it."""
    state, target = s.state, s.office.kind.states.get(s.action.to or "")
    label = state.label if state is not None else None
    freezes = target is not None and target.frozen
    if state is None or state.done or not freezes or why_not_his(s) is not None:
        return Refused("wrong_state", action=s.action.label, state=label)
    tokens = [task.holder for task in s.revision.holding_tasks]
    holders = tuple(dict.fromkeys(map(s.office.organisation.describe, tokens)))
    return Refused("still_worked_on", action=s.action.label, state=label, holders=holders)


def _why_not_ready(s: Situation) -> WenshuError | None:
    """What is missing of the record: marks, a step to go back to, what its guards ask."""
    action, revision = s.action, s.revision
    if action.unheld and not targets(s):
        return Refused("nothing_unheld", action=action.label)
    missing = tuple(
        _setter_of(s.office.kind, mark) for mark in action.needs if mark not in revision.marks
    )
    if missing:
        return Refused("mark_missing", action=action.label, missing=missing)
    try:
        if action.to in {PREVIOUS, LAST}:
            last_of_people(s)
    except Refused as none_left:
        return none_left
    return refusal_of(s)


def _setter_of(kind: Kind, mark: str) -> str:
    """What is to be done first, in words: the label of the action that sets the mark."""
    return next(action.label for action in kind.actions.values() if mark in action.sets)


def leads_from(office: Office, revision: Revision, action: ActionDeclaration) -> bool:
    """Whether the action leads on from the state that the record is in, as its organ works."""
    if action.profiles:
        organ = office.organisation.organ_of(revision.unit)
        if (organ.profile or SIMPLE_PROFILE) not in action.profiles:
            return False
    if action.when is not None and not holds_for(action.when, revision.fields):
        return False
    if action.task is Verb.RESUME and revision.suspended_on is None:
        return False
    if revision.state in action.from_:
        return True
    state = office.kind.state(revision.state)
    return ANY_STATE in action.from_ and state is not None and not state.done


def _refuse_incomplete(s: Situation) -> None:
    action, title = s.action, s.office.kind.meaning.title
    if title in s.given.fields and not s.given.fields[title]:
        raise Invalid("incomplete", missing=(s.office.kind.fields[title].label,))
    drawn = s.given.handwriting is not None
    if drawn and not takes_handwriting(s.office.kind, action):
        raise Invalid("no_handwriting", field="handwriting", action=action.label)
    if action.opinion is OpinionRule.REQUIRED and not (s.given.opinion.strip() or drawn):
        raise Invalid("opinion_required", field="opinion", action=action.label)
    for name, field in action.fields.items():
        if field.required and s.revision.fields.get(name) in (None, "", ()):
            label = field.label or s.office.kind.fields[name].label
            raise Invalid("field_required", field=name, label=label, action=action.label)
    for part, wanted in action.files.items():
        if wanted.required and not _has_brought(s, part):
            label = wanted.label or s.office.kind.parts[part].label
            raise Invalid("field_required", field=part, label=label, action=action.label)


def _has_brought(s: Situation, part: str) -> bool:
    """Whether the actor brought a file to the part in this step, with the action or before."""
    return any(
        file.part == part and is_own(file, s.revision, s.actor.login) for file in s.revision.files
    )


def _participants(s: Situation, after: Revision) -> frozenset[Token]:
    """Who takes part: everybody so far, the actor, the new holders, who is to file what is done.

    Whoever was sent it by mistake and never opened it is let go with his task.
    """
    tokens = s.revision.participants | {task.holder for task in after.tasks if task.is_open}
    if after.entered == s.number:
        tokens |= set(lingering.told_of(s.office.kind, after, s.office.organisation))
    if s.actor.login != CLOCK and not gives_no_reading(s.action):
        tokens |= {person_token(s.actor.login)}
    if s.office.opened_by is None or not takes_back(s.action):
        return tokens
    gone = {
        task.holder
        for task in after.tasks
        if task.because == s.number
        and task.ended_as in {Outcome.CANCELLED, Outcome.HANDED_ON}
        and task.holder not in s.actor.tokens
    }
    kept = {t.holder for t in after.tasks if t.because != s.number or t.ended_as is Outcome.DONE}
    return tokens - {token for token in gone - kept if not _was_opened(s, token)}


def gives_no_reading(action: ActionDeclaration) -> bool:
    """Whether whoever takes the action sends the record on without having to do with its content.

    None of the 三员 reads content by office (AQ-14); yet an administrator is all that is left where
    everybody else has gone.
    """
    return action.unheld or action.task is Verb.RESUME


def takes_back(action: ActionDeclaration) -> bool:
    """Whether it takes back what was sent: from some, from all, or as the parent calls for it."""
    called_back = action.called is not None and action.to is not None
    guarded = any(guard.name in {"untouched", "unopened"} for guard in action.guards)
    by_sender = "sender" in action.by and (action.to == PREVIOUS or guarded)
    return action.task in _TAKEN_BACK or by_sender or called_back


def _was_opened(s: Situation, token: Token) -> bool:
    organisation = s.office.organisation
    opened = s.office.opened_by or frozenset()
    if not in_office(token, organisation):
        return True
    return any(person.login in opened for person in organisation.holders(token))
