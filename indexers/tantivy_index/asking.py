"""Search in one snapshot of one index: hits, total and facets."""

import tantivy
from tantivy import Occur

from indexers.narrowing import chosen_values, largest_first
from indexers.tantivy_index.conditions import Conditions
from indexers.tantivy_index.queries import QueryBuilder, all_of
from indexers.tantivy_index.reading import addresses_of, hits_of, total_of
from indexers.tantivy_index.schema import FACETS, Name
from records.access import AccessFilter
from records.search import Facet, Hit, SearchRequest, SearchResult, SortOrder

SORT_COLUMNS = {SortOrder.DATE: Name.BY_DATE, SortOrder.CHANGED: Name.BY_CHANGE}
BUCKETS = 65_000
"""More values than any facet has; tantivy counts exactly up to the size asked for."""

FAR = 10_000
"""Beyond this offset the total is asked for first: a page costs memory for all before it."""

FacetCounts = dict[Facet, tuple[tuple[str, int], ...]]


class Asking:
    """Answers requests."""

    def __init__(
        self, searcher: tantivy.Searcher, builder: QueryBuilder, conditions: Conditions
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._conditions = conditions

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """Hits, total and facets of a request, all behind the filter."""
        asked = [
            self._conditions.readable(access),
            self._builder.matching(request.query, relaxed=request.relaxed),
        ]
        narrowed = self._conditions.narrowed(request.narrowing, but=None)
        found = self._builder.constant(all_of([*asked, *narrowed]), 0.0)
        total, hits = self._page(found, request)
        return SearchResult(total=total, hits=hits, facets=self._facets(asked, request))

    def _page(self, found: tantivy.Query, request: SearchRequest) -> tuple[int, tuple[Hit, ...]]:
        if request.limit < 1 or request.offset > FAR:
            total = total_of(self._searcher.search(found, 1))
            if request.limit < 1 or request.offset >= total:
                return total, ()
        ranking = self._builder.ranking(request.query, relaxed=request.relaxed)
        if request.sort is SortOrder.RELEVANCE and ranking:
            return self._ranked(found, ranking, request)
        result = self._searcher.search(
            found,
            request.limit,
            offset=request.offset,
            order_by_field=SORT_COLUMNS.get(request.sort, Name.BY_DATE),
        )
        addresses = addresses_of(result)
        return total_of(result), hits_of(self._searcher, addresses, [0.0] * len(addresses))

    def _ranked(
        self, found: tantivy.Query, ranking: list[tantivy.Query], request: SearchRequest
    ) -> tuple[int, tuple[Hit, ...]]:
        ranked = tantivy.Query.boolean_query(
            [(Occur.Must, found), *((Occur.Should, query) for query in ranking)]
        )
        result = self._searcher.search(
            ranked, request.limit, offset=request.offset, weight_by_field=Name.FRESHNESS
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
