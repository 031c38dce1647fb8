"""The own task, shared with others: 转办, 委派, 加签."""

from collections.abc import Sequence

from records.flow.capacity import own_tasks
from records.flow.chosen_tasks import new_holders, one_holder, refuse_holding, the_own
from records.flow.decision import Situation
from records.flow.task import Task
from records.flow.task_list import Holder, handed_on, next_number, unblocked


def hand_on(s: Situation) -> tuple[Task, ...]:
    """转办: the own task goes to somebody else, with its deadline and place."""
    own, holder = the_own(s), one_holder(s)
    refuse_holding(s, holder, own)
    return handed_on(s, s.revision.tasks, own, to=holder.token, unit=own.unit)


def delegate(s: Situation) -> tuple[Task, ...]:
    """委派: the own task waits for the answer of somebody else."""
    own, holder = the_own(s), one_holder(s)
    refuse_holding(s, holder, own)
    return _asked_first(s, own, (holder,))


def add_before(s: Situation) -> tuple[Task, ...]:
    """前加签: others first, then the own task."""
    return _asked_first(s, the_own(s), new_holders(s))


def _asked_first(s: Situation, own: Task, holders: Sequence[Holder]) -> tuple[Task, ...]:
    """New tasks for `holders`, and the own one waits until they are answered."""
    new = _copies(s, own, holders, returns_to=own.number)
    waits_for = (*own.waits_for, *(task.number for task in new))
    return unblocked(
        (
            *(
                t.model_copy(update={"waits_for": waits_for}) if t.number == own.number else t
                for t in s.revision.tasks
            ),
            *new,
        )
    )


def add_beside(s: Situation) -> tuple[Task, ...]:
    """并行加签: others as well."""
    own = next(iter(own_tasks(s)), None) or next(iter(s.revision.holding_tasks))
    new = _copies(s, own, new_holders(s), returns_to=None, after=own.after)
    return (*s.revision.tasks, *new)


def add_after(s: Situation) -> tuple[Task, ...]:
    """后加签: others once the own task is done."""
    own = the_own(s)
    new = _copies(s, own, new_holders(s), returns_to=None, waits_for=(own.number,))
    return unblocked((*s.revision.tasks, *new))


def _copies(
    s: Situation,
    own: Task,
    holders: Sequence[Holder],
    *,
    returns_to: int | None,
    after: str | None = None,
    waits_for: tuple[int, ...] = (),
) -> tuple[Task, ...]:
    """Tasks beside `own`, of its state, round and deadline."""
    first = next_number(s.revision.tasks)
    return tuple(
        Task(
            number=first + index,
            holder=holder.token,
            label=holder.label or own.label,
            state=own.state,
            opened_at=s.office.now,
            opened_by=s.actor.login,
            due_on=own.due_on,
            unit=holder.unit,
            round=own.round,
            after=after,
            waits_for=waits_for,
            returns_to=returns_to,
        )
        for index, holder in enumerate(holders)
    )
