"""What a change of a record is news of, and to whom: told without a word in its kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from records.consequences.effects import About, Notify
from records.flow.task import Outcome, Task
from records.identity import Token
from records.revision import Revision
from records.rights.access import person_token
from records.schema.kind import Kind


@dataclass(frozen=True, slots=True)
class News:
    """One matter for some people."""

    about: About
    to: tuple[Token, ...]
    occasion: str


def news_of(kind: Kind, before: Revision | None, after: Revision) -> tuple[News, ...]:
    """What those are told whom the step from `before` to `after` concerns.

    Whoever got a task is told of it; whoever lost one that he had not answered, that it is gone;
    the author of a flow, that it has ended; whoever was given a record, that he may read it. An
    author whom the action itself tells what became of his record hears it once, in its words.
    """
    if after.deleted:
        return ()
    return (
        *_opened(before, after),
        *_closed(before, after),
        *_ended(kind, before, after),
        *_shared(before, after),
    )


def _opened(before: Revision | None, after: Revision) -> Iterator[News]:
    """Tasks that wait now and did not before: new ones, and those no longer blocked."""
    waited = {task.number for task in _waiting(before)}
    for task in _waiting(after):
        heard = task.holder == person_token(after.owner) and _is_told(after)
        if task.number not in waited and not heard:
            yield News(_about(task), (task.holder,), f"task-{task.number}-{after.number}")


def _about(task: Task) -> About:
    return About.TO_READ if task.side else About.ARRIVED


def _closed(before: Revision | None, after: Revision) -> Iterator[News]:
    """Tasks that were ended by somebody else than their holder."""
    for task in _waiting(before):
        now = next((each for each in after.tasks if each.number == task.number), None)
        if now is not None and now.outcome in {Outcome.CANCELLED, Outcome.WAIVED}:
            yield News(About.CANCELLED, (task.holder,), f"task-{task.number}-{after.number}")


def _ended(kind: Kind, before: Revision | None, after: Revision) -> Iterator[News]:
    was, now = kind.state(before.state if before else None), kind.state(after.state)
    if now is not None and now.done and was is not None and not was.done and not _is_told(after):
        yield News(About.FINISHED, (person_token(after.owner),), end_of(after.number))


def _is_told(after: Revision) -> bool:
    """Whether the action tells the author by an effect of its own."""
    author = person_token(after.owner)
    return any(isinstance(each, Notify) and author in each.to for each in after.effects)


def end_of(number: int) -> str:
    """The occasion of an end: whoever is told of it by the flow and by an effect is told once."""
    return f"end-{number}"


def _shared(before: Revision | None, after: Revision) -> Iterator[News]:
    """Grants to single people: a grant to a unit is no news to each of its members."""
    had = {grant.to for grant in before.grants} if before is not None else set()
    new = tuple(g.to for g in after.grants if g.to not in had and g.to.startswith("person:"))
    if new:
        yield News(About.SHARED, tuple(dict.fromkeys(new)), f"shared-{after.number}")


def _waiting(revision: Revision | None) -> tuple[Task, ...]:
    if revision is None:
        return ()
    return tuple(task for task in revision.open_tasks if not task.blocked)
