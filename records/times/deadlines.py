"""Deadlines: until when something open is to be done, whether that day is over, or comes soon.

The one rule for red marks, lists, tiles, slips and figures (features.md GT-01, GT-06, DC-07). A day
is over when the next one begins in Beijing, whatever the office hours and whether anybody works on
that day: working days count when a day is set (flow.task_list). While a record is suspended its
time stands (WDR-12): what was late then stays late, and nothing becomes so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from records.revision import Revision


@dataclass(frozen=True, slots=True)
class DueSpan:
    """Last days from `first` up to, not including, `end`."""

    first: date
    end: date

    def holds(self, due_on: date | None) -> bool:
        """Whether a last day lies in it; what has none does not."""
        return due_on is not None and self.first <= due_on < self.end


def over(today: date) -> DueSpan:
    """Last days that are over (超期)."""
    return DueSpan(date.min, today)


def soon(today: date, days: int) -> DueSpan:
    """Today and so many days after it (即将到期), as far as the calendar goes."""
    left = (date.max - today).days
    return DueSpan(today, today + timedelta(days=min(days + 1, left)))


def is_over(due_on: date | None, today: date) -> bool:
    """Whether a last day is over."""
    return over(today).holds(due_on)


def is_late(revision: Revision, due_on: date | None, today: date) -> bool:
    """Whether something open of a record was due on a day that is over; its time may stand."""
    return is_over(due_on, revision.suspended_on or today)


def due_of(revision: Revision) -> date | None:
    """The earliest last day of what keeps a record from moving on; None where nothing has one."""
    days = [task.due_on for task in revision.holding_tasks if task.due_on and not task.blocked]
    return min(days, default=None)


def running(revision: Revision, due_on: date | None) -> date | None:
    """The last day, where it can come or has passed; None while the time to it stands."""
    stopped = revision.suspended_on
    return due_on if stopped is None or is_over(due_on, stopped) else None
