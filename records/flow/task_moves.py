"""One task moves: the verbs of an action that leaves the record where it is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from records.errors import Invalid, Refused
from records.flow.capacity import own_tasks
from records.flow.chosen_tasks import chosen_targets, one_holder, refuse_holding, the_own
from records.flow.decision import Situation
from records.flow.handing_on import add_after, add_before, add_beside, delegate, hand_on
from records.flow.joins import Result, result_of
from records.flow.record_moves import left_join
from records.flow.side_tasks import circulate, read, recall
from records.flow.task import Outcome, Task, Verdict
from records.flow.task_list import ended, handed_on, of_round, unblocked
from records.flow.verbs import Verb
from records.revision import Revision
from records.rights.access import person_token

Move = Callable[[Situation], tuple[Task, ...]]


def task_moved(s: Situation) -> Revision:
    """The record after one task moved; where that meets what its state waits for, it moves on.

    Raises Refused (``last_task``) for what would leave nobody to act.
    """
    verb = s.action.task or Verb.KEEP
    if verb is Verb.SUSPEND:
        return s.revision.model_copy(update={"suspended_on": s.office.today})
    if verb is Verb.RESUME:
        return _resumed(s)
    tasks = _MOVES[verb](s)
    return settled(s, unblocked(tasks)) if verb in _SETTLING else with_tasks(s, tasks)


def with_tasks(s: Situation, tasks: Sequence[Task]) -> Revision:
    """The record with its tasks changed and nothing else."""
    return s.revision.model_copy(update={"tasks": unblocked(tasks)})


def settled(s: Situation, tasks: tuple[Task, ...]) -> Revision:
    """The record with its tasks; it moves on where its state needs no more of them."""
    declared = s.state
    join = declared.join if declared is not None else None
    if join is None:
        if not any(task.holds for task in tasks) and s.revision.holding_tasks:
            raise Refused("last_task", action=s.action.label)
        return with_tasks(s, tasks)
    result = result_of(join, of_round(s.revision.state, tasks))
    if result is Result.WAITING:
        return with_tasks(s, tasks)
    if result is Result.REFUSED and join.refused is not None:
        return left_join(s, join.refused, tasks)
    return left_join(s, join, tasks)


def _done(s: Situation) -> tuple[Task, ...]:
    return ended(s, s.revision.tasks, {the_own(s).number}, Outcome.DONE, verdict=s.action.verdict)


def _keep(s: Situation) -> tuple[Task, ...]:
    """Nothing ends; a new deadline, where the action names one, is the own task's, else all'.

    An empty field takes the deadline away.
    """
    field = s.action.due
    if field is None:
        return s.revision.tasks
    day = s.revision.fields.get(field)
    due_on = date.fromisoformat(str(day)[:10]) if day else None
    own = {task.number for task in own_tasks(s)} or {t.number for t in s.revision.holding_tasks}
    return tuple(
        t.model_copy(update={"due_on": due_on}) if t.number in own else t for t in s.revision.tasks
    )


def _remove(s: Situation) -> tuple[Task, ...]:
    chosen = chosen_targets(s)
    left = [t for t in s.revision.holding_tasks if t not in chosen]
    if not left:
        raise Refused("last_task", action=s.action.label)
    return ended(s, s.revision.tasks, {t.number for t in chosen}, Outcome.CANCELLED)


def _waive(s: Situation) -> tuple[Task, ...]:
    return ended(s, s.revision.tasks, {t.number for t in chosen_targets(s)}, Outcome.WAIVED)


def _reassign(s: Situation) -> tuple[Task, ...]:
    chosen = chosen_targets(s)
    if len(chosen) != 1:
        raise Invalid("choose_one_task", field="next", action=s.action.label)
    holder = one_holder(s)
    if s.action.unheld and holder.token == person_token(s.actor.login):
        raise Refused("not_to_oneself", action=s.action.label)
    refuse_holding(s, holder, chosen[0])
    return handed_on(
        s, s.revision.tasks, chosen[0], to=holder.token, unit=holder.unit or chosen[0].unit
    )


def _enter(s: Situation) -> tuple[Task, ...]:
    chosen = chosen_targets(s)
    if len(chosen) != 1:
        raise Invalid("choose_one_task", field="next", action=s.action.label)
    return ended(s, s.revision.tasks, {chosen[0].number}, Outcome.DONE, verdict=s.action.verdict)


def _claim(s: Situation) -> tuple[Task, ...]:
    return _claimed(s, s.actor.login)


def _release(s: Situation) -> tuple[Task, ...]:
    return _claimed(s, None)


def _claimed(s: Situation, login: str | None) -> tuple[Task, ...]:
    own = the_own(s)
    return tuple(
        t.model_copy(update={"claimed_by": login}) if t.number == own.number else t
        for t in s.revision.tasks
    )


def _finish(s: Situation) -> tuple[Task, ...]:
    numbers = {task.number for task in chosen_targets(s)}
    verdict = Verdict.DISAGREE if s.given.refused else Verdict.AGREE
    return ended(s, s.revision.tasks, numbers, Outcome.DONE, verdict=verdict)


def _time_out(s: Situation) -> tuple[Task, ...]:
    late = {task.number for task in s.revision.holding_tasks}
    return ended(s, s.revision.tasks, late, Outcome.TIMED_OUT, verdict=Verdict.NONE)


def _resumed(s: Situation) -> Revision:
    since = s.revision.suspended_on or s.office.today
    pause = timedelta(days=(s.office.today - since).days)
    tasks = tuple(
        task.model_copy(update={"due_on": min(task.due_on, date.max - pause) + pause})
        if task.is_open and task.due_on is not None
        else task
        for task in s.revision.tasks
    )
    return s.revision.model_copy(update={"suspended_on": None, "tasks": tasks})


_MOVES: Mapping[Verb, Move] = {
    Verb.DONE: _done,
    Verb.KEEP: _keep,
    Verb.HAND_ON: hand_on,
    Verb.DELEGATE: delegate,
    Verb.ADD_BEFORE: add_before,
    Verb.ADD_BESIDE: add_beside,
    Verb.ADD_AFTER: add_after,
    Verb.REMOVE: _remove,
    Verb.WAIVE: _waive,
    Verb.REASSIGN: _reassign,
    Verb.ENTER: _enter,
    Verb.CLAIM: _claim,
    Verb.RELEASE: _release,
    Verb.CIRCULATE: circulate,
    Verb.RECALL: recall,
    Verb.READ: read,
    Verb.TIME_OUT: _time_out,
    Verb.FINISH: _finish,
}

_SETTLING = frozenset({Verb.DONE, Verb.REMOVE, Verb.WAIVE, Verb.ENTER, Verb.TIME_OUT, Verb.FINISH})
"""Verbs that may meet what a state waits for."""
