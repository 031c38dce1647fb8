"""The list of a kind: columns, what it is narrowed by, how it is sorted, where it is exported."""

from dataclasses import dataclass

from search_ui.views.search import Chip, FacetValue
from search_ui.views.shell import Badge, Choice, Pager, Tab


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
    leads: bool = False
    """The way to the record stands on it."""
    href: str | None = None
    """Where a click on the badge leads: an action of the state."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record; its title is the way to it, and its state where something is to be done there."""

    href: str
    cells: tuple[ListCell, ...]
    id: str = ""
    name: str = ""
    """Its title, for who only hears it."""


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
class ListViews:
    """Views of a list that are kept under a name, and what makes and changes one."""

    tabs: tuple[Tab, ...]
    """None while there is no view."""
    columns: tuple[Choice, ...]
    """All that can be shown, those shown first."""
    columns_kept: tuple[tuple[str, str], ...]
    """Parameters that the form of the columns hands on."""
    kept: tuple[tuple[str, str], ...]
    """What a new view is made of."""
    share_with: str
    """The unit of who looks."""
    drop_href: str | None = None
    """Of the view that is shown, where it is his own."""
    current: str = ""
    asks: str = ""
    """The search that asks the same, which can be kept and subscribed to; empty for all records."""
    gone: str = ""
    """Words for what the view asked for and that is no more."""


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
    views: ListViews
    sort_href: str | None = None
    """Back to the order of the kind; None while it holds."""
    new_href: str | None = None
    export_long_href: str | None = None
    """Where an export is ordered that takes too long to be waited for; None for a short one."""
    bulk_href: str | None = None
    """Where chosen rows are acted on; None for kinds without a flow."""
    folders_href: str | None = None
    """Where the folders of a library are kept; None for who keeps none."""
    calendar_href: str | None = None
    statistics_href: str | None = None
    """None where the kind has no statistics for who looks."""
