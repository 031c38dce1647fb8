"""The instants at which something falls due on a record: acts of the clock, and reminders (M13).

What is due is judged by the newest revision when the time has come: a timer that the newest
revision does not have any more is void (TIM-10).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from records.consequences.effects import About
from records.flow.action_parts import At
from records.flow.verbs import ANY_STATE
from records.revision import Revision
from records.schema.kind import Kind
from records.times.calendar import WorkCalendar
from records.times.lingering import last_day, lingering
from records.times.office_time import OFFICE_ZONE, office_day

REMIND_AT = time(9, 0)
"""When people are reminded, in Beijing time: when the office has begun to work."""

REMIND = (-1, 0, 1)
"""Working days before, on and after the last day, where the state does not say when to remind."""

_REMINDER = re.compile(r"(?:(task|late)-([0-9]+)|lingers)([+-][0-9]+)")


@dataclass(frozen=True, slots=True, order=True)
class Timer:
    """Something to be done at an instant; `name` tells it from the others of its record."""

    at: datetime
    name: str
    what: Literal["act", "remind"]


def timers_of(kind: Kind, revision: Revision, calendar: WorkCalendar) -> tuple[Timer, ...]:
    """Everything that falls due while the record stays as it is, in order of time. Pure.

    An act of the clock is named by its action, a reminder by its task, or by the state it lies in,
    and its distance from the last day. A reminder whose time was over when that began is left out.
    Nobody is reminded of what he has to read on the side, and nothing falls due on a record that is
    suspended.
    """
    if revision.deleted or revision.state is None or revision.suspended_on is not None:
        return ()
    found = [*_acts(kind, revision, calendar)]
    state = kind.state(revision.state)
    offsets = (state.remind if state is not None else ()) or REMIND
    for task in revision.holding_tasks:
        if task.due_on is not None and not task.blocked:
            name = f"task-{task.number}"
            found.extend(_reminders(name, task.due_on, offsets, calendar, since=task.opened_at))
            late = tuple({step.workdays for step in state.escalates}) if state else ()
            name = f"late-{task.number}"
            found.extend(_reminders(name, task.due_on, late, calendar, since=task.opened_at))
    lingers, last = lingering(kind, revision), last_day(kind, revision)
    if lingers is not None and last is not None:
        since = revision.entered_at or revision.event.at
        found.extend(_reminders("lingers", last, lingers.remind, calendar, since=since))
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


def _end_of(day: date) -> datetime | None:
    """The end of a day in Beijing; of the last day there is, none."""
    if day == date.max:
        return None
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def _reminders(
    name: str, due_on: date, offsets: tuple[int, ...], calendar: WorkCalendar, *, since: datetime
) -> Iterator[Timer]:
    """One for each distance in working days from the last day: before, on it, after it."""
    for offset in offsets:
        if offset < 0:
            day = calendar.before_workdays(due_on, -offset)
        else:
            day = calendar.after_workdays(due_on, offset)
        at = datetime.combine(day, REMIND_AT, OFFICE_ZONE)
        if at > since:
            yield Timer(at, f"{name}{offset:+d}", "remind")


def _moment(value: str) -> datetime | None:
    """When a day is past, or the instant itself; None for what is neither."""
    try:
        if len(value) == len("2026-01-01"):
            return _end_of(date.fromisoformat(value))
        found = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_ZONE)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a timer reminds of: a task, or (`task` is None) that the record still lies there.

    Where it `escalates`, others than the holder of the task are told.
    """

    task: int | None
    offset: int
    escalates: bool = False

    @property
    def about(self) -> About:
        """Of a task: before its last day, on it, after it."""
        if self.escalates:
            return About.ESCALATED
        late = About.OVERDUE if self.offset else About.DUE
        return About.DUE_SOON if self.offset < 0 else late


def reminder_of(name: str) -> Reminder | None:
    """What the timer of that name reminds of; None for an act of the clock."""
    found = _REMINDER.fullmatch(name)
    if found is None:
        return None
    return Reminder(
        task=int(found[2]) if found[2] else None,
        offset=int(found[3]),
        escalates=found[1] == "late",
    )
