"""What is put into a search index and what is asked of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum

from records.identity import KindName, Login, RecordId, UnitCode
from records.queries.query import Fact, Query
from records.rights.access import Level, ReadRule


class ListOrder(StrEnum):
    """Orders that lists are asked for in; what each holds says records.lists.order.

    Kinds share the columns: the first column of one kind has nothing to do with that of another.
    """

    WORK = "work"
    """What is to be done first: urgency, deadline, arrival."""
    CHANGED = "changed"
    LIST = "list"
    """The order that the kind declares for its list."""
    COLUMN_1 = "column_1"
    COLUMN_2 = "column_2"
    COLUMN_3 = "column_3"
    COLUMN_4 = "column_4"
    COLUMN_5 = "column_5"
    COLUMN_6 = "column_6"
    COLUMN_7 = "column_7"
    COLUMN_8 = "column_8"


COLUMNS = tuple(by for by in ListOrder if by.startswith("column_"))


def place_of(key: str, record: RecordId) -> str:
    """Where a record stands in an order: no two stand in one place.

    Keys hold digits, small letters and ``-``; the hyphen sorts before all others, so a key that
    begins another one stands before it.
    """
    return f"{key}-{record}"


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order of a list, and the place after which a page begins (None: at its head).

    Records without a key of that order stand in no list that is ordered by it.
    """

    by: ListOrder
    descending: bool = False
    after: str | None = None


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """Text of one page of one part: words never match across two of them."""

    part: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """All that the index knows of one revision of one record."""

    record: RecordId
    revision: int
    kind: KindName
    title: str
    number: str
    """Document number as written, empty when there is none."""
    unit: UnitCode
    unit_name: str
    author: Login
    author_name: str
    dated_on: date
    """The day the record bears, else the day it came in (Asia/Shanghai)."""
    changed_at: datetime
    state: str
    file_types: tuple[str, ...]
    """Names of file types such as ``pdf``, for the facet."""
    rule: ReadRule
    pages: tuple[IndexedPage, ...]
    facts: frozenset[str] = frozenset()
    """What lists narrow and count by: ``name=value`` (records.lists.facts)."""
    keys: tuple[tuple[ListOrder, str], ...] = ()
    """Where the record stands in the orders of lists (records.lists.order)."""
    past: tuple[str, ...] = ()
    """Texts that stood in earlier revisions alone, open to all who may read the record."""
    closed: tuple[str, ...] = ()
    """Those of earlier revisions that are open to some of them, whom facts name."""
    complete: bool = True
    """False while the text of a file is still being read: found by fields and names alone."""

    @property
    def has_past(self) -> bool:
        """Whether earlier revisions hold what the newest one does not."""
        return bool(self.past or self.closed)

    @property
    def version(self) -> int:
        """Order among all that was ever said of the record: a state with all texts is newer."""
        return 2 * self.revision + self.complete


@dataclass(frozen=True, slots=True)
class Removal:
    """The record is gone as of this revision; later documents of lower revisions stay out."""

    record: RecordId
    revision: int

    @property
    def version(self) -> int:
        """As of a document: nothing is missing of what is gone."""
        return 2 * self.revision + 1


IndexChange = IndexDocument | Removal


class SortOrder(StrEnum):
    """Order of hits; ties fall to the newer record, then to the identifier."""

    RELEVANCE = "relevance"
    DATE = "date"
    """Newest first."""
    CHANGED = "changed"
    """Last changed first."""


class Facet(StrEnum):
    """Groups that hits are counted by."""

    KIND = "kind"
    UNIT = "unit"
    YEAR = "year"
    LEVEL = "level"
    FILE_TYPE = "file_type"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions besides the words; an empty tuple is no condition, several values are OR-ed.

    `unit` narrows to that very unit code; services expand a unit to its subtree.
    """

    kinds: tuple[KindName, ...] = ()
    units: tuple[UnitCode, ...] = ()
    years: tuple[int, ...] = ()
    levels: tuple[Level, ...] = ()
    file_types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    authors: tuple[Login, ...] = ()
    facts: tuple[tuple[Fact, ...], ...] = ()
    """Of each group one fact is true."""
    withheld: frozenset[RecordId] = frozenset()
    """Records that the index may show to somebody who may not read them any more: left out."""


class Floor(Enum):
    """How much of what was asked stands at least in a record that relaxed search finds."""

    SOME = 10
    """One of ten clues."""
    HALF = 2
    """One of two: what lies below hits that hold everything."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of one search."""

    query: Query
    relaxed: bool = False
    floor: Floor = Floor.SOME
    """Of relaxed search."""
    narrowing: Narrowing = Narrowing()
    sort: SortOrder = SortOrder.RELEVANCE
    facets: tuple[Facet, ...] = ()
    counted: tuple[str, ...] = ()
    """Names of facts whose values are counted, as facets are: ``field.category``."""
    offset: int = 0
    limit: int = 20
    order: Ordering | None = None
    """The order of a list; `sort` and `offset` are not looked at then."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that matched; its content is read from the store."""

    record: RecordId
    revision: int
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits of one page, the number of all, and counts per facet value, largest first.

    A facet counts all hits of the query under all conditions of the narrowing except its own
    (so that a second value can be added), and always behind the access filter.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[Facet, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    counts: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Of each name in `SearchRequest.counted` its values, as a facet counts them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title or a number that completes what was typed."""

    text: str
    record: RecordId
    revision: int


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `start` up to, not including, `end`."""

    start: int
    end: int
