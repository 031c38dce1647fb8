"""The record moves: forward, back to a step, straight back to who returned it, out of a join."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.errors import Invalid, Refused
from records.flow.assignment import anybody_left, next_holders, reopened
from records.flow.capacity import own_tasks
from records.flow.choosing import passed_steps
from records.flow.decision import Situation
from records.flow.declarations import Join, Refusal
from records.flow.task import Held, Outcome, Step, Task, Verdict, WayBack
from records.flow.task_list import Holder, ended, held, of_round, opened, unblocked
from records.flow.verbs import ANY_STATE, CHOSEN_STEP, LAST, PREVIOUS
from records.identity import CLOCK
from records.revision import Revision
from records.rights.access import person_token


@dataclass(frozen=True, slots=True)
class Target:
    """Where the record goes: the state, who holds it there, and what of the past is kept."""

    state: str
    holders: Sequence[Holder]
    trail: tuple[Step, ...]
    ways_back: tuple[WayBack, ...]


def moved(s: Situation) -> Revision:
    """The record in another state; every task that held the old one has ended.

    Where somebody was added after the actor (后加签) and the state is left by one holder, that
    person comes first and the record stays.
    """
    own = {task.number for task in own_tasks(s)}
    outcome = Outcome.RETURNED if _returns(s) else Outcome.DONE
    tasks = ended(s, s.revision.tasks, own, outcome, verdict=s.action.verdict)
    if comes_first(s):
        return s.revision.model_copy(update={"tasks": unblocked(tasks)})
    tasks = _cancelled(s, tasks)
    return arrived(s, _target(s, tasks), tasks)


def left_join(s: Situation, join: Join | Refusal, tasks: Sequence[Task]) -> Revision:
    """The record on its way out of a join that is met or refused; what is open there ends."""
    tasks = _cancelled(s, tasks)
    holders = next_holders(s, join.next, state=join.to)
    return arrived(s, _forward(s, join.to, holders, tasks), tasks)


def arrived(s: Situation, target: Target, tasks: Sequence[Task]) -> Revision:
    """The record at its target, held there by those who are asked now.

    Raises Refused (``nobody_holds``): a field that names them may be empty.
    """
    declared = s.office.kind.states[target.state]
    if declared.frozen:  # nothing can be done there, nothing may wait for anybody either
        side = {task.number for task in tasks if task.is_open and task.side}
        tasks = ended(s, tasks, side, Outcome.CANCELLED)
    if not declared.done and all(holder.side for holder in target.holders):
        raise Refused("nobody_holds", state=declared.label)
    new = opened(
        s.office,
        s.revision,
        () if declared.done else _again(s, target, tasks),
        state=target.state,
        tasks=tasks,
        by=s.actor.login,
    )
    return s.revision.model_copy(
        update={
            "state": target.state,
            "entered": s.number,
            "entered_at": s.office.now,
            "tasks": new,
            "trail": target.trail,
            "ways_back": () if declared.done else target.ways_back,
        }
    )


def comes_first(s: Situation) -> bool:
    """Whether somebody was added after the actor, who acts before the record moves (后加签)."""
    declared = s.state
    joins = declared is not None and declared.join is not None
    if joins or s.action.to is None or _returns(s):
        return False
    own = {task.number for task in own_tasks(s)}
    return any(not own.isdisjoint(task.waits_for) for task in s.revision.holding_tasks)


def _returns(s: Situation) -> bool:
    return s.action.to in {PREVIOUS, CHOSEN_STEP}


def _cancelled(s: Situation, tasks: Sequence[Task]) -> tuple[Task, ...]:
    still = {task.number for task in tasks if task.holds}
    return ended(s, tasks, still, Outcome.CANCELLED)


def _target(s: Situation, tasks: Sequence[Task]) -> Target:
    to = s.action.to or ""
    if to == PREVIOUS:
        return _back_to(s, last_of_people(s), tasks)
    if to == CHOSEN_STEP:
        steps = passed_steps(s)
        if s.given.step not in steps:
            raise Invalid("choose_step", field="step", action=s.action.label)
        return _back_to(s, steps[s.given.step], tasks)
    if to == LAST:
        return _reopened(s)
    if to == ANY_STATE:
        return _jump(s, tasks)
    return _forward(s, to, None, tasks)


def last_of_people(s: Situation) -> int:
    """The place in the trail of the last step that a person left.

    Raises Refused (``no_previous_step``).
    """
    trail, states = s.revision.trail, s.office.kind.states
    found = next((i for i in reversed(range(len(trail))) if trail[i].by != CLOCK), None)
    if found is None or trail[found].state not in states:
        raise Refused("no_previous_step", action=s.action.label)
    return found


def _back_to(s: Situation, index: int, tasks: Sequence[Task]) -> Target:
    step = s.revision.trail[index]
    ways = s.revision.ways_back
    if s.action.then == "straight" or (s.action.then == "ask" and s.given.straight):
        ways = (
            *ways,
            WayBack(state=s.revision.state or "", holders=held(s, tasks), via=step.action),
        )
    return Target(step.state, _held_again(s, step), s.revision.trail[:index], ways)


def _held_again(s: Situation, step: Step) -> tuple[Holder, ...]:
    holders = step.holders or (
        Held(holder=person_token(step.by), label=s.office.kind.states[step.state].label),
    )
    return reopened(holders, s.office.organisation, instead=step.by)


def _reopened(s: Situation) -> Target:
    """Out of a done state: to the step before, for those who held it (唤醒)."""
    if not s.revision.trail or s.revision.trail[-1].state not in s.office.kind.states:
        raise Refused("no_previous_step", action=s.action.label)
    step = s.revision.trail[-1]
    return Target(step.state, _held_again(s, step), s.revision.trail[:-1], ())


def _jump(s: Situation, tasks: Sequence[Task]) -> Target:
    """Whatever state is named, for whom the actor chooses, else for those who held it last."""
    state = s.given.step or ""
    declared = s.office.kind.state(state)
    if declared is None or declared.done or state == s.revision.state:
        raise Invalid("choose_step", field="step", action=s.action.label)
    holders = next_holders(s, s.action.next, state=state)
    if not holders:
        earlier = tuple(
            Held(holder=t.holder, label=t.label, origin=t.origin, unit=t.unit, after=t.after)
            for t in of_round(state, s.revision.tasks)
            if t.returns_to is None
        )
        holders = reopened(earlier, s.office.organisation, instead=None)
    return Target(state, holders, _trail(s, tasks), ())


def _forward(
    s: Situation, to: str, holders: Sequence[Holder] | None, tasks: Sequence[Task]
) -> Target:
    """Where the action or the join leads; straight back where a return left that way open.

    A way back to people who have all left, or to a state that is gone, is none any more: the record
    goes on as it went before.
    """
    trail, ways = _trail(s, tasks), s.revision.ways_back
    done = s.office.kind.states[to].done
    if ways and not done and ways[-1].via in (None, s.name):
        way, ways = ways[-1], ways[:-1]
        known = way.state in s.office.kind.states
        if known and anybody_left(way.holders, s.office.organisation):
            back = reopened(way.holders, s.office.organisation, instead=None)
            return Target(way.state, back, trail, ways)
    if holders is None:
        holders = next_holders(s, s.action.next, state=to)
    return Target(to, holders, trail, ways)


def _trail(s: Situation, tasks: Sequence[Task]) -> tuple[Step, ...]:
    return (
        *s.revision.trail,
        Step(
            state=s.revision.state or "",
            by=s.actor.login,
            action=s.name,
            holders=held(s, tasks),
            number=s.number,
        ),
    )


def _again(s: Situation, target: Target, tasks: Sequence[Task]) -> Sequence[Holder]:
    """Of a state that only those enter again who refused: these, if there are any."""
    join = s.office.kind.states[target.state].join
    if join is None or join.again == "all":
        return target.holders
    refused = {
        task.holder
        for task in of_round(target.state, tasks)
        if task.verdict is Verdict.DISAGREE or task.ended_as is Outcome.RETURNED
    }
    return [h for h in target.holders if h.token in refused] or target.holders
