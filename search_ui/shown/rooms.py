"""A week of rooms as its page shows it: one room by the hour, or all rooms by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from records.revision import Revision
from records.schema.kind import Kind
from records.times.office_time import OFFICE_ZONE
from search_ui.formats import WEEKDAYS, clock, day, short_day
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from search_ui.views.rooms import Block, Day, RoomCell, RoomRow, RoomsPage, Slot
from search_ui.views.shell import Tab
from services.finding.rooms import BOOKING, ROOM, Booking
from services.people.caller import Caller

FIRST_HOUR, LAST_HOUR = 8, 20
"""Hours that the calendar shows; what lies outside stands at its edge, with its times in words."""

STEP = timedelta(minutes=30)
ROWS_AN_HOUR = 4
WHOLE_DAY = ("00:00", "24:00")


def monday_of(on: date) -> date:
    """The first day of its week."""
    return on - timedelta(days=on.weekday())


@dataclass(frozen=True, slots=True)
class WeekShowing:
    """Makes the page of a week for one caller."""

    caller: Caller
    texts: Texts
    booking_kind: Kind
    monday: date
    may_book: bool
    may_keep: bool

    def page(
        self, rooms: Sequence[Revision], booked: Sequence[Booking], room: Revision | None
    ) -> RoomsPage:
        """The week of one room, or of all of them."""
        chosen = room.record if room is not None else ""
        here = self.monday == monday_of(self.caller.today)
        last = self.monday + timedelta(days=6)
        return RoomsPage(
            week=f"{day(self.monday)}—{short_day(last)}",
            tabs=(
                Tab(self.texts("rooms.all"), self._href(""), current=not chosen),
                *(
                    Tab(_name(each), self._href(each.record), current=each.record == chosen)
                    for each in rooms
                ),
            ),
            previous_href=self._href(chosen, weeks=-1),
            next_href=self._href(chosen, weeks=1),
            this_href=""
            if here
            else f"/rooms?{urlencode({'room': chosen})}"
            if chosen
            else "/rooms",
            days=tuple(self._day(number, booked, room) for number in range(7)),
            rows=() if room else tuple(self._row(each, booked) for each in rooms),
            room=_name(room) if room else "",
            facts=self._facts(room) if room else "",
            hours=tuple((f"{h}:00", _place(h, 0)) for h in range(FIRST_HOUR, LAST_HOUR)),
            room_href=record_href(chosen) if chosen else None,
            feed_href=f"/rooms/{chosen}/calendar.ics" if chosen else None,
            book_href=self._book(room) if room and self.may_book else None,
            weekly_href=f"/rooms/weekly?{urlencode({'room': chosen})}" if self.may_book else None,
            new_room_href=f"/records/new/{ROOM}" if self.may_keep else None,
        )

    def _href(self, room: str, *, weeks: int = 0) -> str:
        monday = self.monday + timedelta(weeks=weeks)
        given = {"room": room} if room else {}
        return f"/rooms?{urlencode({**given, 'week': monday.isoformat()})}"

    def _book(self, room: Revision, **more: str) -> str:
        return f"/records/new/{BOOKING}?{urlencode({'room': room.record, **more})}"

    def _facts(self, room: Revision) -> str:
        opens, closes = _hours(room)
        seats = self.texts("rooms.seats", n=room.fields.get("seats") or "—")
        equipment = room.fields.get("equipment")
        told = [str(room.fields.get("place") or ""), seats]
        told += ["、".join(equipment)] if isinstance(equipment, tuple) else []
        told += [f"{opens}—{closes}"] if (opens, closes) != WHOLE_DAY else []
        return " · ".join(filter(None, told))

    def _day(self, number: int, booked: Sequence[Booking], room: Revision | None) -> Day:
        on = self.monday + timedelta(days=number)
        mine = [b for b in booked if room is not None and b.room == room.record and _on(b, on)]
        return Day(
            weekday=f"周{WEEKDAYS[number]}",
            day=short_day(on),
            today=on == self.caller.today,
            slots=tuple(self._slots(room, on, mine)) if room else (),
            blocks=tuple(self._block(each, on) for each in mine),
        )

    def _slots(self, room: Revision, on: date, booked: Sequence[Booking]) -> list[Slot]:
        """The half hours of a day; those past, closed or taken have no address."""
        opens, closes = _hours(room)
        slots: list[Slot] = []
        for step in range((LAST_HOUR - FIRST_HOUR) * 2):
            begins = datetime.combine(on, time(FIRST_HOUR), OFFICE_ZONE) + step * STEP
            ends = begins + STEP
            taken = any(each.begins < ends and each.ends > begins for each in booked)
            closed = f"{begins:%H:%M}" < opens or f"{ends:%H:%M}" > closes
            free = self.may_book and not taken and not closed and begins > self.caller.now
            from_, to = (f"{at:%Y-%m-%dT%H:%M}" for at in (begins, ends))
            label = self.texts("rooms.book_at", at=f"{short_day(on)} {clock(begins)}")
            slots.append(
                Slot(
                    from_,
                    to,
                    label,
                    _place(begins.hour, begins.minute, rows=2),
                    self._book(room, begins=from_, ends=to) if free else None,
                )
            )
        return slots

    def _row(self, room: Revision, booked: Sequence[Booking]) -> RoomRow:
        mine = [each for each in booked if each.room == room.record]
        return RoomRow(
            _name(room),
            self._href(room.record),
            self._facts(room),
            tuple(self._cell(room, self.monday + timedelta(days=n), mine) for n in range(7)),
        )

    def _cell(self, room: Revision, on: date, booked: Sequence[Booking]) -> RoomCell:
        blocks = tuple(self._block(each, on) for each in booked if _on(each, on))
        if not self.may_book or on < self.caller.today:
            return RoomCell(blocks)
        begins = datetime.combine(on, time(9), OFFICE_ZONE)
        given = {
            "begins": f"{begins:%Y-%m-%dT%H:%M}",
            "ends": f"{begins + 2 * STEP:%Y-%m-%dT%H:%M}",
        }
        label = self.texts("rooms.book_in", room=_name(room), day=short_day(on))
        return RoomCell(blocks, self._book(room, **given), label)

    def _block(self, booking: Booking, on: date) -> Block:
        fields, state = booking.revision.fields, self.booking_kind.state(booking.revision.state)
        certain = state is not None and state.done
        begins, ends = booking.begins.astimezone(OFFICE_ZONE), booking.ends.astimezone(OFFICE_ZONE)
        first = begins if begins.date() == on else begins.replace(hour=0, minute=0)
        last = ends if ends.date() == on else ends.replace(hour=23, minute=59)
        return Block(
            title=str(fields.get("title") or ""),
            times=f"{_told(begins, on)}–{_told(ends, on)}",
            who=str(fields.get("contact") or ""),
            href=record_href(booking.revision.record),
            tone="info" if certain else "warning",
            note="" if certain or state is None else state.label,
            place=_span(first, last),
        )


def _name(room: Revision) -> str:
    return str(room.fields.get("title") or room.record)


def _hours(room: Revision) -> tuple[str, str]:
    """From when to when it is open, hh:mm."""
    opens, closes = (room.fields.get(name) for name in ("open_from", "open_to"))
    return str(opens or WHOLE_DAY[0]), str(closes or WHOLE_DAY[1])


def _on(booking: Booking, on: date) -> bool:
    opens = datetime.combine(on, time(), OFFICE_ZONE)
    return booking.begins < opens + timedelta(days=1) and booking.ends > opens


def _told(at: datetime, on: date) -> str:
    return clock(at) if at.date() == on else f"{short_day(at)} {clock(at)}"


def _row_of(hour: int, minute: int) -> int:
    """The row of a quarter of an hour, counted from 1."""
    return (hour - FIRST_HOUR) * ROWS_AN_HOUR + minute // 15 + 1


def _place(hour: int, minute: int, *, rows: int = ROWS_AN_HOUR) -> str:
    return f"at-{_row_of(hour, minute)} for-{rows}"


def _span(first: datetime, last: datetime) -> str:
    """Between the edges of what is shown, a quarter of an hour at least."""
    bottom = (LAST_HOUR - FIRST_HOUR) * ROWS_AN_HOUR
    top = min(max(_row_of(first.hour, first.minute), 1), bottom)
    end = min(
        max(_row_of(last.hour, last.minute) + (1 if last.minute % 15 else 0), top + 1), bottom + 1
    )
    return f"at-{top} for-{end - top}"
