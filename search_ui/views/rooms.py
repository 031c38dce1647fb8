"""The calendar of rooms: one room by the hour, or all rooms by the day."""

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
class RoomCell:
    """A room on a day."""

    blocks: tuple[Block, ...]
    new_href: str | None = None
    new_label: str = ""


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room through the week."""

    name: str
    href: str
    facts: str
    cells: tuple[RoomCell, ...]


@dataclass(frozen=True, slots=True)
class RoomsPage:
    """A week; of one room when `room` says which, else of all."""

    week: str
    tabs: tuple[Tab, ...]
    previous_href: str
    next_href: str
    this_href: str
    days: tuple[Day, ...]
    rows: tuple[RoomRow, ...] = ()
    room: str = ""
    facts: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    """Words of the margin, each with its place."""
    room_href: str | None = None
    feed_href: str | None = None
    book_href: str | None = None
    """Before it is filled in by where one drags: …&begins=…&ends=…."""
    weekly_href: str | None = None
    new_room_href: str | None = None


@dataclass(frozen=True, slots=True)
class WeeklyForm:
    """The same booking week after week."""

    crumbs: tuple[Crumb, ...]
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
