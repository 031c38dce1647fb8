"""Search in one snapshot of one index: hits, total and facets."""

from concurrent.futures import Executor

import tantivy
from tantivy import Occur

from indexers.narrowing import chosen_values, largest_first
from indexers.tantivy_index.conditions import Conditions
from indexers.tantivy_index.queries import Matching, QueryBuilder, all_of, any_of
from indexers.tantivy_index.ranking import Ranking
from indexers.tantivy_index.reading import addresses_of, hits_of, total_of
from indexers.tantivy_index.schema import FACETS, Name
from records.access import AccessFilter
from records.search import Facet, Hit, SearchRequest, SearchResult, SortOrder

SORT_COLUMNS = {
    SortOrder.DATE: (Name.BY_DATE, Name.DATE_RANK),
    SortOrder.CHANGED: (Name.BY_CHANGE, Name.CHANGE_RANK),
}
BUCKETS = 65_000
"""More values than any facet has; tantivy counts exactly up to the size asked for."""

FAR = 10_000
"""Beyond this offset the total is asked for first: a page costs memory for all before it."""

FacetCounts = dict[Facet, tuple[tuple[str, int], ...]]


class Asking:
    """Answers requests."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        builder: QueryBuilder,
        conditions: Conditions,
        ranking: Ranking,
        beside: Executor,
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._conditions = conditions
        self._ranking = ranking
        self._beside = beside

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """Hits, total and facets of a request, all behind the filter.

        Facets are counted beside the search for hits: each walks through all that matches.
        """
        matching = self._builder.matching(request.query, relaxed=request.relaxed)
        readable = self._conditions.readable(access)
        conditions = [readable, *self._conditions.narrowed(request.narrowing, but=None)]
        counting = (
            self._beside.submit(self._facets, [readable, matching.whole], request)
            if request.facets
            else None
        )
        total, hits = self._page(conditions, matching, request)
        facets = counting.result() if counting else {}
        return SearchResult(total=total, hits=hits, facets=facets)

    def _page(
        self, conditions: list[tantivy.Query], matching: Matching, request: SearchRequest
    ) -> tuple[int, tuple[Hit, ...]]:
        found = self._builder.constant(all_of([*conditions, matching.whole]), 0.0)
        if request.limit < 1 or request.offset > FAR:
            total = total_of(self._searcher.search(found, 1))
            if request.limit < 1 or request.offset >= total:
                return total, ()
        ranking = self._ranking.of(request.query, relaxed=bool(matching.clues))
        if request.sort is SortOrder.RELEVANCE and ranking:
            return self._ranked(self._scored(conditions, matching, ranking), request)
        return self._sorted(found, request)

    def _sorted(self, found: tantivy.Query, request: SearchRequest) -> tuple[int, tuple[Hit, ...]]:
        """The page in order of date or change: by number, and where two are equal, by term."""
        exact, rank = SORT_COLUMNS.get(request.sort, SORT_COLUMNS[SortOrder.DATE])
        before = min(request.offset, 1)
        result = self._searcher.search(
            found, request.limit + before + 1, offset=request.offset - before, order_by_field=rank
        )
        page = addresses_of(result)[before : before + request.limit]
        if len({key for key, _ in result.hits}) < len(result.hits):
            result = self._searcher.search(
                found, request.limit, offset=request.offset, order_by_field=exact
            )
            page = addresses_of(result)
        return total_of(result), hits_of(self._searcher, page, [0.0] * len(page))

    def _scored(
        self, conditions: list[tantivy.Query], matching: Matching, ranking: list[tantivy.Query]
    ) -> tantivy.Query:
        """The same records with scores: conditions give none, clues and ranking do."""
        unscored = self._builder.constant(all_of([*conditions, matching.kept]), 0.0)
        clues = [any_of(matching.clues)] if matching.clues else []
        return tantivy.Query.boolean_query(
            [
                *((Occur.Must, query) for query in (unscored, *clues)),
                *((Occur.Should, query) for query in ranking),
            ]
        )

    def _ranked(self, scored: tantivy.Query, request: SearchRequest) -> tuple[int, tuple[Hit, ...]]:
        result = self._searcher.search(
            scored, request.limit, offset=request.offset, weight_by_field=Name.FRESHNESS
        )
        scores = [float(score) for score, _ in result.hits]
        return total_of(result), hits_of(self._searcher, addresses_of(result), scores)

    def _facets(self, asked: list[tantivy.Query], request: SearchRequest) -> FacetCounts:
        """Facets without a chosen value are counted together, each other one by itself."""
        chosen = [facet for facet in request.facets if chosen_values(request.narrowing, facet)]
        together = [facet for facet in request.facets if facet not in chosen]
        groups: list[tuple[Facet | None, list[Facet]]] = [(facet, [facet]) for facet in chosen]
        if together:
            groups.append((None, together))
        counted: FacetCounts = {}
        for but, facets in groups:
            narrowed = self._conditions.narrowed(request.narrowing, but=but)
            counted |= self._counts(all_of([*asked, *narrowed]), facets)
        return {facet: counted[facet] for facet in request.facets}

    def _counts(self, found: tantivy.Query, facets: list[Facet]) -> FacetCounts:
        terms = {
            str(facet): {"terms": {"field": FACETS[facet], "size": BUCKETS}} for facet in facets
        }
        answer = self._searcher.aggregate(found, terms)
        return {
            facet: largest_first(
                {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[facet]["buckets"]}
            )
            for facet in facets
        }
