"""Rooms in use and what is booked in them, as a caller may read it (HY-01, HY-04)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from records.errors import NotFound
from records.fields import instant_of
from records.identity import KindName, RecordId
from records.office_time import OFFICE_ZONE
from records.revision import Revision
from records.search import Narrowing, SortOrder
from services.finding.browse import RecordOpener
from services.finding.searching import RecordFinder
from services.people.caller import Caller

ROOM = KindName("room")
BOOKING = KindName("room_booking")
IN_USE = "open"
SHOWN = ("approval", "booked", "used")
"""States of bookings that a calendar shows; one that waits is readable by its parties alone."""

LONGEST_DAYS = 31
"""A booking that began so long before a day may still go on (records.reservations.MOST_SLOTS)."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking with its time, both ends aware."""

    revision: Revision
    room: str
    begins: datetime
    ends: datetime


def rooms_in_use(finder: RecordFinder, caller: Caller) -> tuple[Revision, ...]:
    """Rooms that can be booked, by name. Raises Unavailable."""
    found = _all_of(finder, caller, Narrowing(kinds=(ROOM,), states=(IN_USE,)))
    return tuple(sorted(found, key=lambda room: str(room.fields.get("title"))))


def room_of(opener: RecordOpener, caller: Caller, record: RecordId) -> Revision:
    """One room. Raises NotFound (``unknown_record``), for records that are no rooms too."""
    opened = opener.open(caller, record)
    if opened.kind.kind != ROOM:
        raise NotFound("unknown_record", record=record)
    return opened.revision


def bookings(
    finder: RecordFinder, caller: Caller, first: date, last: date, *, room: str | None = None
) -> tuple[Booking, ...]:
    """What the caller may read of bookings that touch the days, by their beginning.

    Raises Unavailable.
    """
    narrowing = Narrowing(
        kinds=(BOOKING,), states=SHOWN, first=first - timedelta(days=LONGEST_DAYS), last=last
    )
    opens = datetime.combine(first, time(), OFFICE_ZONE)
    closes = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    found = filter(None, map(_booking, _all_of(finder, caller, narrowing)))
    touching = (
        each
        for each in found
        if each.begins < closes and each.ends > opens and room in (None, each.room)
    )
    return tuple(sorted(touching, key=lambda each: (each.begins, each.revision.record)))


def _booking(revision: Revision) -> Booking | None:
    """None for one whose room or time is not said yet."""
    room, begins, ends = (revision.fields.get(name) for name in ("room", "begins", "ends"))
    if not (isinstance(room, str) and isinstance(begins, str) and isinstance(ends, str)):
        return None
    return Booking(revision, room, instant_of(begins), instant_of(ends))


def _all_of(finder: RecordFinder, caller: Caller, narrowing: Narrowing) -> Iterator[Revision]:
    """All records of a list, page by page; hits that may not be read count as seen."""
    offset, total = 0, 1
    while offset < total:
        total, found = finder.listed(
            caller, narrowing, sort=SortOrder.DATE, offset=offset, limit=_AT_ONCE
        )
        yield from found
        offset += _AT_ONCE
