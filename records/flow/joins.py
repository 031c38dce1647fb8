"""What a state with several tasks waits for: declared, and never decided by who comes last."""

from collections.abc import Sequence
from enum import Enum

from records.flow.declarations import Join
from records.flow.task import Outcome, Task, Verdict

_UNCOUNTED = frozenset({Outcome.HANDED_ON, Outcome.CANCELLED, Outcome.WAIVED})


class Result(Enum):
    """How a join stands."""

    WAITING = "waiting"
    MET = "met"
    REFUSED = "refused"


def result_of(join: Join, tasks: Sequence[Task]) -> Result:
    """How the tasks of one round stand against what the state needs.

    Whoever was asked by a holder (前加签, 委派) answers him and is not counted; who was let go,
    handed on or taken back neither.
    """
    counted = [t for t in tasks if t.returns_to is None and t.ended_as not in _UNCOUNTED]
    answered = [task for task in counted if not task.is_open]
    waiting = any(task.holds for task in tasks)
    against = any(task.verdict is Verdict.DISAGREE for task in answered)
    if against and join.refused is not None and join.refused.when == "at_once":
        return Result.REFUSED
    if join.votes is not None or join.share is not None:
        return _counted(join, counted, waiting=waiting)
    if join.needs == "any" and any(t.verdict is not Verdict.DISAGREE for t in answered):
        return Result.MET
    if waiting:
        return Result.WAITING
    return Result.REFUSED if against and join.refused is not None else Result.MET


def _counted(join: Join, tasks: Sequence[Task], *, waiting: bool) -> Result:
    """By votes or by weight (票签): decided as soon as the rest cannot change it."""
    weigh = join.share is not None
    whole = sum(task.weight for task in tasks)
    agreed = sum(t.weight if weigh else 1 for t in tasks if t.verdict is Verdict.AGREE)
    still = sum(t.weight if weigh else 1 for t in tasks if t.is_open)
    wanted = join.share * whole / 100 if join.share is not None else float(join.votes or 0)
    if agreed and agreed >= wanted:
        return Result.MET
    if agreed + still < wanted or not waiting:
        return Result.REFUSED if join.refused is not None else Result.MET
    return Result.WAITING
