"""The archive as a tree, 年度 – 机构 – 保管期限, and its catalogue (GD-03, GD-04)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records.errors import Invalid
from records.identity import KindName
from records.lists.facts import field_fact
from records.queries.language import read_query
from records.queries.query import And, Everything, Holds, Query
from records.queries.search import ListOrder, Narrowing
from records.schema.kind import Kind, Kinds
from services.finding.browse import OpenRecord
from services.finding.listing import MAX_SIZE, Listed, Listing, ListPage, RecordLister
from services.intake.starting import may_begin
from services.people.caller import Caller

PIECE, YEAR, RETENTION, FILED_UNDER = "piece_no", "filed_year", "retention", "filed_under"
"""Fields of the fragment `archived`: a kind that has them files pieces."""

MAIN = "main_no"
"""Of a 补充件: the number of the piece that it supplements; its own counts within that."""

SUPPLEMENT = KindName("supplement")

UNIT = "unit"
"""机构: where the record began."""

LEVELS = (YEAR, UNIT, RETENTION)
"""The tree, from its root."""

_ARCHIVED = "archived"
MOST_PIECES = 20_000
"""Pieces of one catalogue."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which pieces: a place in the tree, and words that stand in them; empty is every one."""

    year: str = ""
    unit: str = ""
    retention: str = ""
    words: str = ""

    @property
    def values(self) -> Mapping[str, str]:
        """The values of the levels that are given."""
        given = {YEAR: self.year, UNIT: self.unit, RETENTION: self.retention}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Branches:
    """The values of the next level with how many pieces lie under each."""

    level: str
    """A name of LEVELS; empty at the end of the tree."""
    counts: tuple[tuple[str, int], ...]


class ArchiveShelves:
    """Lists archived pieces of all kinds that file them, as far as the caller may read them."""

    def __init__(self, lister: RecordLister, kinds: Kinds) -> None:
        self._lister = lister
        self._kinds = tuple(kind for kind in kinds if _files_pieces(kind))

    def page(
        self,
        caller: Caller,
        shelf: Shelf,
        *,
        size: int,
        after: str | None = None,
        before: str | None = None,
    ) -> ListPage:
        """One page of the pieces, the last filed first."""
        return self._lister.page(
            caller, self._listing(caller, shelf), size=size, after=after, before=before
        )

    def branches(self, caller: Caller, shelf: Shelf) -> Branches:
        """The level below a place, by value: years fall, others rise."""
        level = next((name for name in LEVELS if name not in shelf.values), "")
        if not level:
            return Branches("", ())
        name = level if level == UNIT else f"field.{level}"
        listing = self._listing(caller, shelf, counted=(name,))
        counts = self._lister.page(caller, listing, size=0).counts.get(name, ())
        ordered = sorted(counts, reverse=level == YEAR)
        return Branches(level, tuple(ordered))

    def catalogue(self, caller: Caller, shelf: Shelf) -> Iterator[Listed]:
        """All pieces of a place in the order of their numbers: 归档文件目录.

        Raises Invalid (``too_many_pieces``) before the first where there are too many: then the
        place is to be chosen more closely.
        """
        total = self.page(caller, shelf, size=0).total
        if total > MOST_PIECES:
            raise Invalid("too_many_pieces", total=total, most=MOST_PIECES)
        return iter(sorted(self._all(caller, shelf), key=_in_order))

    def takes_supplement(self, caller: Caller, opened: OpenRecord) -> bool:
        """Whether the caller may begin a 补充件 of this record: a piece in his organ's archive."""
        kind, revision = opened.kind, opened.revision
        supplement = next((each for each in self._kinds if each.kind == SUPPLEMENT), None)
        if supplement is None or kind.kind == SUPPLEMENT or not _files_pieces(kind):
            return False
        organ_of = caller.organisation.organ_of
        return (
            revision.state == _ARCHIVED
            and may_begin(supplement, caller)
            and organ_of(revision.unit).code == organ_of(caller.person.unit).code
        )

    def _all(self, caller: Caller, shelf: Shelf) -> Iterator[Listed]:
        after: str | None = None
        while True:
            page = self.page(caller, shelf, size=MAX_SIZE, after=after)
            yield from page.rows
            after = page.following
            if after is None:
                return

    def _listing(self, caller: Caller, shelf: Shelf, *, counted: tuple[str, ...] = ()) -> Listing:
        filed = Holds(tuple(f"state={kind.kind}/{_ARCHIVED}" for kind in self._kinds))
        places: tuple[Query, ...] = tuple(
            Holds((f"{UNIT}={value}" if name == UNIT else field_fact(name, value),))
            for name, value in shelf.values.items()
        )
        return Listing(
            And((filed, *places)) if places else filed,
            ListOrder.CHANGED,
            descending=True,
            narrowing=Narrowing(kinds=tuple(kind.kind for kind in self._kinds)),
            counted=counted,
            words=read_query(shelf.words, today=caller.today).tree if shelf.words else Everything(),
        )


def _files_pieces(kind: Kind) -> bool:
    return _ARCHIVED in kind.states and {PIECE, YEAR, RETENTION} <= kind.fields.keys()


def _in_order(listed: Listed) -> tuple[object, ...]:
    """Year, 机构, period, pieces by figure and not by letters, each before its 补充件."""
    revision = listed.revision
    fields = revision.fields
    own, main = _figure(fields.get(PIECE)), fields.get(MAIN)
    return (
        str(fields.get(YEAR) or ""),
        revision.unit,
        str(fields.get(RETENTION) or ""),
        _figure(main) if main else own,
        str(fields.get(FILED_UNDER) or ""),
        own if main else 0,
        revision.record,
    )


def _figure(number: object) -> int:
    found = re.search(r"[0-9]+", str(number or ""))
    return int(found[0]) if found else 0


def piece_number(listed: Listed) -> str:
    """件号 as it is told: of a 补充件 behind that of its piece, 3-补1."""
    fields = listed.revision.fields
    told = (fields.get(MAIN), fields.get(PIECE))
    return "-".join(str(each) for each in told if each)


def is_supplement(listed: Listed) -> bool:
    """Whether it is no piece of its own."""
    return bool(listed.revision.fields.get(MAIN))
