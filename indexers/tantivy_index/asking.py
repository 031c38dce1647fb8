"""Search in one snapshot of one index: hits, total, facets and counts of facts."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import reduce

import tantivy
from tantivy import Occur

from indexers.narrowing import chosen_values, largest_first, values_of
from indexers.querying.conditions import Conditions
from indexers.querying.fields import FACETS, SHOWN, Field
from indexers.querying.query_builder import Matching, QueryBuilder
from indexers.querying.ranking import Ranking
from indexers.tantivy_index.access_conditions import AccessConditions
from indexers.tantivy_index.algebra import TantivyAlgebra
from indexers.tantivy_index.newest import NewestPages
from indexers.tantivy_index.ordered import OrderedPages
from indexers.tantivy_index.reading import addresses_of, hits_of, total_of
from indexers.tantivy_index.schema import Name
from records.queries.query import Among, And
from records.queries.search import Facet, Floor, Hit, SearchRequest, SearchResult, SortOrder
from records.rights.access import AccessFilter

BUCKETS = 65_000
"""More values than any facet has; tantivy counts exactly up to the size asked for."""

FAR = 10_000
"""Beyond this offset the total is asked for first: a page costs memory for all before it."""

READ_AT_ONCE = 200
"""Addresses of records, the newest first: to find 200 of them costs what the first one does."""

TAKEN_AT_ONCE = 20
"""Of them, whose titles are read."""

NESTED = 64
"""Conditions within each other; a query is taken apart by recursion."""

Counts = dict[str, tuple[tuple[str, int], ...]]
FacetCounts = dict[Facet, tuple[tuple[str, int], ...]]


class Asking:
    """Answers requests."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        algebra: TantivyAlgebra,
        *,
        builder: QueryBuilder[tantivy.Query],
        access: AccessConditions,
        ranking: Ranking[tantivy.Query],
        ordered: OrderedPages,
        beside: Executor,
    ) -> None:
        self._searcher = searcher
        self._algebra = algebra
        self._builder = builder
        self._access = access
        self._conditions = Conditions(builder)
        self._ranking = ranking
        self._ordered = ordered
        self._beside = beside
        self._newest = NewestPages(searcher)

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """Hits, total, facets and counts of a request, all behind the filter.

        Facets are counted beside the search for hits: each walks through all that matches.
        """
        matching = self._builder.matching(request)
        narrowing = request.narrowing
        counted_in = [self._access.readable(access), *self._conditions.others(narrowing)]
        conditions = [
            *counted_in,
            *self._conditions.facets(narrowing, but=None),
            *self._conditions.facts(narrowing, but=None),
        ]
        counting = (
            self._beside.submit(self._facets, [*counted_in, matching.whole], request)
            if request.facets
            else None
        )
        if request.order is None:
            total, hits = self._page(conditions, matching, request)
        else:
            found = self._unscored([*conditions, matching.whole])
            total, hits = self._ordered.page(found, request.order, request.limit)
        return SearchResult(
            total=total,
            hits=hits,
            facets=counting.result() if counting else {},
            counts=self._counts([*counted_in, matching.whole], request),
        )

    def newest_first(
        self, condition: tantivy.Query, access: AccessFilter
    ) -> Iterator[tuple[Hit, str, str]]:
        """Record, title and number of all readable records that meet it."""
        query = self._algebra.all_of([self._access.readable(access), condition])
        offset = 0
        while True:
            _, addresses = self._newest.page(
                query, SortOrder.DATE, offset=offset, limit=READ_AT_ONCE
            )
            for start in range(0, len(addresses), TAKEN_AT_ONCE):
                yield from self._shown(addresses[start : start + TAKEN_AT_ONCE])
            if len(addresses) < READ_AT_ONCE:
                return
            offset += READ_AT_ONCE

    def _shown(self, addresses: list[tantivy.DocAddress]) -> Iterator[tuple[Hit, str, str]]:
        hits = hits_of(self._searcher, addresses, [0.0] * len(addresses))
        for hit, address in zip(hits, addresses, strict=True):
            document = self._searcher.doc(address)
            title, number = (_shown(document, name) for name in SHOWN)
            yield hit, title, number

    def likeliest(
        self, condition: tantivy.Query, access: AccessFilter, limit: int
    ) -> tuple[Hit, ...]:
        """The readable records that meet a condition best."""
        readable = self._algebra.constant(self._access.readable(access), 0.0)
        result = self._searcher.search(
            self._algebra.sum_of([readable, condition]), limit, count=False
        )
        scores = [float(score) for score, _ in result.hits]
        return hits_of(self._searcher, addresses_of(result), scores)

    def _unscored(self, conditions: list[tantivy.Query]) -> tantivy.Query:
        return self._algebra.constant(self._algebra.all_of(conditions), 0.0)

    def _page(
        self,
        conditions: list[tantivy.Query],
        matching: Matching[tantivy.Query],
        request: SearchRequest,
    ) -> tuple[int, tuple[Hit, ...]]:
        found = self._unscored([*conditions, matching.whole])
        if request.limit < 1 or request.offset > FAR:
            total = total_of(self._searcher.search(found, 1))
            if request.limit < 1 or request.offset >= total:
                return total, ()
        ranking = self._ranking.of(request.query, relaxed=bool(matching.clues), floor=request.floor)
        if request.sort is SortOrder.RELEVANCE and ranking:
            few = _is_selective(request)
            scored = self._scored(conditions, matching, ranking, is_selective=few)
            return self._ranked(scored, request)
        by_change = request.sort is SortOrder.CHANGED
        total, page = self._newest.page(
            found,
            SortOrder.CHANGED if by_change else SortOrder.DATE,
            offset=request.offset,
            limit=request.limit,
        )
        return total, hits_of(self._searcher, page, [0.0] * len(page))

    def _scored(
        self,
        conditions: list[tantivy.Query],
        matching: Matching[tantivy.Query],
        ranking: list[tantivy.Query],
        *,
        is_selective: bool,
    ) -> tantivy.Query:
        """The same records with scores: conditions give none, clues and ranking do.

        Tantivy unites what may stand in a record in windows, and reads each list whole; of
        conditions within each other it asks each for the few records that are found, which is
        three times as quick among 100,000 for one of 300.
        """
        unscored = self._unscored([*conditions, matching.kept])
        clues = [self._algebra.some_of(matching.clues, least=matching.least)]
        met = self._algebra.all_of([unscored, *(clues if matching.clues else ())])
        if is_selective and len(ranking) <= NESTED:
            return reduce(_raised, [[query] for query in ranking], met)
        return _raised(met, ranking)

    def _ranked(self, scored: tantivy.Query, request: SearchRequest) -> tuple[int, tuple[Hit, ...]]:
        result = self._searcher.search(
            scored, request.limit, offset=request.offset, weight_by_field=Name.FRESHNESS
        )
        scores = [float(score) for score, _ in result.hits]
        return total_of(result), hits_of(self._searcher, addresses_of(result), scores)

    def _facets(self, asked: list[tantivy.Query], request: SearchRequest) -> FacetCounts:
        """Facets without a chosen value are counted together, each other one by itself."""
        narrowing = request.narrowing
        chosen = [facet for facet in request.facets if chosen_values(narrowing, facet)]
        together = [facet for facet in request.facets if facet not in chosen]
        groups: list[tuple[Facet | None, list[Facet]]] = [(facet, [facet]) for facet in chosen]
        if together:
            groups.append((None, together))
        facts = self._conditions.facts(narrowing, but=None)
        counted: FacetCounts = {}
        for but, facets in groups:
            narrowed = self._conditions.facets(narrowing, but=but)
            found = self._algebra.all_of([*asked, *facts, *narrowed])
            counted |= self._values(found, facets)
        return {facet: counted[facet] for facet in request.facets}

    def _values(self, found: tantivy.Query, facets: list[Facet]) -> FacetCounts:
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

    def _counts(self, asked: list[tantivy.Query], request: SearchRequest) -> Counts:
        """The values of each name, out of the dictionary, with the records that have them."""
        narrowing = request.narrowing
        facets = self._conditions.facets(narrowing, but=None) if request.counted else []
        return {
            name: values_of(
                name,
                self._searcher.terms_with_prefix(
                    Field.FACTS,
                    f"{name}=",
                    self._algebra.all_of(
                        [*asked, *facets, *self._conditions.facts(narrowing, but=name)]
                    ),
                ),
            )
            for name in request.counted
        }


def _is_selective(request: SearchRequest) -> bool:
    """Whether few records are found however common each word is."""
    query = request.query
    parts = query.children if isinstance(query, And) else (query,)
    return request.floor is Floor.HALF or any(isinstance(part, Among) for part in parts)


def _raised(met: tantivy.Query, ranking: Sequence[tantivy.Query]) -> tantivy.Query:
    """What is met, with the scores of those that are met as well."""
    return tantivy.Query.boolean_query(
        [(Occur.Must, met), *((Occur.Should, query) for query in ranking)]
    )


def _shown(document: tantivy.Document, name: Field) -> str:
    return bytes(document.get_first(name) or b"").decode()
