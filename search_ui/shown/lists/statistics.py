"""A statistic as a view."""

from urllib.parse import quote, urlencode

from search_ui.views.lists.statistics import FigureCell, FigureRow, StatisticsPage
from search_ui.views.shell import Tab
from services.finding.list_filters import Filter
from services.finding.statistics import Figure, StatisticRow, StatisticTable


class StatisticShowing:
    """Shows one table of figures; `labels` are those of all statistics that are offered."""

    def __init__(
        self, table: StatisticTable, labels: dict[str, str], *, first: str, last: str
    ) -> None:
        self._table = table
        self._labels = labels
        self._first, self._last = first, last
        self._list = f"/kinds/{quote(table.kind.kind)}"

    def page(self) -> StatisticsPage:
        """The page."""
        table, kind = self._table, self._table.kind
        ranged = bool(self._first or self._last)
        exported = self._address(table.name, part="/export", format="xlsx")
        return StatisticsPage(
            kind=kind.title,
            list_href=self._list,
            base=f"{self._list}/statistics",
            name=table.name,
            label=table.declared.label,
            tabs=tuple(
                Tab(label, self._address(name), current=name == table.name)
                for name, label in self._labels.items()
            ),
            first=self._first,
            last=self._last,
            day=kind.fields[kind.meaning.dated_on].label if kind.meaning.dated_on else "",
            heads=tuple(table.header),
            rows=tuple(map(self._row, table.rows)),
            total=self._row(table.total),
            export_xlsx_href=exported,
            export_csv_href=exported.replace("format=xlsx", "format=csv"),
            all_days_href=f"{self._list}/statistics?name={table.name}" if ranged else None,
        )

    def _address(self, name: str, *, part: str = "", **more: str) -> str:
        days = {"from": self._first, "to": self._last}
        given = {"name": name, **{key: day for key, day in days.items() if day}, **more}
        return f"{self._list}/statistics{part}?{urlencode(given)}"

    def _row(self, row: StatisticRow) -> FigureRow:
        longest = max((_length(each) for each in self._table.rows), default=0)
        return FigureRow(
            label=row.label,
            href=self._listing(row.filters),
            cells=tuple(map(self._cell, row.figures.values())),
            bar=round(100 * _length(row) / longest) if longest else 0,
        )

    def _cell(self, figure: Figure) -> FigureCell:
        leads = figure.part > 0 and figure.filters is not None
        return FigureCell(figure.words, self._listing(figure.filters or ()) if leads else None)

    def _listing(self, filters: tuple[Filter, ...]) -> str:
        given = [("filter", f"{name}:{value}") for name, value in filters]
        return f"{self._list}?{urlencode(given)}" if given else self._list


def _length(row: StatisticRow) -> int:
    """Of its bar: the first of its figures that is a count or a sum; none below zero."""
    for each in row.figures.values():
        if each.amount is not None:
            return max(0, int(each.amount))
        if each.counts:
            return each.part
    return 0
