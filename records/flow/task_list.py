"""Changes of a record's tasks: opened, ended, handed on, blocked and let go."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from records.flow.decision import Office, Situation
from records.flow.task import Held, Outcome, Task, Verdict
from records.identity import Login, Token, UnitCode
from records.revision import Revision


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody to whom a task goes.

    `after` is the label of the tasks it waits for; of a `serial` group each waits for the one
    before.
    """

    token: Token
    label: str | None = None
    after: str | None = None
    unit: UnitCode | None = None
    origin: Token | None = None
    side: bool = False
    serial: bool = False
    weight: int = 1


def opened(
    office: Office,
    revision: Revision,
    holders: Sequence[Holder],
    *,
    state: str,
    tasks: Sequence[Task],
    by: Login | None,
) -> tuple[Task, ...]:
    """`tasks` and behind them new ones of a state, one for each holder; equal ones are merged.

    Numbers go on after those the record has had; the round counts how often the state was entered.
    """
    declared = office.kind.states[state]
    first = next_number(tasks)
    entering = state != revision.state or not any(t.state == state and t.holds for t in tasks)
    earlier = max((task.round for task in tasks if task.state == state), default=0)
    due_on = due_of(office, revision, state)
    new: list[Task] = []
    for holder in dict.fromkeys(holders):
        before = new[-1].number if new and holder.serial and new[-1].label == holder.label else None
        new.append(
            Task(
                number=first + len(new),
                holder=holder.token,
                label=holder.label or declared.label,
                state=state,
                opened_at=office.now,
                opened_by=by,
                due_on=None if holder.side else due_on,
                side=holder.side,
                unit=holder.unit,
                round=max(1, earlier + (entering and not holder.side)),
                weight=holder.weight,
                after=holder.after,
                waits_for=() if before is None else (before,),
                origin=holder.origin,
            )
        )
    return unblocked((*tasks, *new))


def next_number(tasks: Sequence[Task]) -> int:
    """The number of the next task."""
    return max((task.number for task in tasks), default=0) + 1


def due_of(office: Office, revision: Revision, state: str) -> date | None:
    """The day on which tasks of a state that begins now are due."""
    due = office.kind.states[state].due
    if due is None:
        return None
    if due.field is not None:
        value = revision.fields.get(due.field)
        return date.fromisoformat(str(value)[:10]) if value else None
    if due.workdays is not None:
        return office.work_days.after_workdays(office.today, due.workdays)
    return office.today + timedelta(days=due.days or 0)


def ended(
    s: Situation,
    tasks: Sequence[Task],
    numbers: Collection[int],
    outcome: Outcome,
    *,
    verdict: Verdict | None = None,
) -> tuple[Task, ...]:
    """`tasks` with those of `numbers` ended by this decision."""
    return tuple(
        task.model_copy(
            update={
                "done_at": s.office.now,
                "done_by": s.actor.login,
                "blocked": False,
                "outcome": outcome,
                "because": s.number,
                "verdict": verdict,
            }
        )
        if task.is_open and task.number in numbers
        else task
        for task in tasks
    )


def unblocked(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """`tasks`, each blocked exactly as long as one that it waits for is open."""
    standing = {task.number for task in tasks if task.holds}
    labels = {(task.state, task.label) for task in tasks if task.holds}
    return tuple(_blocked(task, standing, labels) if task.holds else task for task in tasks)


def _blocked(task: Task, standing: set[int], labels: set[tuple[str, str]]) -> Task:
    waits = (task.after is not None and (task.state, task.after) in labels) or not (
        standing.isdisjoint(task.waits_for)
    )
    return task if waits == task.blocked else task.model_copy(update={"blocked": waits})


def handed_on(
    s: Situation,
    tasks: Sequence[Task],
    old: Task,
    *,
    to: Token,
    unit: UnitCode | None,
) -> tuple[Task, ...]:
    """`old` ends as handed on; a new one takes its place with its label, deadline and weight."""
    new = old.model_copy(
        update={
            "number": next_number(tasks),
            "holder": to,
            "unit": unit,
            "origin": old.origin or old.holder,
            "opened_at": s.office.now,
            "opened_by": s.actor.login,
            "claimed_by": None,
        }
    )
    moved = (
        task.model_copy(
            update={
                "waits_for": tuple(new.number if n == old.number else n for n in task.waits_for)
            }
        )
        if old.number in task.waits_for
        else task
        for task in ended(s, tasks, {old.number}, Outcome.HANDED_ON)
    )
    return unblocked((*moved, new))


def of_round(revision_state: str | None, tasks: Iterable[Task]) -> tuple[Task, ...]:
    """The tasks of the last round of a state that hold it or held it."""
    held = [task for task in tasks if task.state == revision_state and not task.side]
    last = max((task.round for task in held), default=0)
    return tuple(task for task in held if task.round == last)


def held(s: Situation, tasks: Sequence[Task]) -> tuple[Held, ...]:
    """Who held the state that this decision leaves, as its step remembers them."""
    asked = {task.number for task in tasks if task.returns_to is not None}
    return tuple(
        Held(
            holder=task.holder,
            label=task.label,
            origin=task.origin,
            unit=task.unit,
            after=task.after,
            weight=task.weight,
            serial=bool(set(task.waits_for) - asked),
        )
        for task in of_round(s.revision.state, tasks)
        if task.returns_to is None
        and (
            task.ended_as in {Outcome.DONE, Outcome.RETURNED, Outcome.TIMED_OUT}
            or (task.ended_as is Outcome.CANCELLED and task.because == s.number)
        )
    )
