"""Who may take an action, and with which of his tasks."""

from collections.abc import Callable, Mapping

from records.errors import Conflict, Refused, WenshuError
from records.flow.decision import Situation
from records.flow.declarations import ActionDeclaration, OpinionRule
from records.flow.task import Task
from records.flow.verbs import Verb
from records.identity import CLOCK, Login, PostName
from records.revision import Revision
from records.rights.access import deputy_token, person_token
from records.rights.reading import holds, keeps, taken_by

OFFICE_VERBS = frozenset({Verb.REMOVE, Verb.WAIVE, Verb.REASSIGN, Verb.ENTER, Verb.RECALL})
"""What touches tasks of others, whom the actor names."""

OWN_VERBS = frozenset(
    {
        Verb.DONE,
        Verb.HAND_ON,
        Verb.DELEGATE,
        Verb.ADD_BEFORE,
        Verb.ADD_AFTER,
        Verb.CLAIM,
        Verb.RELEASE,
        Verb.READ,
    }
)
"""What touches one own task: with several open, the actor says which."""


def why_not_his(s: Situation) -> WenshuError | None:
    """Why this person may not take this action; None when he may."""
    action = s.action
    if any(_is(word, s) for word in action.by):
        if s.actor.login == s.revision.owner and (action.others_only or _only_for_another(s)):
            return Refused("own_record", action=action.label)
        return None
    blocked = next((t for t in s.revision.open_tasks if t.blocked and _would_answer(t, s)), None)
    if blocked is not None:
        waits = "、".join(named(s, task) for task in predecessors(s.revision, blocked))
        return Refused("blocked", action=action.label, waits_for=waits)
    taken = _claimed_by_another(s)
    if taken is not None:
        name = s.office.organisation.name_of(taken)
        return Refused("claimed", action=action.label, by=name)
    return Refused("not_yours", action=action.label)


def own_tasks(s: Situation) -> tuple[Task, ...]:
    """The actor's own open tasks with which he can take this action, in order of number."""
    return tuple(task for task in s.revision.open_tasks if _is_own(task, s))


def own_task(s: Situation) -> Task | None:
    """The one task that the action answers; None for an actor without one.

    One click answers one task: raises Conflict (``which_task``) with the list when several are
    open and none was named; Refused (``not_yours``) for one that is not his.
    """
    own = own_tasks(s)
    if s.given.task is not None:
        answered = next((task for task in own if task.number == s.given.task), None)
        if answered is None:
            raise Refused("not_yours", action=s.action.label)
        return answered
    several = to_be_named(s)
    if several:
        raise Conflict(
            "which_task",
            action=s.action.label,
            tasks=tuple(f"{task.number} {named(s, task)}" for task in several),
        )
    return own[0] if own else None


def to_be_named(s: Situation) -> tuple[Task, ...]:
    """The actor's own tasks when he must say which one he answers; else none."""
    own = own_tasks(s)
    if len(own) > 1 and s.action.task in OWN_VERBS and not _reads_all(s.action):
        return own
    return ()


def named(s: Situation, task: Task) -> str:
    """A task in words: 协办（食品科）."""
    organisation = s.office.organisation
    whose = organisation.full_name(task.unit) if task.unit else organisation.describe(task.holder)
    return f"{task.label}（{whose}）"


def sender_of(revision: Revision) -> Login | None:
    """Who sent the record to its present state, as long as it only came forward."""
    if not revision.trail:
        return None
    step = revision.trail[-1]
    return step.by if step.number is not None and step.number == revision.entered else None


def _only_for_another(s: Situation) -> bool:
    """Whether the author would act on his own paper as the deputy of who should (TRF-13).

    Not every kind says what is a verdict, so it is whatever he does but reading.
    """
    if s.action.task is Verb.READ:
        return False
    own = own_tasks(s)
    return bool(own) and all(acts_for(s, task) is not None for task in own)


def _reads_all(action: ActionDeclaration) -> bool:
    """Reading without words is one act, however often it was sent."""
    return action.task is Verb.READ and action.opinion is OpinionRule.NONE


def _is(word: str, s: Situation) -> bool:
    if word in _PERSONAL:
        return _PERSONAL[word](s)
    scheme, _, rest = word.partition(":")
    if word == "reader" or scheme == "holder":
        return any(_answers(task, word) for task in own_tasks(s))
    if scheme == "post":
        organisation = s.office.organisation
        return organisation.post_in_organ(s.revision.unit, PostName(rest)) in s.actor.tokens
    return word in s.actor.tokens


_PERSONAL: Mapping[str, Callable[[Situation], bool]] = {
    "clock": lambda s: s.actor.login == CLOCK,
    "author": lambda s: s.actor.login == s.revision.owner and bool(s.actor.tokens),
    "sender": lambda s: s.actor.login == sender_of(s.revision) and bool(s.actor.tokens),
    "keeper": lambda s: keeps(s.office.kind, s.revision, s.actor),
    "participant": lambda s: (
        person_token(s.actor.login) in s.revision.participants & s.actor.tokens
    ),
}


def _answers(task: Task, word: str) -> bool:
    """Whether a task lets its holder act by this word; side tasks are no holders."""
    if word == "reader":
        return task.side
    label = word.partition(":")[2]
    return task.holds and (not label or task.label == label)


def _is_own(task: Task, s: Situation) -> bool:
    action = s.action
    if not holds(task, s.actor, s.office.kind.kind) or task.blocked:
        return False
    if _taken_by_another(task, s) is not None:
        return False
    if action.to is not None and task.returns_to is not None:
        return False  # who was asked by a holder answers him, and moves nothing
    if action.of and action.task not in OFFICE_VERBS and task.label not in action.of:
        return False
    return any(
        _answers(task, word)
        for word in action.by
        if word in {"holder", "reader"} or word.startswith("holder:")
    )


def acts_for(s: Situation, task: Task) -> Login | None:
    """Whom the actor deputises when he answers this task (X 代 Y); None when it is his own."""
    if task.holder in s.actor.tokens:
        return None
    given = s.office.organisation.deputises(s.actor.login, s.office.today)
    kind = s.office.kind.kind
    return given.get(deputy_token(task.holder)) or given.get(deputy_token(task.holder, kind))


def predecessors(revision: Revision, task: Task) -> tuple[Task, ...]:
    """The open tasks that a blocked one waits for."""
    return tuple(
        each
        for each in revision.holding_tasks
        if each.number in task.waits_for
        or (task.after is not None and (each.state, each.label) == (task.state, task.after))
    )


def _would_answer(task: Task, s: Situation) -> bool:
    """Whether the actor could act with this task if it were not blocked."""
    return holds(task, s.actor, s.office.kind.kind) and any(
        _answers(task, word) for word in s.action.by
    )


def _claimed_by_another(s: Situation) -> Login | None:
    taken = (
        _taken_by_another(task, s)
        for task in s.revision.open_tasks
        if holds(task, s.actor, s.office.kind.kind)
    )
    return next((login for login in taken if login is not None), None)


def _taken_by_another(task: Task, s: Situation) -> Login | None:
    office = s.office
    login = taken_by(task, office.kind.kind, today=office.today, organisation=office.organisation)
    return None if login == s.actor.login else login
