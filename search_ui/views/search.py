"""The search page: what was asked, what was found, how to narrow it."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from search_ui.views.person.directory import NamedPerson
from search_ui.views.preview import Preview
from search_ui.views.shell import Badge, Pager, Tab


@dataclass(frozen=True, slots=True)
class Match:
    """One place of a record where the words stand, with them marked."""

    part: str
    """The file, or the field of the record."""
    page: str
    """Where in it; empty where it has no pages."""
    text: Markup
    href: str
    pane_href: str = ""
    """The same place beside the hits."""


@dataclass(frozen=True, slots=True)
class Member:
    """A hit of the same matter, below another one; `tie` says why."""

    tie: str
    href: str
    pane_href: str
    title: Markup
    number: Markup
    dated_on: date
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class StayView:
    """A sentence with the words, and in which version it came and went; its address compares."""

    told: str
    text: Markup
    gone: bool
    href: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One record found; in a table `cells` are what stands in its columns but the first."""

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
    pane_href: str = ""
    small_href: str = ""
    """A small picture of its first page; empty where there is none."""
    cells: tuple[str, ...] = ()
    family: tuple[Member, ...] = ()
    history: tuple[StayView, ...] = ()
    repealed: str = ""
    repealed_href: str = ""  # what says that it is repealed
    further: int = 0  # so many more of one matter, told at `family_href`
    family_href: str = ""
    earlier: bool = False  # it stands on an earlier page: only named, above its `family`


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of the table that can be chosen."""

    name: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class HitsLook:
    """How hits are shown: as a list, a table, or beside a preview.

    `here` is the question as it follows an address; it is sent along when the look is changed.
    """

    view: str = "list"
    here: str = ""
    heads: tuple[str, ...] = ()
    columns: tuple[ColumnChoice, ...] = ()
    pictures: bool = True
    """Whether small pictures stand beside the hits of a list."""


@dataclass(frozen=True, slots=True)
class PastSearch:
    """A search of one's own: in words, its address, what it is forgotten by."""

    id: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a record, with the words that cite it."""

    where: str
    text: Markup
    href: str
    citation: str
    href_cited: str = ""
    """The short address that is copied with the citation; kept by what `source` says."""
    source: str = ""
    """What is sent to keep it under that address, or to collect it (摘录)."""


@dataclass(frozen=True, slots=True)
class PassageList:
    """The passages of one record; `places` counts the words in them, `more` those at least."""

    passages: tuple[Passage, ...]
    places: int
    cut: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class HitPane:
    """A hit beside the others: what it is, its passages, one of its files."""

    href: str
    title: str
    number: str
    facts: tuple[str, ...]
    badges: tuple[Badge, ...]
    passages: PassageList
    history: tuple[StayView, ...]
    """Where all versions are asked."""
    file: str
    preview: Preview | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to narrow by, switched on or off by its address; `below` are its parts (units)."""

    label: str
    count: int | None  # None: not counted
    href: str
    chosen: bool = False
    below: tuple["FacetValue", ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Values of one facet, largest first; `name` is its word in the catalogue (`facet.NAME`).

    One that is not counted yet has the address that counts it.
    """

    name: str
    values: tuple[FacetValue, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class DateBar:
    """A year or a month: its hits, its days, and the search for it; `height` in hundredths."""

    label: str
    count: int
    href: str
    first: date
    last: date
    height: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class DateBars:
    """Hits over time. `base` is the search without any time, `wider_href` too, where one is on."""

    bars: tuple[DateBar, ...]
    base: str
    wider_href: str | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is on, and the address of the same search without it."""

    label: str
    href: str
    other: bool = False
    """Whether it is an alternative to the chip before it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What was perhaps meant, and the search for it."""

    words: str
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
    """One page of one search; without a `query` it lists what meets its chips, or everything."""

    query: str
    """As it was typed; in messages stands `told`, a long one's beginning."""
    hits: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[Tab, ...]
    versions: tuple[Tab, ...]
    """The newest version, or all of them."""
    dates: DateFilter
    pager: Pager
    clear_href: str
    relaxed: bool = False
    notices: tuple[str, ...] = ()
    """Stable words: of records.queries.query.ReadQuery (malformed, too_long, empty), of
    services.searching.interpretations.Interpretation (by_name, by_number, by_pinyin), behind,
    rebuilding."""
    near: tuple[HitView, ...] = ()
    near_total: int = 0
    """How many there are; the first of them are shown."""
    is_asked: bool = True
    """False: the page before a search."""
    asks: str = ""
    """The search as the query string of its page; empty where it cannot be kept."""
    told: str = ""
    kept_as: str = ""
    """The name under which keeping it is offered."""
    bars: DateBars | None = None
    understood: tuple[Chip, ...] = ()
    """The conditions of the words, in words."""
    look: HitsLook = HitsLook()
    hot: tuple[str, ...] = ()
    """Words that one's units are offered, shown before a search."""
    history: tuple[PastSearch, ...] = ()
    """One's own searches, shown before a search."""
    export_href: str | None = None
    export_long_href: str | None = None
    """Where so many hits are ordered as a file that they are not answered at once."""
    remember_href: str = ""
    """Where the page says that this was searched for, once it stands."""
    missing: tuple[str, ...] = ()
    """Words that stand nowhere, where several were asked for."""
    guesses: tuple[Guess, ...] = ()
    people: tuple[NamedPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Where a list of searches is handed in; `queries` are those that were typed."""

    most: int
    queries: str = ""
    error: str = ""
