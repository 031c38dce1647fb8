"""Lists of records in an order of their own, right at once and to the very end (GT-06).

The index gives the page; what it may not know yet is decided from the records themselves, left out
of its answer and put in its place. So a list is right for whoever has just acted, and its total
with it, however far the index is behind.
"""

import logging
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from records.errors import Corrupt, Invalid, NotFound
from records.identity import RecordId
from records.lists.facts import facts_of
from records.lists.order import key_of
from records.meaning import dated_on
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.queries.query import Among, And, Everything, Holds, Not, Or, Query, is_true
from records.queries.search import ListOrder, Narrowing, Ordering, SearchRequest, place_of
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kind, Kinds
from services.finding.unindexed import Unindexed, UnindexedView
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)
_PLACE = re.compile("[0-9a-fz-]*-[0-9A-Za-z]+")
_LONGEST_PLACE = 4_000
MAX_SIZE = 500


@dataclass(frozen=True, slots=True)
class Listing:
    """Which readable records stand in a list, and in which order.

    `tree` is of facts and identifiers alone; `words` narrows by what stands in the records.
    """

    tree: Query
    by: ListOrder
    descending: bool = False
    narrowing: Narrowing = field(default_factory=Narrowing)
    counted: tuple[str, ...] = ()
    words: Query = field(default_factory=Everything)


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list, with its kind."""

    kind: Kind
    revision: Revision
    place: str


Name = TypeVar("Name", bound=Hashable)
Counts = Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page: how many stand in the list in all, the rows, where the pages beside it begin.

    `following` is for `after`, `preceding` for `before`; None where there is nothing more.
    """

    total: int
    rows: tuple[Listed, ...]
    following: str | None
    preceding: str | None = None
    counts: Counts = field(default_factory=dict)


class RecordLister:
    """Answers lists."""

    def __init__(
        self, *, index: SearchIndex, log: RecordLog, kinds: Kinds, unindexed: UnindexedView
    ) -> None:
        self._index = index
        self._log = log
        self._kinds = kinds
        self._unindexed = unindexed

    def page(
        self,
        caller: Caller,
        listing: Listing,
        *,
        size: int,
        after: str | None = None,
        before: str | None = None,
    ) -> ListPage:
        """A page of at most `size` rows. Raises Invalid (``bad_size``, ``bad_place``).

        `before` gives the page that ends where that place is. Records of kinds that this
        installation does not know stand in no list.
        """
        if not 0 <= size <= MAX_SIZE:
            raise Invalid("bad_size", max_size=MAX_SIZE, field="size")
        for place in (after, before):
            if place is not None and not _is_place(place):
                raise Invalid("bad_place", field="after")
        backward = before is not None
        order = Ordering(
            listing.by,
            descending=listing.descending != backward,
            after=before if backward else after,
        )
        return self._page(caller, listing, order, size=size, backward=backward)

    def totals(self, caller: Caller, listings: Mapping[str, Listing]) -> dict[str, int]:
        """How many stand in each of several lists."""
        unknown = self._unindexed.current()
        return {
            name: self._asked(caller, listing, Ordering(listing.by), 0, unknown)[0]
            for name, listing in listings.items()
        }

    def tallies(
        self, caller: Caller, listings: Mapping[Name, Listing]
    ) -> dict[Name, tuple[int, Counts]]:
        """How many stand in each of several lists, with what each counts."""
        unknown = self._unindexed.current()
        found = {}
        for name, listing in listings.items():
            total, _, counts = self._asked(caller, listing, Ordering(listing.by), 0, unknown)
            found[name] = (total, counts)
        return found

    def _page(
        self, caller: Caller, listing: Listing, order: Ordering, *, size: int, backward: bool
    ) -> ListPage:
        total, found, counts = self._asked(
            caller, listing, order, size + 1, self._unindexed.current()
        )
        more, rows = len(found) > size, found[:size]
        begun = order.after is not None
        if backward:
            rows = rows[::-1]
        first, last = (rows[0].place, rows[-1].place) if rows else (None, None)
        return ListPage(
            total=total,
            rows=tuple(rows),
            following=last if more or backward else None,
            preceding=first if (more if backward else begun) else None,
            counts=counts,
        )

    def _asked(
        self,
        caller: Caller,
        listing: Listing,
        order: Ordering,
        limit: int,
        unknown: Unindexed,
    ) -> tuple[int, list[Listed], Counts]:
        """Total, the rows that follow, and counts: the index and what it does not know."""
        with_words = not isinstance(listing.words, Everything)
        newest = unknown.newest.values()
        standing = [row for each in newest if (row := self._row(caller, listing, each))]
        left_out = unknown.newest.keys() - {r.revision.record for r in standing if with_words}
        narrowing = replace(listing.narrowing, withheld=unknown.hidden | left_out)
        request = SearchRequest(
            And((listing.tree, listing.words)),
            narrowing=self._of_known_kinds(narrowing),
            counted=listing.counted,
            order=order,
            limit=limit,
        )
        result = self._index.search(request, caller.access)
        places = [(hit.record, hit.revision) for hit in result.hits]
        counts = dict(result.counts)
        rows = self._rows(caller, listing, places, of_index=True)
        total = result.total - (len(places) - len(rows))
        if not with_words and standing:
            beyond = _merged((), standing, order)[:limit]
            again = [(row.revision.record, row.revision.number) for row in beyond]
            rows = _merged(rows, self._rows(caller, listing, again), order)
            total += len(standing)
            counts = _added(counts, standing)
        return total, rows[:limit], counts

    def _rows(
        self,
        caller: Caller,
        listing: Listing,
        known: Sequence[tuple[RecordId, int]],
        *,
        of_index: bool = False,
    ) -> list[Listed]:
        """Those of these records that stand in the list, as they are now."""
        newest = self._log.latest_all(known)
        return [
            row
            for (_, number), each in zip(known, newest, strict=True)
            if (row := self._row(caller, listing, _whole(each), told=number if of_index else 0))
        ]

    def _row(
        self, caller: Caller, listing: Listing, revision: Revision | None, *, told: int = 0
    ) -> Listed | None:
        """The record as a row, when the caller may read it and it stands in the list now.

        Of the revision that the index was `told` of it knows that it stands there; the right to
        read it is decided here whatever the index knows.
        """
        known = revision is not None and self._kinds.find(revision.kind) is not None
        kind = self._kinds.of(revision) if revision and known else None
        if revision is None or kind is None or not may_read(kind, revision, caller.access):
            return None
        key = key_of(kind, revision, listing.by)
        if key is None:
            return None
        if revision.number != told and not _stands(listing, kind, revision):
            return None
        return Listed(kind, revision, place_of(key, revision.record))

    def _of_known_kinds(self, narrowing: Narrowing) -> Narrowing:
        """No kinds are all that this installation knows."""
        known = {kind.kind for kind in self._kinds}
        kinds = tuple(sorted(known & set(narrowing.kinds or known)))
        return replace(narrowing, kinds=kinds, facts=narrowing.facts if kinds else ((),))


def _is_place(place: str) -> bool:
    return len(place) <= _LONGEST_PLACE and bool(_PLACE.fullmatch(place))


def _whole(found: Revision | NotFound | Corrupt) -> Revision | None:
    if isinstance(found, Corrupt):
        _LOG.error("left out of a list: %s", found)
    return None if isinstance(found, NotFound | Corrupt) else found


def _stands(listing: Listing, kind: Kind, revision: Revision) -> bool:
    narrowing, facts, day = listing.narrowing, facts_of(kind, revision), dated_on(kind, revision)
    return (
        _holds(listing.tree, revision, facts)
        and (not narrowing.kinds or revision.kind in narrowing.kinds)
        and (not narrowing.units or revision.unit in narrowing.units)
        and (not narrowing.authors or revision.owner in narrowing.authors)
        and (not narrowing.levels or revision.level in narrowing.levels)
        and (not narrowing.years or day.year in narrowing.years)
        and (narrowing.first is None or day >= narrowing.first)
        and (narrowing.last is None or day <= narrowing.last)
        and all(any(is_true(fact, facts) for fact in group) for group in narrowing.facts)
    )


def _holds(tree: Query, revision: Revision, facts: frozenset[str]) -> bool:
    """Whether a tree of facts and identifiers is true of a record."""
    match tree:
        case Holds(told):
            return any(is_true(fact, facts) for fact in told)
        case Among(records):
            return revision.record in records
        case And(children):
            return all(_holds(child, revision, facts) for child in children)
        case Or(children):
            return any(_holds(child, revision, facts) for child in children)
        case Not(child):
            return not _holds(child, revision, facts)
        case Everything():
            return True
        case _:
            raise TypeError(tree)


def _merged(rows: Sequence[Listed], standing: Iterable[Listed], order: Ordering) -> list[Listed]:
    """The rows of the index, and those it does not know that follow the same place."""
    after = order.after
    beyond = [
        row
        for row in standing
        if after is None or (row.place < after if order.descending else row.place > after)
    ]
    every = [*rows, *beyond]
    return sorted(every, key=lambda row: row.place, reverse=order.descending)


def _added(counts: Counts, standing: Sequence[Listed]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts with the records that the index does not know."""
    added = {}
    for name, values in counts.items():
        sums = Counter(dict(values))
        for row in standing:
            for fact in facts_of(row.kind, row.revision):
                if fact.startswith(f"{name}="):
                    sums[fact.removeprefix(f"{name}=")] += 1
        added[name] = tuple(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0])))
    return added
