"""A week of what can be booked as its page shows it: one by the hour, or all by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from records.meaning import title_of
from records.revision import Revision
from records.schema.kind_fields import FieldType
from records.times.office_time import OFFICE_ZONE
from search_ui.formats import WEEKDAYS, clock, day, short_day
from search_ui.shown.fields import value_lines
from search_ui.shown.related import Related
from search_ui.shown.words import calendar_href, record_href
from search_ui.texts import Texts
from search_ui.views.calendar import Block, CalendarCell, CalendarPage, CalendarRow, Day, Slot
from search_ui.views.shell import Tab
from services.finding.bookings import Booking, Calendar
from services.people.caller import Caller

FIRST_HOUR, LAST_HOUR = 8, 20
"""Hours that the calendar shows; what lies outside stands at its edge, with its times in words."""

STEP = timedelta(minutes=30)
ROWS_AN_HOUR = 4
WHOLE_DAY = ("00:00", "24:00")
_WITH_LABEL = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


def monday_of(on: date) -> date:
    """The first day of its week."""
    return on - timedelta(days=on.weekday())


@dataclass(frozen=True, slots=True)
class WeekShowing:
    """Makes the page of a week for one caller."""

    caller: Caller
    texts: Texts
    related: Related
    calendar: Calendar
    monday: date
    may_book: bool
    may_keep: bool

    def page(
        self, found: Sequence[Revision], booked: Sequence[Booking], one: Revision | None
    ) -> CalendarPage:
        """The week of one of them, or of all that can be booked."""
        chosen = one.record if one is not None else ""
        declared, base = self.calendar.declared, calendar_href(self.calendar.kind.kind)
        here = self.monday == monday_of(self.caller.today)
        last = self.monday + timedelta(days=6)
        return CalendarPage(
            what=self.calendar.resource.title,
            week=f"{day(self.monday)}—{short_day(last)}",
            tabs=(
                Tab(
                    self.texts("calendar.all", what=self.calendar.resource.title),
                    self._href(""),
                    current=not chosen,
                ),
                *(
                    Tab(self._name(each), self._href(each.record), current=each.record == chosen)
                    for each in found
                ),
            ),
            previous_href=self._href(chosen, weeks=-1),
            next_href=self._href(chosen, weeks=1),
            this_href="" if here else calendar_href(self.calendar.kind.kind, chosen),
            days=tuple(self._day(number, booked, one) for number in range(7)),
            rows=() if one else tuple(self._row(each, booked) for each in found),
            one=self._name(one) if one else "",
            facts=self._facts(one) if one else "",
            hours=tuple((f"{h}:00", _place(h, 0)) for h in range(FIRST_HOUR, LAST_HOUR)),
            one_href=record_href(chosen) if chosen else None,
            feed_href=f"{base}/{chosen}.ics" if chosen else None,
            book_href=self._book(one) if one and self.may_book else None,
            names=(declared.from_, declared.to),
            weekly_href=f"{base}/weekly?{urlencode({declared.of: chosen})}"
            if self.may_book and declared.weekly
            else None,
            new_href=f"/records/new/{self.calendar.resource.kind}" if self.may_keep else None,
        )

    def _href(self, one: str, *, weeks: int = 0) -> str:
        monday = self.monday + timedelta(weeks=weeks)
        given = {"of": one} if one else {}
        asked = urlencode({**given, "week": monday.isoformat()})
        return f"{calendar_href(self.calendar.kind.kind)}?{asked}"

    def _book(self, one: Revision, *, begins: str = "", ends: str = "") -> str:
        declared = self.calendar.declared
        given = {declared.of: one.record, declared.from_: begins, declared.to: ends}
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"/records/new/{self.calendar.kind.kind}?{asked}"

    def _name(self, one: Revision) -> str:
        return title_of(self.calendar.resource, one) or one.record

    def _facts(self, one: Revision) -> str:
        """What its list shows of it but days, a number with its label; when it is open."""
        kind, told = self.calendar.resource, []
        for name in kind.list.columns:
            field = kind.fields[name]
            if name == kind.meaning.title or field.type is FieldType.DATE:
                continue
            lines = value_lines(
                field, one.fields.get(name), self.caller.organisation, related=self.related
            )
            label = f"{field.label} " if field.type in _WITH_LABEL else ""
            told += [f"{label}{line}" for line in lines]
        opens, closes = _hours(one)
        told += [f"{opens}—{closes}"] if (opens, closes) != WHOLE_DAY else []
        return " · ".join(told)

    def _day(self, number: int, booked: Sequence[Booking], one: Revision | None) -> Day:
        on = self.monday + timedelta(days=number)
        mine = [b for b in booked if one is not None and b.of == one.record and _on(b, on)]
        return Day(
            weekday=f"周{WEEKDAYS[number]}",
            day=short_day(on),
            today=on == self.caller.today,
            slots=tuple(self._slots(one, on, mine)) if one else (),
            blocks=tuple(self._block(each, on) for each in mine),
        )

    def _slots(self, one: Revision, on: date, booked: Sequence[Booking]) -> list[Slot]:
        """The half hours of a day; those past, closed or taken have no address."""
        opens, closes = _hours(one)
        slots: list[Slot] = []
        for step in range((LAST_HOUR - FIRST_HOUR) * 2):
            begins = datetime.combine(on, time(FIRST_HOUR), OFFICE_ZONE) + step * STEP
            ends = begins + STEP
            taken = any(each.begins < ends and each.ends > begins for each in booked)
            closed = f"{begins:%H:%M}" < opens or f"{ends:%H:%M}" > closes
            free = self.may_book and not taken and not closed and begins > self.caller.now
            from_, to = (f"{at:%Y-%m-%dT%H:%M}" for at in (begins, ends))
            label = self.texts("calendar.book_at", at=f"{short_day(on)} {clock(begins)}")
            slots.append(
                Slot(
                    from_,
                    to,
                    label,
                    _place(begins.hour, begins.minute, rows=2),
                    self._book(one, begins=from_, ends=to) if free else None,
                )
            )
        return slots

    def _row(self, one: Revision, booked: Sequence[Booking]) -> CalendarRow:
        mine = [each for each in booked if each.of == one.record]
        return CalendarRow(
            self._name(one),
            self._href(one.record),
            self._facts(one),
            tuple(self._cell(one, self.monday + timedelta(days=n), mine) for n in range(7)),
        )

    def _cell(self, one: Revision, on: date, booked: Sequence[Booking]) -> CalendarCell:
        blocks = tuple(self._block(each, on) for each in booked if _on(each, on))
        if not self.may_book or on < self.caller.today:
            return CalendarCell(blocks)
        begins = datetime.combine(on, time(9), OFFICE_ZONE)
        from_, to = (f"{at:%Y-%m-%dT%H:%M}" for at in (begins, begins + 2 * STEP))
        label = self.texts("calendar.book_in", name=self._name(one), day=short_day(on))
        return CalendarCell(blocks, self._book(one, begins=from_, ends=to), label)

    def _block(self, booking: Booking, on: date) -> Block:
        kind, fields = self.calendar.kind, booking.revision.fields
        state = kind.state(booking.revision.state)
        certain = self.calendar.is_settled(booking)
        begins, ends = booking.begins.astimezone(OFFICE_ZONE), booking.ends.astimezone(OFFICE_ZONE)
        first = begins if begins.date() == on else begins.replace(hour=0, minute=0)
        last = ends if ends.date() == on else ends.replace(hour=23, minute=59)
        return Block(
            title=title_of(kind, booking.revision),
            times=f"{_told(begins, on)}–{_told(ends, on)}",
            who=str(fields.get(self.calendar.declared.who) or ""),
            href=record_href(booking.revision.record),
            tone="info" if certain else "warning",
            note="" if certain or state is None else state.label,
            place=_span(first, last),
        )


def _hours(one: Revision) -> tuple[str, str]:
    """From when to when it is open, hh:mm, as the guard `open_hours` reads it."""
    opens, closes = (one.fields.get(name) for name in ("open_from", "open_to"))
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
