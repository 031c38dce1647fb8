"""The instants at which something falls due on a record: acts of the clock, and reminders (M13).

What is due is judged by the newest revision when the time has come: a timer that the newest
revision does not have any more is void (TIM-10).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from records.calendar import WorkCalendar
from records.effects import About
from records.flow.declarations import ANY_STATE, At
from records.flow.task import Task
from records.kind import Kind
from records.office_time import OFFICE_ZONE, office_day
from records.revision import Revision

REMIND_AT = time(9, 0)
"""When people are reminded, in Beijing time: when the office has begun to work."""

REMIND = (-1, 0, 1)
"""Working days before, on and after the last day, where the state does not say when to remind."""

_REMINDER = re.compile(r"task-([0-9]+)([+-][0-9]+)")


@dataclass(frozen=True, slots=True, order=True)
class Timer:
    """Something to be done at an instant; `name` tells it from the others of its record."""

    at: datetime
    name: str
    what: Literal["act", "remind"]


def timers_of(kind: Kind, revision: Revision, calendar: WorkCalendar) -> tuple[Timer, ...]:
    """Everything that falls due while the record stays as it is, in order of time. Pure.

    An act of the clock is named by its action, a reminder by its task and its distance from the
    last day. A reminder whose time was over when its task began is left out. Nobody is reminded of
    what he has to read on the side, and nothing falls due on a record that is suspended.
    """
    if revision.deleted or revision.state is None or revision.suspended_on is not None:
        return ()
    found = [*_acts(kind, revision, calendar)]
    state = kind.state(revision.state)
    offsets = (state.remind if state is not None else ()) or REMIND
    for task in revision.holding_tasks:
        if task.due_on is not None and not task.blocked:
            found.extend(_reminders(task, task.due_on, offsets, calendar))
    return tuple(sorted(found))


def _acts(kind: Kind, revision: Revision, calendar: WorkCalendar) -> Iterator[Timer]:
    """A day is over at its end; an instant has come when it is there."""
    state = kind.state(revision.state)
    for name, action in kind.actions.items():
        leads = revision.state in action.from_ or (
            ANY_STATE in action.from_ and state is not None and not state.done
        )
        at = _time_of(action.at, revision, calendar) if action.at and leads else None
        if at is not None:
            yield Timer(at, name, "act")


def _time_of(at: At, revision: Revision, calendar: WorkCalendar) -> datetime | None:
    """When an act of the clock comes: by a field, by how long the state lasts, by what is late."""
    if at.field is not None:
        value = revision.fields.get(at.field)
        return _moment(value) if isinstance(value, str) and value else None
    if at.entered is not None:
        began = office_day(revision.entered_at or revision.event.at)
        return _end_of(calendar.after_workdays(began, at.entered) if at.entered else began)
    due = [task.due_on for task in revision.holding_tasks if task.due_on is not None]
    if at.overdue is None or not due:
        return None
    return _end_of(calendar.after_workdays(min(due), at.overdue) if at.overdue else min(due))


def _end_of(day: date) -> datetime:
    """The end of a day in Beijing."""
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def _reminders(
    task: Task, due_on: date, offsets: tuple[int, ...], calendar: WorkCalendar
) -> Iterator[Timer]:
    """One for each distance in working days from the last day: before, on it, after it."""
    for offset in offsets:
        if offset < 0:
            day = calendar.before_workdays(due_on, -offset)
        else:
            day = calendar.after_workdays(due_on, offset)
        at = datetime.combine(day, REMIND_AT, OFFICE_ZONE)
        if at > task.opened_at:
            yield Timer(at, f"task-{task.number}{offset:+d}", "remind")


def _moment(value: str) -> datetime | None:
    """When a day is past, or the instant itself; None for what is neither."""
    try:
        if len(value) == len("2026-01-01"):
            return _end_of(date.fromisoformat(value))
        found = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_ZONE)


def reminder_of(name: str) -> tuple[int, About] | None:
    """Task and matter of a reminder's name; None for an act of the clock."""
    found = _REMINDER.fullmatch(name)
    if found is None:
        return None
    offset = int(found[2])
    return int(found[1]), About.DUE_SOON if offset < 0 else About.OVERDUE if offset else About.DUE
