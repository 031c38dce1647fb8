"""The search page: what was asked, what was found, how to narrow it."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from search_ui.views.shell import Badge, Pager, Tab


@dataclass(frozen=True, slots=True)
class Match:
    """One place of a record where the words stand, with them marked."""

    part: str
    """Name of the file, or empty for the fields of the record."""
    page: int | None
    text: Markup
    href: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One record found."""

    href: str
    title: Markup
    number: Markup
    kind: str
    icon: str
    unit: str
    author: str
    dated_on: date
    badges: tuple[Badge, ...]
    file_types: tuple[str, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to narrow by; its address switches it on, or off when it is chosen."""

    label: str
    count: int
    href: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Values of one facet, largest first; `name` is its word in the catalogue (`facet.NAME`)."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is on, and the address of the same search without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class DateFilter:
    """The form of the date range; `kept` are the other conditions it must hand on."""

    first: date | None
    last: date | None
    kept: tuple[tuple[str, str], ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of one search. An empty `query` with no chips is the page before a search."""

    query: str
    elapsed_ms: int
    hits: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[Tab, ...]
    dates: DateFilter
    pager: Pager
    clear_href: str
    relaxed: bool = False
    notices: tuple[str, ...] = ()
    """Stable words of records.query.ReadQuery: malformed, too_long, empty."""

    @property
    def asked(self) -> bool:
        """Whether anything was asked at all."""
        return bool(self.query or self.chips)
