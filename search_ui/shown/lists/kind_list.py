"""The list of a kind as a view."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from records.identity import UnitCode
from records.lists.menu import BEGAN, HANDLED, MINE
from records.lists.statistics import STATE, UNIT
from records.meaning import title_of
from records.schema.kind_fields import FieldType
from records.times.deadlines import is_over
from records.times.lingering import last_day, lingering
from search_ui.shown.lists.filter_words import condition_label, condition_value
from search_ui.shown.lists.folder_tree import folder_tree
from search_ui.shown.lists.list_views import Parameters, parameters_of
from search_ui.shown.paging import Place, place_pager
from search_ui.shown.words import calendar_href, record_href, state_badge
from search_ui.texts import Texts
from search_ui.views.lists.kind_list import (
    ColumnHead,
    DayFilter,
    FilterGroup,
    KindListPage,
    ListCell,
    ListRow,
    ListViews,
)
from search_ui.views.search import Chip, FacetValue
from search_ui.views.shell import Badge
from services.exporting.export_desk import AT_ONCE
from services.finding.kind_lists import KindList, ListAsked
from services.finding.list_columns import Column, points, shown, value_of
from services.finding.list_filters import DAYS, Filter, counted_names, state_of
from services.finding.listing import Listed
from services.library import FolderLine
from services.people.caller import Caller

_OFFERED = 50
"""Values of one field that are offered to narrow by, the most frequent first."""

_WHOLE = 16
"""Characters of a value that is not broken over lines: numbers of documents, names of units."""

_FIGURES = frozenset({FieldType.DATE, FieldType.INTEGER, FieldType.DECIMAL, FieldType.INSTANT})


class KindListShowing:
    """Shows one list to one caller."""

    def __init__(self, found: KindList, asked: ListAsked, caller: Caller, t: Texts) -> None:
        self._found = found
        self._kind = found.kind
        self._asked = asked
        self._caller = caller
        self._t = t
        self._base = f"/kinds/{quote(found.kind.kind)}"

    def page(
        self,
        place: Place,
        views: ListViews,
        *,
        may_begin: bool,
        has_statistics: bool,
        folders: Sequence[FolderLine] = (),
        keeps_folders: bool = False,
    ) -> KindListPage:
        """The page."""
        given, kind = self._given(), self._kind
        exported = f"{self._base}/export?{urlencode([*given, ('format', 'xlsx')])}"
        rows = tuple(map(self._row, self._found.page.rows))
        return KindListPage(
            kind=kind.title,
            base=self._base,
            words=self._asked.words,
            kept=tuple(pair for pair in given if pair[0] != "q"),
            heads=tuple(map(self._head, self._found.columns)),
            rows=rows,
            filters=(*self._tree(folders), *self._mine(), *self._filters(), *self._units()),
            days=tuple(self._days()) if rows or self._asked.filters else (),
            chips=tuple(self._chips()),
            clear_href=self._address(parameters_of(replace(self._asked, filters=(), words=""))),
            export_xlsx_href=exported,
            export_csv_href=exported.replace("format=xlsx", "format=csv"),
            pager=place_pager(
                self._found.page, place, len(rows), given, base=self._base, size=self._asked.size
            ),
            sort_href=(
                self._address(tuple(pair for pair in given if pair[0] != "sort"))
                if self._asked.sort
                else None
            ),
            calendar_href=calendar_href(kind.kind) if kind.calendar else None,
            statistics_href=f"{self._base}/statistics" if has_statistics else None,
            new_href=f"/records/new/{kind.kind}" if may_begin and kind.has_flow else None,
            export_long_href=(
                f"{self._base}/exports" if self._found.page.total > AT_ONCE else None
            ),
            bulk_href=f"{self._base}/bulk" if kind.has_flow and rows else None,
            views=views,
            folders_href=f"{self._base}/folders" if keeps_folders else None,
        )

    def _given(self) -> Parameters:
        return parameters_of(self._asked)

    def _address(self, parameters: Parameters) -> str:
        return f"{self._base}?{urlencode(parameters)}" if parameters else self._base

    def _with(self, filters: tuple[Filter, ...]) -> str:
        return self._address(parameters_of(replace(self._asked, filters=filters)))

    def _head(self, column: Column) -> ColumnHead:
        asked = self._asked.sort
        up, down = asked == column.name, asked == f"-{column.name}"
        rest = tuple(pair for pair in self._given() if pair[0] != "sort")
        begins_down = column.type in _FIGURES
        falling = not down if (up or down) else begins_down
        wanted = f"-{column.name}" if falling else column.name
        return ColumnHead(
            label=column.label,
            href=self._address((*rest, ("sort", wanted))) if column.sortable else None,
            sorted_as="ascending" if up else "descending" if down else "",
            hint=self._t("list.sort_down" if falling else "list.sort_up", label=column.label),
            figures=column.type in _FIGURES,
        )

    def _row(self, listed: Listed) -> ListRow:
        return ListRow(
            href=record_href(listed.revision.record),
            cells=tuple(self._cell(column, listed) for column in self._found.columns),
            id=listed.revision.record,
            name=title_of(listed.kind, listed.revision),
        )

    def _cell(self, column: Column, listed: Listed) -> ListCell:
        if column.name == STATE:
            state = listed.kind.state(listed.revision.state)
            opens = state.opens if state is not None else None
            href = record_href(listed.revision.record, do=opens) if opens else None
            return ListCell("", state_badge(listed.kind, listed.revision), whole=True, href=href)
        figures = column.type in _FIGURES
        text = shown(value_of(column, listed), column, self._caller, self._found.titles)
        if self._lies_too_long(column, listed):
            return ListCell("", Badge(self._t("list.late", day=text), "danger"), whole=True)
        names = [each.name for each in self._found.columns]
        title = self._kind.meaning.title
        leads = column.name == (title if title in names else names[0])
        whole = figures or (not leads and len(text) <= _WHOLE)
        return ListCell(
            text or (self._t("list.unnamed") if leads else ""), whole=whole, leads=leads
        )

    def _lies_too_long(self, column: Column, listed: Listed) -> bool:
        """Whether the column holds the last day on which it was to be filed, and that is over."""
        lingers = lingering(listed.kind, listed.revision)
        last = last_day(listed.kind, listed.revision)
        named = lingers is not None and lingers.field == column.name
        return named and is_over(last, self._caller.today)

    def _filters(self) -> Iterator[FilterGroup]:
        for name, counted in counted_names(self._kind).items():
            if name == self._kind.meaning.folder:
                continue
            values = []
            for value, count in self._found.page.counts.get(counted, ()):
                one = (name, state_of(value) if name == STATE else value)
                values.append(self._switch(one, count))
            if values:
                yield FilterGroup(self._field_label(name), tuple(values[:_OFFERED]))

    def _tree(self, folders: Sequence[FolderLine]) -> Iterator[FilterGroup]:
        """The folders of the library, where the kind has one."""
        name = self._kind.meaning.folder
        if name is None or not folders:
            return
        chosen = tuple(value for field, value in self._asked.filters if field == name)
        others = tuple(each for each in self._asked.filters if each[0] != name)
        yield FilterGroup(
            self._field_label(name),
            folder_tree(
                folders,
                self._caller.organisation.library,
                dict(self._found.page.counts.get(f"field.{name}", ())),
                chosen=chosen,
                narrowed=lambda code: self._with((*others, (name, code)) if code else others),
            ),
        )

    def _mine(self) -> Iterator[FilterGroup]:
        """What the caller began and what he acted on, of a kind that goes from desk to desk."""
        if self._kind.has_flow:
            values = tuple(self._switch((MINE, each), None) for each in (BEGAN, HANDLED))
            yield FilterGroup(self._field_label(MINE), values)

    def _units(self) -> Iterator[FilterGroup]:
        """Where the records began, each unit with all below it; of one unit alone nothing."""
        organisation = self._caller.organisation
        counts: Counter[str] = Counter()
        for code, count in self._found.page.counts.get(UNIT, ()):
            for above in organisation.upward(UnitCode(code)):
                counts[above.code] += count
        chosen = {value for name, value in self._asked.filters if name == UNIT}
        told = [code for code, count in counts.items() if count < self._found.page.total]
        shown = dict.fromkeys([*chosen, *sorted(told, key=lambda each: -counts[each])])
        values = tuple(self._switch((UNIT, code), counts[code]) for code in [*shown][:_OFFERED])
        if values:
            yield FilterGroup(self._field_label(UNIT), values)

    def _switch(self, one: Filter, count: int | None) -> FacetValue:
        """A value by which the list is narrowed, or is no more."""
        chosen = self._asked.filters
        on = one in chosen
        changed = tuple(f for f in chosen if f != one) if on else (*chosen, one)
        return FacetValue(self._label(*one), count, self._with(changed), chosen=on)

    def _days(self) -> Iterator[DayFilter]:
        """A range for each day that the list shows, and for those that its records stand by."""
        meaning = self._kind.meaning
        named = [column.name for column in self._found.columns]
        for name in dict.fromkeys([*named, meaning.dated_on or "", meaning.due or ""]):
            field = self._kind.fields.get(name)
            if field is None or field.type not in DAYS or field.personal:
                continue
            told = next((v for n, v in self._asked.filters if n == name), "")
            first, _, last = told.partition("..")
            others = tuple(f for f in self._asked.filters if f[0] != name)
            kept = parameters_of(replace(self._asked, filters=others))
            yield DayFilter(name, field.label, first, last, kept)

    def _chips(self) -> Iterator[Chip]:
        filters = self._asked.filters
        for each in filters:
            name, value = each
            label = f"{self._field_label(name)}：{self._label(name, value)}"
            yield Chip(label, self._with(tuple(f for f in filters if f != each)))
        if self._asked.words:
            rest = tuple(pair for pair in self._given() if pair[0] != "q")
            yield Chip(f"“{self._asked.words}”", self._address(rest))

    def _field_label(self, name: str) -> str:
        return condition_label(self._kind, name, self._t)

    def _label(self, name: str, value: str) -> str:
        if points(self._kind, name):
            return self._found.titles.get(value, value)
        return condition_value(self._kind, name, value, self._caller, self._t)
