"""Whom the next task goes to: an action's `next`, resolved against the organisation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.access import person_token
from records.errors import Invalid, NotFound, Refused
from records.identity import Login, Token, UnitCode
from records.kind import ActionDeclaration, Assignment, Kind, StateDeclaration
from records.organisation import Organisation
from records.revision import Revision, Task


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody to whom a task goes, and the tasks (by label) it has to wait for."""

    token: Token
    label: str | None
    after: str | None


def next_holders(
    action: ActionDeclaration,
    revision: Revision,
    chosen: Sequence[Login],
    organisation: Organisation,
) -> tuple[Holder, ...]:
    """Everyone who gets a task from this action.

    Raises Refused (``vacant_post``) when nobody holds a post that is needed (SY-07), Invalid
    (``choose_people``, ``choose_one``, ``unknown_person``) when the choice does not fit.
    """
    holders = tuple(
        Holder(token, assignment.label, assignment.after)
        for assignment in action.next
        for token in _tokens(assignment, revision, chosen, organisation)
    )
    if chosen and not any(assignment.chosen for assignment in action.next):
        raise Invalid("nobody_to_choose", field="next")
    return holders


def _tokens(
    assignment: Assignment,
    revision: Revision,
    chosen: Sequence[Login],
    organisation: Organisation,
) -> Iterator[Token]:
    if assignment.author:
        yield person_token(revision.owner)
    elif assignment.chosen:
        yield from _chosen(assignment, chosen, organisation)
    elif assignment.of.startswith("field:"):
        units = revision.fields.get(assignment.of.removeprefix("field:"))
        for unit in units if isinstance(units, tuple) else ():
            yield _post(assignment, UnitCode(unit), organisation)
    else:
        yield _post(assignment, revision.unit, organisation)


def _post(assignment: Assignment, unit: UnitCode, organisation: Organisation) -> Token:
    assert assignment.post is not None  # noqa: S101 - the kind check grants it
    look = organisation.post_in_organ if assignment.of == "own_organ" else organisation.post_near
    token = look(unit, assignment.post)
    if token is None:
        raise Refused(
            "vacant_post", post=assignment.post, unit=unit, unit_name=organisation.unit_name(unit)
        )
    return token


def _chosen(
    assignment: Assignment, chosen: Sequence[Login], organisation: Organisation
) -> Iterator[Token]:
    if not chosen:
        raise Invalid("choose_people", field="next")
    if len(chosen) > 1 and not assignment.many:
        raise Invalid("choose_one", field="next")
    for login in dict.fromkeys(chosen):
        try:
            person = organisation.person(login)
        except NotFound as error:
            raise Invalid("unknown_person", login=login, field="next") from error
        if person.disabled:
            raise Invalid("unknown_person", login=login, field="next")
        yield person_token(login)


def opened_tasks(
    holders: Sequence[Holder], *, kind: Kind, state: str, revision: Revision, now: datetime
) -> tuple[Task, ...]:
    """New tasks of a state, numbered after those the record has had."""
    declared = kind.states[state]
    first = max((task.number for task in revision.tasks), default=0) + 1
    return tuple(
        Task(
            number=first + index,
            holder=holder.token,
            label=holder.label or declared.label,
            state=state,
            opened_at=now,
            due_on=_due(declared, now.date()),
            blocked=holder.after is not None,
            after=holder.after,
        )
        for index, holder in enumerate(holders)
    )


def _due(state: StateDeclaration, start: date) -> date | None:
    """The last of `due_workdays` days, Saturdays and Sundays not counted."""
    if state.due_workdays is None:
        return None
    day, left = start, state.due_workdays
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
