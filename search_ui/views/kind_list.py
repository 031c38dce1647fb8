"""The list of a kind: columns, what it is narrowed by, how it is sorted, where it is exported."""

from dataclasses import dataclass

from search_ui.views.search import Chip, FacetValue
from search_ui.views.shell import Badge, Pager


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column; `href` sorts by it, None where that cannot be."""

    label: str
    href: str | None
    sorted_as: str
    """``ascending``, ``descending``, or empty: as `aria-sort` says it."""
    hint: str
    figures: bool
    """Dates and numbers, which are never broken over lines."""


@dataclass(frozen=True, slots=True)
class ListCell:
    """A value in words; `badge` in their place where it is a state."""

    text: str
    badge: Badge | None = None
    whole: bool = False
    """Short enough not to be broken over lines."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record: the first of its cells is the way to it."""

    href: str
    cells: tuple[ListCell, ...]


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Values of one field to narrow by."""

    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class DayFilter:
    """The form of a range of days of one field; `kept` are the other parameters it hands on."""

    name: str
    label: str
    first: str
    last: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KindListPage:
    """One page of the list of a kind."""

    kind: str
    base: str
    words: str
    kept: tuple[tuple[str, str], ...]
    """Parameters that the search in the list hands on."""
    heads: tuple[ColumnHead, ...]
    rows: tuple[ListRow, ...]
    filters: tuple[FilterGroup, ...]
    days: tuple[DayFilter, ...]
    chips: tuple[Chip, ...]
    clear_href: str
    export_xlsx_href: str
    export_csv_href: str
    pager: Pager
    sort_href: str | None = None
    """Back to the order of the kind; None while it holds."""
    new_href: str | None = None
    statistics_href: str | None = None
    """None where the kind has no statistics for who looks."""
