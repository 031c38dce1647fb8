"""A search as one request to Elasticsearch, and its answer."""

from collections.abc import Sequence
from typing import Any, cast

from indexers.analysis import Analyser
from indexers.elasticsearch_index.clauses import all_of, any_of, constant, one_or_more
from indexers.elasticsearch_index.conditions import apart_from_facets, chosen, readable
from indexers.elasticsearch_index.queries import Matching, QueryBuilder
from indexers.elasticsearch_index.ranking import Ranking
from indexers.elasticsearch_index.schema import FACETS, Json, Name
from indexers.narrowing import largest_first
from records.access import AccessFilter
from records.identity import RecordId
from records.search import Facet, Hit, SearchRequest, SearchResult, SortOrder

BUCKETS = 60_000
"""More values than any facet has, so that counts are exact on several shards too; Elasticsearch
gives at most 65,536 in one answer (``search.max_buckets``)."""

NEWEST: list[Json] = [{Name.DAY: "desc"}, {Name.CHANGED: "desc"}, {Name.RECORD: "desc"}]
_LAST_CHANGED: list[Json] = [{Name.CHANGED: "desc"}, {Name.DAY: "desc"}, {Name.RECORD: "desc"}]
_COUNTED = "counted"

Answer = dict[str, Any]
"""What the server answered, as JSON."""


class Asking:
    """Writes requests and reads answers; everything stands behind the access filter."""

    def __init__(self, analyser: Analyser) -> None:
        self.builder = QueryBuilder(analyser)
        self._ranking = Ranking(self.builder, analyser)

    def body(self, request: SearchRequest, access: AccessFilter, *, scored: int) -> Json:
        """The request for one page, with at most so many conditions that give scores.

        Conditions of facets that are counted hold for the hits alone (``post_filter``): each
        facet is counted under those of all the others.
        """
        matching = self.builder.matching(request.query, relaxed=request.relaxed)
        narrowing = request.narrowing
        late = {facet: found for facet in request.facets if (found := chosen(narrowing, facet))}
        early = [
            found for facet in Facet if facet not in late for found in chosen(narrowing, facet)
        ]
        asked = [readable(access), *apart_from_facets(narrowing), *early]
        return {
            **self._ordered(asked, matching, request, scored),
            "from": request.offset,
            "size": request.limit,
            "track_total_hits": True,
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": [Name.RECORD, Name.REVISION],
            **(
                {"post_filter": all_of([part for found in late.values() for part in found])}
                if late
                else {}
            ),
            **(
                {"aggs": {str(facet): _count(facet, late) for facet in request.facets}}
                if request.facets
                else {}
            ),
        }

    def _ordered(
        self, asked: list[Json], matching: Matching, request: SearchRequest, scored: int
    ) -> Json:
        """Query and order."""
        unscored = {"query": all_of([*asked, matching.whole])}
        if request.sort is SortOrder.CHANGED:
            return {**unscored, "sort": _LAST_CHANGED}
        ranking = self._ranking.of(request.query, relaxed=bool(matching.clues))
        if request.sort is SortOrder.DATE or not ranking or request.limit < 1:
            return {**unscored, "sort": NEWEST}
        query = _scored([*asked, matching.kept], matching.clues, ranking, scored)
        return {"query": query, "sort": ["_score", *NEWEST]}


def _scored(asked: list[Json], clues: Sequence[Json], ranking: list[Json], scored: int) -> Json:
    """The same records with scores: conditions give none, clues and ranking do."""
    held = min(len(clues), scored // 2)
    must = [one_or_more([*clues[:held], *_rest(clues[held:])])] if clues else []
    whole = {
        "filter": asked,
        "must": must,
        "should": ranking[: scored - held],
        "minimum_should_match": 0,
    }
    return {
        "function_score": {
            "query": {"bool": whole},
            "field_value_factor": {"field": Name.WEIGHT, "missing": 1},
            "boost_mode": "multiply",
        }
    }


def _rest(clues: Sequence[Json]) -> list[Json]:
    """Clues beyond what can be scored: they still find."""
    return [constant(any_of(clues), 0.0)] if clues else []


def _count(facet: Facet, late: dict[Facet, list[Json]]) -> Json:
    counted: Json = {"terms": {"field": FACETS[facet], "size": BUCKETS}}
    others = [part for other, found in late.items() if other is not facet for part in found]
    return {"filter": all_of(others), "aggs": {_COUNTED: counted}} if others else counted


def result_of(answer: Answer, request: SearchRequest) -> SearchResult:
    """Hits, total and facets out of an answer."""
    counted = answer.get("aggregations", {})
    return SearchResult(
        total=int(answer["hits"]["total"]["value"]),
        hits=hits_of(answer),
        facets={facet: _values(counted[facet]) for facet in request.facets},
    )


def hits_of(answer: Answer) -> tuple[Hit, ...]:
    """The hits; where they are in order of score the score is what they are sorted by."""
    return tuple(
        Hit(
            RecordId(hit["fields"][Name.RECORD][0]),
            int(hit["fields"][Name.REVISION][0]),
            float(hit["sort"][0]) if len(hit["sort"]) > len(NEWEST) else 0.0,
        )
        for hit in answer["hits"]["hits"]
    )


def _values(counted: Answer) -> tuple[tuple[str, int], ...]:
    buckets = cast("Answer", counted.get(_COUNTED, counted))["buckets"]
    return largest_first({bucket["key"]: int(bucket["doc_count"]) for bucket in buckets})
