"""Rooms in use and what is booked in them, as a caller may read it (HY-01, HY-04)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from records.errors import NotFound
from records.fields import instant_of
from records.identity import KindName, RecordId
from records.lists.statistics import STATE
from records.revision import Revision
from records.times.office_time import OFFICE_ZONE
from services.finding.browse import RecordOpener
from services.finding.kind_lists import KindLists, ListAsked
from services.finding.list_filters import Filter
from services.finding.listing import MAX_SIZE
from services.people.caller import Caller

ROOM = KindName("room")
BOOKING = KindName("room_booking")
IN_USE = "open"
SHOWN = ("approval", "booked", "used")
"""States of bookings that a calendar shows; one that waits is readable by its parties alone."""

LONGEST_DAYS = 31
"""A booking that began so long before a day may still go on (MOST_SLOTS)."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking with its time, both ends aware."""

    revision: Revision
    room: str
    begins: datetime
    ends: datetime


def rooms_in_use(lists: KindLists, caller: Caller) -> tuple[Revision, ...]:
    """Rooms that can be booked, by name. Raises Unavailable."""
    found = _all_of(lists, caller, ROOM, ((STATE, IN_USE),))
    return tuple(sorted(found, key=lambda room: str(room.fields.get("title"))))


def room_of(opener: RecordOpener, caller: Caller, record: RecordId) -> Revision:
    """One room. Raises NotFound (``unknown_record``), for records that are no rooms too."""
    opened = opener.open(caller, record)
    if opened.kind.kind != ROOM:
        raise NotFound("unknown_record", record=record)
    return opened.revision


def bookings(
    lists: KindLists, caller: Caller, first: date, last: date, *, room: str | None = None
) -> tuple[Booking, ...]:
    """What the caller may read of bookings that touch the days, by their beginning.

    Raises Unavailable.
    """
    begun = f"{first - timedelta(days=LONGEST_DAYS)}..{last}"
    filters = [("begins", begun), *((STATE, state) for state in SHOWN)]
    if room is not None:
        filters.append(("room", room))
    opens = datetime.combine(first, time(), OFFICE_ZONE)
    closes = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    found = filter(None, map(_booking, _all_of(lists, caller, BOOKING, tuple(filters))))
    touching = (each for each in found if each.begins < closes and each.ends > opens)
    return tuple(sorted(touching, key=lambda each: (each.begins, each.revision.record)))


def _booking(revision: Revision) -> Booking | None:
    """None for one whose room or time is not said yet."""
    room, begins, ends = (revision.fields.get(name) for name in ("room", "begins", "ends"))
    if not (isinstance(room, str) and isinstance(begins, str) and isinstance(ends, str)):
        return None
    return Booking(revision, room, instant_of(begins), instant_of(ends))


def _all_of(
    lists: KindLists, caller: Caller, kind: KindName, filters: tuple[Filter, ...]
) -> Iterator[Revision]:
    """All that the caller may read of a list, page by page."""
    after = None
    while True:
        asked = ListAsked(filters=filters, size=MAX_SIZE, after=after)
        page = lists.page(caller, kind, asked, counted=False).page
        yield from (row.revision for row in page.rows)
        after = page.following
        if after is None:
            return
