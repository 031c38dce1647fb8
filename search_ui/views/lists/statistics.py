"""Statistics of a kind: a table of figures, each the way to the list behind it, with bars."""

from dataclasses import dataclass

from search_ui.views.shell import Tab


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure in words; `href` lists what it counts, None where there is nothing to list."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row; `bar` is its length in hundredths of the longest one."""

    label: str
    href: str
    cells: tuple[FigureCell, ...]
    bar: int


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """One statistic of a kind; `first` and `last` are the days of its range, empty for open."""

    kind: str
    list_href: str
    base: str
    name: str
    label: str
    tabs: tuple[Tab, ...]
    first: str
    last: str
    day: str
    """What the range of days is of, as 交办时间."""
    heads: tuple[str, ...]
    """The head of the rows, then those of the figures."""
    rows: tuple[FigureRow, ...]
    total: FigureRow
    export_xlsx_href: str
    export_csv_href: str
    all_days_href: str | None
    """Without the range; None while all days are counted."""
