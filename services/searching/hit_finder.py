"""What the index finds and the caller may read: in its final order, and what stands near it."""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial

from records.ports.search_index import SearchIndex
from records.queries.query import Among, And, Query
from records.queries.search import (
    Facet,
    Floor,
    Hit,
    Narrowing,
    SearchRequest,
    SearchResult,
    SortOrder,
)
from records.revision import Revision
from services.people.caller import Caller
from services.searching.admission import Admission
from services.searching.interpretations import (
    Interpretation,
    by_name,
    by_number,
    by_pinyin,
)
from services.searching.second_look import DEPTH, SecondLook
from services.searching.unit_names import with_unit_names

FEW = 2
"""So few hits are followed by near ones; below more of them these gain little (.0003 MRR)."""


NEAR = 5
"""Near hits that are shown: where they are wanted, the right one is among the first."""


ASKED_BESIDE = 6
"""Threads that ask for near hits, while who asked looks at those that hold everything: as many as
may search at once (gate.lanes)."""

SIMILAR = 300
"""Records that are similar at most, where nothing holds all words."""

ALIKE = 0.4
"""What has a lower share of the best score is not similar any more: of questions and keywords that
leaves a tenth of what holds one clue of ten, and the right record in each of 2,899 (so does .5)."""


@dataclass(frozen=True, slots=True)
class FoundHits:
    """One page of what a query found, in order, and the number and facets of all.

    `reading` says how the query was read where nothing held its words.
    """

    tree: Query
    total: int
    page: Sequence[Revision]
    facets: Mapping[Facet, tuple[tuple[str, int], ...]]
    counts: Mapping[str, tuple[tuple[str, int], ...]]
    """Of the facts that were to be counted."""
    reading: Interpretation | None = None
    is_cut: bool = False
    """There may be more that is similar than the `SIMILAR` that are told of."""


@dataclass(frozen=True, slots=True)
class NearHits:
    """Records that hold words in part: those that are shown, and how many there are."""

    page: Sequence[Revision] = ()
    total: int = 0


class HitFinder:
    """Asks the index, strictly and otherwise."""

    def __init__(
        self, *, index: SearchIndex, admission: Admission, second_look: SecondLook
    ) -> None:
        self._index = index
        self._admission = admission
        self._second_look = second_look
        self._beside = ThreadPoolExecutor(ASKED_BESIDE, thread_name_prefix="near")

    def strict(self, caller: Caller, request: SearchRequest) -> FoundHits:
        """What holds the words; where nothing does, what holds them read in another way."""
        answer = self.answer(caller, request)
        if answer.total:
            return answer
        readings: dict[Interpretation, Callable[[Query], Query | None]] = {
            Interpretation.BY_NAME: by_name,
            Interpretation.BY_NUMBER: by_number,
            Interpretation.BY_PINYIN: partial(by_pinyin, self._index, caller),
        }
        for reading, read in readings.items():
            if (tree := read(request.query)) is not None:
                named = with_unit_names(tree, caller.organisation)
                other = self.answer(caller, replace(request, query=named))
                if other.total:
                    return replace(other, reading=reading)
        return answer

    def answer(self, caller: Caller, request: SearchRequest, *, depth: int = DEPTH) -> FoundHits:
        """One page; whichever of the first `depth` hits is asked for, all are put into order.

        So none of them stands on two pages or on none.
        """
        asked = request
        if _is_ranked(request, depth):
            limit = max(depth, request.offset + request.limit)
            asked = replace(request, offset=0, limit=limit)
        result = self._index.search(asked, caller.access)
        return self._page(caller, request, result, depth=depth)

    def _page(
        self, caller: Caller, request: SearchRequest, result: SearchResult, *, depth: int
    ) -> FoundHits:
        """The page that was asked for, of what the index gave up to its end."""
        places = [(hit.record, hit.revision) for hit in result.hits]
        held = [
            (hit.score, revision)
            for hit, revision in zip(
                result.hits, self._admission.admitted(caller, places), strict=True
            )
            if revision is not None
        ]
        revisions = [revision for _, revision in held]
        if _is_ranked(request, depth):
            first = self._second_look.ordered(held[:depth], request.query, today=caller.today)
            ends = request.offset + request.limit
            revisions = [*first, *revisions[depth:]][request.offset : ends]
        total = max(0, result.total - (len(result.hits) - len(held)))
        return FoundHits(request.query, total, revisions, result.facets, result.counts)

    def similar(self, caller: Caller, request: SearchRequest) -> FoundHits:
        """One page of what holds the words in part, cut where it stops being like the best.

        The cut is one for all conditions, so that facets count what is found under them, unless
        it leaves nothing under those that were chosen. A record that the caller may not read moves
        it no more than it moves an order.
        """
        found = self._cut(caller, request, Narrowing(withheld=request.narrowing.withheld))
        if found.total:
            return found
        anew = self._cut(caller, request, request.narrowing)
        return anew if anew.total else found  # whose facets say what else could be chosen

    def _cut(self, caller: Caller, request: SearchRequest, within: Narrowing) -> FoundHits:
        """What is like the best of what these conditions leave, under those of the request."""
        bare = replace(request, relaxed=True, narrowing=within, facets=(), counted=())
        first = replace(bare, sort=SortOrder.RELEVANCE, offset=0, limit=SIMILAR)
        hits = self._index.search(first, caller.access).hits
        best = next((hit.score for hit in hits if self._is_open(caller, hit)), math.inf)
        alike = frozenset(hit.record for hit in hits if hit.score >= ALIKE * best)
        among = replace(request, query=And((request.query, Among(alike))), relaxed=True)
        found = self.answer(caller, among)
        return replace(found, tree=request.query, is_cut=len(alike) == SIMILAR)

    def _is_open(self, caller: Caller, hit: Hit) -> bool:
        return self._admission.admitted(caller, [(hit.record, hit.revision)])[0] is not None

    def near(
        self, caller: Caller, request: SearchRequest, answer: FoundHits
    ) -> Callable[[], NearHits]:
        """What holds half of the words, below one or two records that hold them all.

        The index is asked at once; who calls for the answer waits for what is left of it.
        """
        narrowed = replace(request.narrowing, withheld=frozenset()) != Narrowing()
        ranked = request.sort is SortOrder.RELEVANCE and request.offset == 0
        if narrowed or not ranked or answer.reading or not 0 < answer.total <= FEW:
            return no_hits
        wanted = min(request.limit, NEAR)
        bare = replace(request, relaxed=True, floor=Floor.HALF, facets=(), counted=())
        relaxed = replace(bare, limit=wanted + len(answer.page))
        shown = {revision.record for revision in answer.page}
        asking = self._beside.submit(copy_context().run, self._index.search, relaxed, caller.access)

        def found() -> NearHits:
            near = self._page(caller, relaxed, asking.result(), depth=relaxed.limit)
            page = [each for each in near.page if each.record not in shown][:wanted]
            # What holds all of the words holds half of them: it is among those counted.
            return NearHits(page, max(near.total - answer.total, len(page)))

        return found


def no_hits() -> NearHits:
    """What is near where nothing is looked for."""
    return NearHits()


def _is_ranked(request: SearchRequest, depth: int) -> bool:
    """Whether the page is one of those that are put into order here."""
    return request.sort is SortOrder.RELEVANCE and request.offset < depth
