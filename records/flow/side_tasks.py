"""Tasks beside the flow: 传阅, 待阅, questions; they hold nothing and outlive the state."""

from records.errors import Refused
from records.flow.assignment import next_holders
from records.flow.capacity import own_task, own_tasks
from records.flow.chosen_tasks import chosen_targets
from records.flow.decision import Situation
from records.flow.task import Outcome, Task
from records.flow.task_list import Holder, ended, opened
from records.rights.access import person_token


def circulate(s: Situation) -> tuple[Task, ...]:
    """Side tasks; whoever has one already, holds the record or sends it is left out."""
    own = person_token(s.actor.login)
    have = {(t.holder, t.label) for t in s.revision.side_tasks}
    holding = {task.holder for task in s.revision.holding_tasks}
    holders = [
        holder
        for holder in next_holders(s, s.action.next, state=s.revision.state or "")
        if holder.token != own
        and holder.token not in holding
        and (holder.token, holder.label) not in have
    ]
    if not holders:
        raise Refused("nobody_new", action=s.action.label)
    return opened(
        s.office,
        s.revision,
        [_beside(holder) for holder in holders],
        state=s.revision.state or "",
        tasks=s.revision.tasks,
        by=s.actor.login,
    )


def _beside(holder: Holder) -> Holder:
    return Holder(holder.token, holder.label, unit=holder.unit, side=True)


def recall(s: Situation) -> tuple[Task, ...]:
    """Side tasks that nobody opened; those that were opened stay (CCR-08)."""
    opened_by = s.office.opened_by or frozenset()
    organisation = s.office.organisation
    unseen = {
        task.number
        for task in chosen_targets(s)
        if not any(p.login in opened_by for p in organisation.holders(task.holder))
    }
    if not unseen:
        raise Refused("already_opened", by=None)
    return ended(s, s.revision.tasks, unseen, Outcome.CANCELLED)


def read(s: Situation) -> tuple[Task, ...]:
    """已阅: the own side task ends; several of one label are read at once."""
    own_task(s)
    numbers = {s.given.task} if s.given.task else {task.number for task in own_tasks(s)}
    ends = {number for number in numbers if number is not None}
    return ended(s, s.revision.tasks, ends, Outcome.READ, verdict=s.action.verdict)
