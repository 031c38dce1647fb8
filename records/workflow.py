"""The engine of actions (M05): pure, (revision, actor, action, input) → next revision.

Checks stand in this order: does the action lead from this state, may this person do it, are its
marks set and its guards content, does the input fit. The first failure is the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from records.access import Reader, person_token
from records.assignment import next_holders, opened_tasks
from records.errors import Invalid, Refused, WenshuError
from records.guards import GUARDS
from records.identity import CLOCK, Login, PostName
from records.kind import PREVIOUS, ActionDeclaration, Kind, OpinionRule
from records.office_time import office_day
from records.organisation import Organisation
from records.revision import FieldValue, Opinion, Revision, Step, Task


@dataclass(frozen=True, slots=True)
class ActionInput:
    """What the actor gives along: an opinion, chosen people, changed fields (already read)."""

    opinion: str = ""
    chosen: tuple[Login, ...] = ()
    fields: dict[str, FieldValue] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An action and whether it can be taken now; `why_not` is the reason when it cannot."""

    name: str
    declaration: ActionDeclaration
    why_not: WenshuError | None


@dataclass(frozen=True, slots=True)
class Office:
    """The surroundings of a decision: kind, organisation, the moment."""

    kind: Kind
    organisation: Organisation
    now: datetime


def offers(office: Office, revision: Revision, actor: Reader) -> tuple[Offer, ...]:
    """Every action that leads from the present state, in order of declaration."""
    return tuple(
        Offer(name, action, _why_not(office, revision, actor, action))
        for name, action in office.kind.actions.items()
        if revision.state in action.from_ and set(action.by) != {"clock"}
    )


def act(
    office: Office, revision: Revision, actor: Reader, name: str, given: ActionInput
) -> Revision:
    """The record after the action, without event, number and digest: services add those.

    Raises NotFound (``unknown_action``); Refused (``wrong_state``, ``not_yours``, ``mark_missing``,
    a guard's reason, ``vacant_post``); Invalid (``opinion_required``, ``choose_people`` …).
    """
    action = office.kind.action(name)
    if given.fields:
        revision = revision.model_copy(update={"fields": {**revision.fields, **given.fields}})
    refusal = _why_not(office, revision, actor, action)
    if refusal is not None:
        raise refusal
    if action.opinion is OpinionRule.REQUIRED and not given.opinion.strip():
        raise Invalid("opinion_required", field="opinion", action=action.label)
    return _moved(office, revision, actor, name, given)


def _why_not(
    office: Office, revision: Revision, actor: Reader, action: ActionDeclaration
) -> WenshuError | None:
    if revision.state not in action.from_:
        state = office.kind.state(revision.state)
        return Refused("wrong_state", action=action.label, state=state.label if state else None)
    if not _may_act(office, revision, actor, action):
        return Refused("not_yours", action=action.label)
    missing = tuple(mark for mark in action.needs if mark not in revision.marks)
    if missing:
        return Refused("mark_missing", action=action.label, missing=missing)
    if action.to == PREVIOUS and not revision.trail:
        return Refused("no_previous_step", action=action.label)
    for guard in action.guards:
        refusal = GUARDS[guard](office.kind, revision)
        if refusal is not None:
            return refusal
    return None


def _may_act(office: Office, revision: Revision, actor: Reader, action: ActionDeclaration) -> bool:
    organisation = office.organisation
    if action.profiles:
        profile = organisation.organ_of(revision.unit).profile
        if profile not in action.profiles:
            return False
    return any(_is(actor_name, organisation, revision, actor) for actor_name in action.by)


def _is(name: str, organisation: Organisation, revision: Revision, actor: Reader) -> bool:
    if name == "clock":
        return actor.login == CLOCK
    if name == "author":
        return actor.login == revision.owner and bool(actor.tokens)
    if name == "holder":
        return bool(_own_tasks(revision, actor))
    scheme, _, rest = name.partition(":")
    if scheme == "post":
        return organisation.post_in_organ(revision.unit, PostName(rest)) in actor.tokens
    return name in actor.tokens


def _own_tasks(revision: Revision, actor: Reader) -> tuple[Task, ...]:
    return tuple(
        task for task in revision.open_tasks if task.holder in actor.tokens and not task.blocked
    )


def _moved(
    office: Office, revision: Revision, actor: Reader, name: str, given: ActionInput
) -> Revision:
    action = office.kind.actions[name]
    tasks = _closed(revision, actor, office.now, only_own=_joins(office.kind, revision))
    waiting = any(task.is_open for task in tasks)
    target = (revision.state or "") if waiting else action.to
    trail = revision.trail
    holders: Sequence[Task] = ()
    if target == PREVIOUS:
        step, trail = trail[-1], trail[:-1]
        target = step.state
        holders = _returned(office, revision, step)
    elif not waiting and (action.next or target != revision.state):
        people = next_holders(action, revision, given.chosen, office.organisation)
        holders = opened_tasks(
            people, kind=office.kind, state=target, revision=revision, now=office.now
        )
        if target != revision.state:
            trail = (*trail, Step(state=revision.state or "", by=actor.login))
    if not waiting and not holders and target == revision.state:
        tasks = revision.tasks
    return revision.model_copy(
        update={
            "state": target,
            "tasks": (*_unblocked(tasks), *holders),
            "trail": trail,
            "marks": revision.marks
            if waiting
            else (revision.marks | set(action.sets)) - set(action.clears),
            "fields": revision.fields if waiting else _stamped(action, revision, office.now),
            "participants": revision.participants
            | ({person_token(actor.login)} if actor.login != CLOCK else set())
            | {task.holder for task in holders},
            "opinions": (*revision.opinions, *_opinion(office, revision, actor, name, given)),
            "effects": () if waiting else action.effects,
        }
    )


def _joins(kind: Kind, revision: Revision) -> bool:
    state = kind.state(revision.state)
    return state is not None and state.join


def _closed(
    revision: Revision, actor: Reader, now: datetime, *, only_own: bool
) -> tuple[Task, ...]:
    """The tasks, with the actor's own done; outside a joining state every open one is done."""
    own = {task.number for task in _own_tasks(revision, actor)}
    return tuple(
        task.model_copy(update={"done_at": now, "done_by": actor.login, "blocked": False})
        if task.is_open and (task.number in own or not only_own)
        else task
        for task in revision.tasks
    )


def _unblocked(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Blocked tasks open up once every task with the label they wait for is done."""
    open_labels = {task.label for task in tasks if task.is_open}
    return tuple(
        task.model_copy(update={"blocked": False})
        if task.blocked and task.after not in open_labels
        else task
        for task in tasks
    )


def _returned(office: Office, revision: Revision, step: Step) -> tuple[Task, ...]:
    first = max((task.number for task in revision.tasks), default=0) + 1
    return (
        Task(
            number=first,
            holder=person_token(step.by),
            label=office.kind.states[step.state].label,
            state=step.state,
            opened_at=office.now,
        ),
    )


def _stamped(action: ActionDeclaration, revision: Revision, now: datetime) -> dict[str, FieldValue]:
    if action.stamps is None:
        return revision.fields
    return {**revision.fields, action.stamps: office_day(now).isoformat()}


def _opinion(
    office: Office, revision: Revision, actor: Reader, name: str, given: ActionInput
) -> tuple[Opinion, ...]:
    text = given.opinion.strip()
    if not text:
        return ()
    return (
        Opinion(
            by=actor.login,
            name=office.organisation.name_of(actor.login),
            action=name,
            state=revision.state or "",
            text=text,
            at=office.now,
        ),
    )
