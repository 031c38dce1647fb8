"""工作助手: one's month, plans and notes; and what of it is for today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannerRow:
    """An item, or a task of 待办 on its last day; what is a record leads to it alone."""

    text: str
    when: str = ""
    late: bool = False
    done: bool = False
    href: str | None = None
    """Of the record; of an item of one's own None."""
    edit_href: str = ""
    base: str = ""
    """Where `/done` and `/drop` of the item are sent to."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month, or of the weeks around it."""

    number: int
    label: str
    href: str
    lines: tuple[PlannerRow, ...] = ()
    more: int = 0
    today: bool = False
    chosen: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class PlannerForm:
    """The form of one sort of item; `item` is empty for a new one."""

    sort: str
    item: str = ""
    version: int = 0
    text: str = ""
    on: str = ""
    begins: str = ""
    ends: str = ""
    done: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AssistantPage:
    """The month in weeks from Monday; the day that is chosen; plans, the open ones first; notes."""

    month: str
    previous_href: str
    next_href: str
    this_href: str
    weekdays: str
    """Their names in one character each, from Monday."""
    weeks: tuple[tuple[MonthDay, ...], ...]
    day: str
    agenda: tuple[PlannerRow, ...]
    plans: tuple[PlannerRow, ...]
    notes: tuple[PlannerRow, ...]
    appointment: PlannerForm
    plan: PlannerForm
    note: PlannerForm
    stay: str
    """The day that stands open, for the way back."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """What of it is for today, on the first page."""

    rows: tuple[PlannerRow, ...]
