"""Pages of hits of which those of one matter stand below the first (SS-08)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from records.identity import RecordId
from records.revision import Revision
from services.searching.families import Place
from services.searching.search_page import Asked

FOLDED = 1_000
"""Hits that are folded at most; those behind them stand by themselves."""

BELOW = 5
"""Hits told below one on its page; all of them are a page of their own."""

SPARE = 10
"""Hits read beyond a page at once: as many as mostly stand below others."""

_MORE = 100


class Walk(Protocol):
    """What tells of hits, as they come, which stand below an earlier one."""

    @property
    def places(self) -> Mapping[RecordId, Place]:
        """Of all that came by."""
        ...

    def go_on(self, revisions: Sequence[Revision]) -> None:
        """The next ones."""
        ...


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits of one search: those of the first `asked` places of `total`, and the way to others.

    `more` gives those from a place on, at most so many; fewer, where some may not be read.
    """

    first: Sequence[Revision]
    more: Callable[[int, int], Sequence[Revision]]
    asked: int
    total: int


@dataclass(frozen=True, slots=True)
class FoldedPage:
    """Hits of one page in their order, those below others among them."""

    hits: Sequence[Revision]
    total: int
    first: int
    """Which of all hits the first one is, from 1; 0 where there are none."""
    last: int
    pages: int
    """Exact once all hits are looked at, else at least as many as there are."""
    places: Mapping[RecordId, Place] = field(default_factory=dict)
    earlier: Mapping[RecordId, Revision] = field(default_factory=dict)
    """What stands above on an earlier page."""
    untold: Mapping[RecordId, int] = field(default_factory=dict)
    """How many more of this stretch of hits stand below one."""
    records: frozenset[RecordId] = frozenset()
    """All of a family, whichever page shows them."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """Hits from the first one on; `is_all` when there are no more."""

    hits: Sequence[Revision]
    places: Mapping[RecordId, Place]
    heads: Sequence[int]
    is_all: bool


class Folding:
    """Cuts hits into pages by those that stand for others.

    A page ends where the next of them would be one too many, so whatever was found stands on one
    page; what belongs to a hit of an earlier one is told there below its name.
    """

    def __init__(
        self,
        walk: Callable[[], Walk],
        prepare: Callable[[Sequence[Revision]], None],
    ) -> None:
        self._walk = walk
        self._prepare = prepare

    def page(self, hits: Hits, *, page: int, size: int) -> FoldedPage:
        """Page `page`, from 1, with `size` hits that stand for others or for themselves."""
        begins, ends = (page - 1) * size, page * size
        looked = self._looked(hits, heads=ends + 1)
        places = [*looked.heads, len(looked.hits)]
        start, stop = (places[min(at, len(looked.heads))] for at in (begins, ends))
        behind: Sequence[Revision] = ()
        skipped = max(0, begins - len(looked.heads))
        if hits.total > FOLDED and len(looked.heads) < ends:
            behind = hits.more(FOLDED + skipped, ends - max(begins, len(looked.heads)))
        shown, below = _shown(looked, start, stop)
        here = {hit.record for hit in shown}
        length = stop - start + len(behind)
        before = (FOLDED + skipped if start == stop else start) if length else 0
        unseen = 0 if looked.is_all else max(0, hits.total - len(looked.hits))
        return FoldedPage(
            hits=(*shown, *behind),
            total=hits.total,
            first=min(before + 1, before + length),
            last=before + length,
            pages=max(1, -(-(len(looked.heads) + unseen) // size)),
            places={record: place for record, place in looked.places.items() if record in here},
            earlier={
                hit.record: hit
                for hit in looked.hits[:start]
                if hit.record in below and hit.record not in here
            },
            untold={head: count - BELOW for head, count in below.items() if count > BELOW},
        )

    def family(self, hits: Hits, head: RecordId, *, page: int, size: int) -> FoldedPage:
        """The hit that stands for others and all those; none, where no hit is this record."""
        looked = self._looked(hits, heads=FOLDED + 1)
        found = [
            hit
            for hit in looked.hits
            if (looked.places[hit.record].head if hit.record in looked.places else hit.record)
            == head
        ]
        here = found[(page - 1) * size : page * size]
        told = unfolded(here, len(found), page=page, size=size)
        return replace(told, records=frozenset(hit.record for hit in found))

    def _looked(self, hits: Hits, *, heads: int) -> _Looked:
        """As many hits as give so many that stand by themselves, and no more than are folded."""
        new, seen, walk = list(hits.first), hits.asked, self._walk()
        looked, known = list[Revision](), set[RecordId]()
        reach = min(hits.total, FOLDED)
        while True:
            self._prepare(new)
            walk.go_on(new)
            looked += new
            known.update(hit.record for hit in new)
            found = [at for at, hit in enumerate(looked) if hit.record not in walk.places]
            if len(found) >= heads or seen >= reach:
                return _Looked(looked, walk.places, found, is_all=seen >= hits.total)
            step = min(max(_MORE, seen), reach - seen)
            new = [hit for hit in hits.more(seen, step) if hit.record not in known]
            seen += step


def to_fold(asked: Asked) -> int:
    """How many hits are read at first, from the first one on."""
    return min(asked.page * asked.size + SPARE, FOLDED)


def unfolded(hits: Sequence[Revision], total: int, *, page: int, size: int) -> FoldedPage:
    """A page of hits that stand by themselves."""
    before = (page - 1) * size if hits else 0
    first = before + 1 if hits else 0
    return FoldedPage(hits, total, first, before + len(hits), pages=max(1, -(-total // size)))


def _shown(looked: _Looked, start: int, stop: int) -> tuple[list[Revision], Counter[RecordId]]:
    """Hits of a stretch without those beyond `BELOW` below one; and how many stand below each."""
    shown, below = [], Counter[RecordId]()
    for hit in looked.hits[start:stop]:
        place = looked.places.get(hit.record)
        if place is not None:
            below[place.head] += 1
        if place is None or below[place.head] <= BELOW:
            shown.append(hit)
    return shown, below
