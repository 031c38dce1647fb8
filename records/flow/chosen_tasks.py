"""Which task an action touches, and to whom it goes: the own one, one of others, one new holder."""

from collections.abc import Sequence

from records.errors import Invalid, Refused
from records.flow.assignment import next_holders
from records.flow.capacity import own_task
from records.flow.choosing import targets
from records.flow.decision import Situation
from records.flow.task import Outcome, Task
from records.flow.task_list import Holder, of_round
from records.flow.verbs import Verb


def the_own(s: Situation) -> Task:
    """The task that the action answers. Raises Refused (``not_yours``), Conflict."""
    own = own_task(s)
    if own is None:
        raise Refused("not_yours", action=s.action.label)
    return own


def one_holder(s: Situation) -> Holder:
    """The one person or unit chosen. Raises Invalid (``choose_one``)."""
    holders = next_holders(s, s.action.next, state=s.revision.state or "")
    if len(holders) != 1:
        raise Invalid("choose_one", field="next")
    return holders[0]


def new_holders(s: Situation) -> tuple[Holder, ...]:
    """Who is added, without those who hold a task here already."""
    holding = {task.holder for task in s.revision.holding_tasks}
    found = next_holders(s, s.action.next, state=s.revision.state or "")
    new = tuple(holder for holder in dict.fromkeys(found) if holder.token not in holding)
    if not new:
        raise Refused("holds_already", name=_words(s, found[0]) if found else None)
    if s.action.task is not Verb.ADD_BEFORE:  # whoever is asked first is not counted
        _refuse_second_vote(s, new)
    return new


def refuse_holding(s: Situation, holder: Holder, old: Task) -> None:
    """Never two tasks of one person that one click would end together (TRF-04)."""
    if any(
        task.holder == holder.token and (task.unit == old.unit or task.number == old.number)
        for task in s.revision.holding_tasks
    ):
        raise Refused("holds_already", name=_words(s, holder))
    if old.returns_to is None and s.action.task is not Verb.DELEGATE:
        _refuse_second_vote(s, (holder,))


def _refuse_second_vote(s: Situation, holders: Sequence[Holder]) -> None:
    """Where votes are counted, nobody gets a second one (``voted_already``)."""
    join = s.state.join if s.state is not None else None
    if join is None or (join.votes is None and join.share is None):
        return
    voted = {
        task.holder
        for task in of_round(s.revision.state, s.revision.tasks)
        if task.ended_as is Outcome.DONE and task.returns_to is None
    }
    again = next((holder for holder in holders if holder.token in voted), None)
    if again is not None:
        raise Refused("voted_already", name=_words(s, again))


def _words(s: Situation, holder: Holder) -> str:
    return s.office.organisation.describe(holder.token)


def chosen_targets(s: Situation) -> tuple[Task, ...]:
    """The tasks of others that were named. Raises Invalid (``choose_tasks``)."""
    possible = targets(s)
    given = set(s.given.tasks)
    chosen = tuple(task for task in possible if task.number in given)
    if len(possible) == 1 and not given:
        return possible
    if not chosen or len(chosen) != len(given):
        raise Invalid("choose_tasks", field="next", action=s.action.label)
    return chosen
