"""The calendar of what can be booked, as rooms: one by the hour, or all by the day."""

from dataclasses import dataclass

from search_ui.views.fields import FormField
from search_ui.views.shell import Crumb, Tab, Tone


@dataclass(frozen=True, slots=True)
class Block:
    """A booking in the calendar."""

    title: str
    times: str
    who: str
    href: str
    tone: Tone = "info"
    note: str = ""
    """The state of one that is not booked yet."""
    place: str = ""
    """Names of the classes that put it at its time (static/calendar.css)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Half an hour: free to be booked when it has an address."""

    begins: str
    """2026-03-02T09:00, in Beijing."""
    ends: str
    label: str
    place: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week shown."""

    weekday: str
    day: str
    today: bool = False
    slots: tuple[Slot, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One of them on a day."""

    blocks: tuple[Block, ...]
    new_href: str | None = None
    new_label: str = ""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One of them through the week."""

    name: str
    href: str
    facts: str
    cells: tuple[CalendarCell, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A week; of one when `one` says which, else of all."""

    what: str
    """What they are called, as 会议室."""
    week: str
    tabs: tuple[Tab, ...]
    previous_href: str
    next_href: str
    this_href: str
    days: tuple[Day, ...]
    rows: tuple[CalendarRow, ...] = ()
    one: str = ""
    facts: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    """Words of the margin, each with its place."""
    one_href: str | None = None
    feed_href: str | None = None
    book_href: str | None = None
    """Before it is filled in by where one drags: …&begins=…&ends=…, with the `names` of both."""
    names: tuple[str, str] = ("", "")
    weekly_href: str | None = None
    new_href: str | None = None


@dataclass(frozen=True, slots=True)
class WeeklyForm:
    """The same booking week after week; `href` is that of the form, `back_href` of the calendar."""

    crumbs: tuple[Crumb, ...]
    href: str
    back_href: str
    fields: tuple[FormField, ...]
    idempotency_key: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """What became of one week."""

    day: str
    href: str | None
    told: str


@dataclass(frozen=True, slots=True)
class WeeklyOutcome:
    """Which weeks were booked, and which were left out, and why."""

    crumbs: tuple[Crumb, ...]
    title: str
    begun: tuple[WeekLine, ...]
    skipped: tuple[WeekLine, ...]
    back_href: str
