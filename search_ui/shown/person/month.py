"""A person's month: appointments, plans by their day, and 待办 on the day they are due (GT-09)."""

from calendar import Calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from records.meaning import title_of
from records.times.deadlines import is_late, is_over
from search_ui.formats import WEEKDAYS, day, short_day
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from search_ui.views.person.assistant import AssistantPage, MonthDay, PlannerForm, PlannerRow
from services.finding.worklists import WorkRow
from services.people.planner_item import ItemSort, PlannerItem

HERE = "/assistant"
SHOWN = 3
"""Lines of a day in the month; the rest stands beneath it once it is chosen."""


def shown_days(on: date) -> tuple[date, date]:
    """The first and the last day that the month of a day shows: whole weeks."""
    weeks = Calendar().monthdatescalendar(on.year, on.month)
    return weeks[0][0], weeks[-1][-1]


@dataclass(frozen=True, slots=True)
class MonthShowing:
    """Makes the page around one day."""

    today: date
    chosen: date
    items: Sequence[PlannerItem]
    due: Sequence[WorkRow]
    t: Texts

    def page(self, forms: Iterable[PlannerForm]) -> AssistantPage:
        """The page with these forms, one of each sort."""
        by_sort = {form.sort: form for form in forms}
        first = self.chosen.replace(day=1)
        before, after = first - timedelta(days=1), first + timedelta(days=31)
        plans = [each for each in self.items if each.sort is ItemSort.PLAN]
        plans.sort(key=lambda each: (each.done, each.on is None, each.on or date.max))
        notes = [each for each in self.items if each.sort is ItemSort.NOTE]
        return AssistantPage(
            month=f"{first.year}年{first.month}月",
            previous_href=_href(before.replace(day=1)),
            next_href=_href(after.replace(day=1)),
            this_href=HERE if (first.year, first.month) != _month(self.today) else "",
            weekdays=WEEKDAYS,
            weeks=tuple(tuple(map(self._day, week)) for week in self._weeks()),
            day=f"{day(self.chosen)} 星期{WEEKDAYS[self.chosen.weekday()]}",
            agenda=tuple(self.lines(self.chosen)),
            plans=tuple(self._row(each) for each in plans),
            notes=tuple(self._row(each) for each in reversed(notes)),
            appointment=by_sort[ItemSort.APPOINTMENT],
            plan=by_sort[ItemSort.PLAN],
            note=by_sort[ItemSort.NOTE],
            stay=self.chosen.isoformat(),
        )

    def lines(self, on: date) -> Iterator[PlannerRow]:
        """All of one day: what has a time in its order, then plans, then tasks that are due."""
        of_day = [each for each in self.items if each.on == on]
        for sort in (ItemSort.APPOINTMENT, ItemSort.PLAN):
            yield from (self._row(each) for each in of_day if each.sort is sort)
        for row in self.due:
            if row.due_on == on:
                href = record_href(row.revision.record)
                due = self.t("assistant.due")
                yield PlannerRow(
                    title_of(row.kind, row.revision),
                    due,
                    is_late(row.revision, on, self.today),
                    href=href,
                )

    def for_today(self) -> tuple[PlannerRow, ...]:
        """What of it is for today, and open plans of days that are over."""
        late = [
            each
            for each in self.items
            if each.sort is ItemSort.PLAN and not each.done and is_over(each.on, self.today)
        ]
        open_ones = (row for row in self.lines(self.today) if not row.done)
        return (*map(self._row, late), *open_ones)

    def _weeks(self) -> Iterator[list[date]]:
        yield from Calendar().monthdatescalendar(self.chosen.year, self.chosen.month)

    def _day(self, on: date) -> MonthDay:
        lines = tuple(self.lines(on))
        return MonthDay(
            number=on.day,
            label=short_day(on),
            href=_href(on),
            lines=lines[:SHOWN],
            more=max(len(lines) - SHOWN, 0),
            today=on == self.today,
            chosen=on == self.chosen,
            outside=on.month != self.chosen.month,
        )

    def _row(self, item: PlannerItem) -> PlannerRow:
        late = item.sort is ItemSort.PLAN and not item.done
        here = item.on or self.chosen
        row = PlannerRow(
            item.text,
            late=late and is_over(item.on, self.today),
            done=item.done,
            edit_href=f"{_href(here)}&{urlencode({'edit': item.id})}#{item.sort}",
            base=f"{HERE}/{item.id}",
        )
        return replace(row, when=_when(item, self.t))


def _when(item: PlannerItem, t: Texts) -> str:
    if item.sort is ItemSort.PLAN:
        return t("assistant.by", day=short_day(item.on)) if item.on else ""
    if item.begins is None:
        return ""
    begins = f"{item.begins:%H:%M}"
    return f"{begins}–{item.ends:%H:%M}" if item.ends else begins


def _month(on: date) -> tuple[int, int]:
    return on.year, on.month


def _href(on: date) -> str:
    return f"{HERE}?{urlencode({'day': on.isoformat()})}"
