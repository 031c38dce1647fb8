"""What a person asks of the search, and one page of answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from records.identity import RecordId
from records.queries.query import Widened
from records.queries.search import SortOrder
from records.revision import Revision
from records.schema.kind import Kind
from services.searching.families import Place
from services.searching.histories import Stay
from services.searching.matches import Match, Pieces


class By(StrEnum):
    """Facets by name."""

    KIND = "kind"
    UNIT = "unit"
    YEAR = "year"
    LEVEL = "level"
    FILE_TYPE = "file_type"
    STATE = "state"
    ISSUER = "issuer"
    URGENCY = "urgency"
    ATTACHED = "attached"
    ARCHIVED = "archived"
    MONTH = "month"
    """Months of the day that records bear; its own condition is the range of days."""


AT_ONCE = (By.KIND, By.UNIT, By.YEAR, By.LEVEL, By.FILE_TYPE)
"""Counted with every search; the others when somebody opens them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks: words, conditions, order, page (counted from 1)."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    file_types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    """Their labels: 已归档, of whichever kind."""
    issuers: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    """``yes``, ``no``: whether there are files."""
    archived: tuple[str, ...] = ()
    """``yes``, ``no``: 已归档."""
    fields: tuple[tuple[str, str], ...] = ()
    """Fields of the one kind asked for, with values, as its list is narrowed by them."""
    first: date | None = None
    last: date | None = None
    sort: SortOrder = SortOrder.RELEVANCE
    page: int = 1
    size: int = 20
    all_versions: bool = False
    """Whether words may stand in earlier revisions too (SS-07)."""
    folded: bool = False
    """Whether hits of one matter are told to stand together."""
    family: RecordId | None = None
    """Hits alone that stand below this one, and it."""

    @property
    def folds(self) -> bool:
        """Whether it has to be known which hits stand below others."""
        return self.folded or self.family is not None


def order_of(words: str, chosen: SortOrder | None) -> SortOrder:
    """The order of hits: nothing is nearer to no words than anything else, so the newest first."""
    if chosen is not None and chosen is not SortOrder.RELEVANCE:
        return chosen
    return SortOrder.RELEVANCE if words.strip() else SortOrder.DATE


@dataclass(frozen=True, slots=True)
class Repeal:
    """A record that says that another one is repealed."""

    record: RecordId
    title: str
    number: str

    @property
    def words(self) -> str:
        """What the other one is, and by what."""
        return f"已废止：见《{self.title}》{self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """One hit as its reader sees it."""

    kind: Kind
    revision: Revision
    title: str
    number: str
    title_pieces: Pieces
    number_pieces: Pieces
    matches: tuple[Match, ...]
    repealed_by: Repeal | None = None
    """What says that it is repealed, of what the reader may read."""
    history: tuple[Stay, ...] = ()
    """Where all versions are asked: sentences that came in later, or are gone."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by, in words, with the number of hits it would leave.

    `above` is the value that this one is a part of: of a unit the unit above, if that has hits.
    """

    value: str
    label: str
    count: int
    above: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of answers.

    `relaxed` says that nothing held all words and likeness was used. Notices are those of the
    query (ReadQuery), how it was read where nothing held its words (Reading), ``rebuilding`` while
    the index is built anew, ``behind`` while something waits too long to be found, and
    ``histories_cut`` where hits have so many versions that not all were looked through.
    """

    asked: Asked
    total: int
    relaxed: bool
    notices: tuple[str, ...]
    hits: tuple[Found, ...]
    facets: Mapping[By, tuple[FacetValue, ...]] = field(default_factory=dict)
    families: Mapping[RecordId, Place] = field(default_factory=dict)
    """Hits that stand below another one, of the page or before it, where they were to be folded."""
    earlier: Mapping[RecordId, str] = field(default_factory=dict)
    """Those above that stand on an earlier page, with their titles."""
    untold: Mapping[RecordId, int] = field(default_factory=dict)
    """How many more stand below a hit than are told."""
    span: tuple[int, int] = (0, 0)
    """The first and the last of all hits that the page covers, from 1."""
    pages: int = 1
    near: tuple[Found, ...] = ()
    """Records that hold words in part, where one or two held them all; counted nowhere else."""
    near_total: int = 0
    """How many those are; the first of them are shown."""
    missing: tuple[str, ...] = ()
    """Words that stand in no record that the reader may see."""
    widened: tuple[Widened, ...] = ()
    """Words that were looked for by their synonyms too."""
    guesses: tuple[str, ...] = ()
    """Other queries: what was typed, with another word in place of one of them."""
