"""What can be booked and what is booked of it, as a caller may read it (HY-01, HY-04, CL-07)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from records.errors import NotFound
from records.fields import instant_of
from records.identity import KindName, RecordId
from records.lists.booking_calendar import CalendarDeclaration
from records.lists.statistics import STATE
from records.revision import Revision
from records.schema.kind import Kind, Kinds
from records.times.office_time import OFFICE_ZONE
from services.finding.browse import RecordOpener
from services.finding.kind_lists import KindLists, ListAsked
from services.finding.list_filters import Filter
from services.finding.listing import MAX_SIZE
from services.people.caller import Caller

LONGEST_DAYS = 31
"""A booking that began so long before a day may still go on (MOST_SLOTS)."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking with its time, both ends aware; `of` is the record that is booked."""

    revision: Revision
    of: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """A kind of bookings, what its calendar says, and the kind of what is booked."""

    kind: Kind
    declared: CalendarDeclaration
    resource: Kind

    def is_open(self, revision: Revision) -> bool:
        """Whether it can be booked: it stands in the first state of its kind."""
        return revision.state == self.resource.start.state

    def is_settled(self, booking: Booking) -> bool:
        """Whether it has its time, or had it, and does not only ask for it."""
        state = self.kind.state(booking.revision.state)
        held = any(name.startswith("slot/") for name in booking.revision.held_names)
        return held or (state is not None and state.done)


def calendar_of(kinds: Kinds, name: str) -> Calendar:
    """The calendar of a kind. Raises NotFound (``no_calendar``) where it has none."""
    kind = kinds.find(name)
    declared = kind.calendar if kind is not None else None
    of = kind.fields[declared.of].of if kind is not None and declared is not None else None
    if kind is None or declared is None or of is None:
        raise NotFound("no_calendar", kind=name)
    return Calendar(kind, declared, kinds.get(of))


def calendar_kind_for(kinds: Kinds, resource: KindName) -> KindName | None:
    """The first kind in whose calendar records of that kind stand; None where there is none."""
    for kind in kinds:
        if kind.calendar is not None and kind.fields[kind.calendar.of].of == resource:
            return kind.kind
    return None


def bookable(lists: KindLists, caller: Caller, calendar: Calendar) -> tuple[Revision, ...]:
    """What can be booked, by its title. Raises Unavailable."""
    title, state = calendar.resource.meaning.title, calendar.resource.start.state
    filters: tuple[Filter, ...] = ((STATE, state),) if state is not None else ()
    found = _all_of(lists, caller, calendar.resource.kind, filters)
    return tuple(sorted(found, key=lambda each: str(each.fields.get(title))))


def resource_of(
    opener: RecordOpener, caller: Caller, calendar: Calendar, record: RecordId
) -> Revision:
    """One of them, whether or not it can be booked now.

    Raises NotFound (``unknown_record``), for records of other kinds too.
    """
    opened = opener.open(caller, record)
    if opened.kind.kind != calendar.resource.kind:
        raise NotFound("unknown_record", record=record)
    return opened.revision


def bookings(
    lists: KindLists,
    caller: Caller,
    calendar: Calendar,
    first: date,
    last: date,
    *,
    of: str | None = None,
) -> tuple[Booking, ...]:
    """What the caller may read of bookings that touch the days, by their beginning.

    Raises Unavailable.
    """
    declared = calendar.declared
    begun = f"{first - timedelta(days=LONGEST_DAYS)}..{last}"
    filters = [(declared.from_, begun), *((STATE, state) for state in declared.shows)]
    if of is not None:
        filters.append((declared.of, of))
    opens = datetime.combine(first, time(), OFFICE_ZONE)
    closes = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    listed = _all_of(lists, caller, calendar.kind.kind, tuple(filters))
    found = filter(None, (_booking(declared, each) for each in listed))
    touching = (each for each in found if each.begins < closes and each.ends > opens)
    return tuple(sorted(touching, key=lambda each: (each.begins, each.revision.record)))


def _booking(declared: CalendarDeclaration, revision: Revision) -> Booking | None:
    """None for one of which it is not said yet what is booked, or when."""
    names = (declared.of, declared.from_, declared.to)
    of, begins, ends = (revision.fields.get(name) for name in names)
    if not (isinstance(of, str) and isinstance(begins, str) and isinstance(ends, str)):
        return None
    return Booking(revision, of, instant_of(begins), instant_of(ends))


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
