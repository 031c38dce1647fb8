"""A search as one request to Elasticsearch, and its answer."""

import re
from collections.abc import Sequence
from typing import Any, cast

from indexers.analysis import Analyser
from indexers.elasticsearch_index.access_conditions import readable
from indexers.elasticsearch_index.algebra import ElasticsearchAlgebra
from indexers.elasticsearch_index.schema import Json, Name
from indexers.narrowing import facts_but, largest_first, values_of
from indexers.querying.conditions import Conditions
from indexers.querying.fields import FACETS, ORDERS, SHOWN, Field
from indexers.querying.query_builder import Matching, QueryBuilder
from indexers.querying.ranking import Ranking
from indexers.querying.resembling import Resembling
from records.identity import RecordId
from records.queries.search import Facet, Hit, Ordering, SearchRequest, SearchResult, SortOrder
from records.rights.access import AccessFilter

BUCKETS = 60_000
"""More values than any facet has, so that counts are exact on several shards too; Elasticsearch
gives at most 65,536 in one answer (``search.max_buckets``)."""

NEWEST: list[Json] = [{Field.DAY: "desc"}, {Name.CHANGED: "desc"}, {Field.RECORD: "desc"}]
_LAST_CHANGED: list[Json] = [{Name.CHANGED: "desc"}, {Field.DAY: "desc"}, {Field.RECORD: "desc"}]
_COUNTED = "counted"
_FACTS = "facts of "
"""Before the names of facts that are counted, to tell them from facets."""

READ_AT_ONCE = 20

Answer = dict[str, Any]
"""What the server answered, as JSON."""


class Asking:
    """Writes requests and reads answers; everything stands behind the access filter."""

    def __init__(self, analyser: Analyser) -> None:
        self._algebra = ElasticsearchAlgebra()
        self.builder = QueryBuilder[Json](self._algebra, analyser)
        self._conditions = Conditions(self.builder)
        self._resembling = Resembling(self.builder, analyser)
        self._ranking = Ranking(self.builder, analyser)

    def body(self, request: SearchRequest, access: AccessFilter, *, scored: int) -> Json:
        """The request for one page, with at most so many conditions that give scores.

        Conditions of facets and facts that are counted hold for the hits alone (``post_filter``):
        each facet is counted under those of all the others.
        """
        matching = self.builder.matching(request)
        late = self._late(request)
        asked = [readable(self._algebra, access), *self._early(request)]
        after = [*_all(late), *_placed(request)]
        aggregations = {name: self._count(name, late) for name in _counted(request)}
        return {
            **self._ordered(asked, matching, request, scored),
            "size": request.limit,
            "track_total_hits": True,
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": [Field.RECORD, Field.REVISION],
            **({"post_filter": self._algebra.all_of(after)} if after else {}),
            **({"aggs": aggregations} if aggregations else {}),
        }

    def newest(self, condition: Json, access: AccessFilter) -> Json:
        """The request for titles and numbers of all readable records that meet a condition."""
        return {
            "query": self._algebra.all_of([readable(self._algebra, access), condition]),
            "sort": NEWEST,
            "size": READ_AT_ONCE,
            "track_total_hits": False,
            "_source": list(SHOWN),
            "docvalue_fields": [Field.RECORD, Field.REVISION],
        }

    def resembling(self, word: str, access: AccessFilter, *, limit: int) -> Json | None:
        """The request for readable records where something like a word may stand."""
        condition = self._resembling.of(word)
        if condition is None:
            return None
        asked = {"filter": [readable(self._algebra, access)], "must": [condition]}
        return {
            "query": {"bool": asked},
            "sort": ["_score", *NEWEST],
            "size": limit,
            "track_total_hits": False,
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": [Field.RECORD, Field.REVISION],
        }

    def _late(self, request: SearchRequest) -> dict[str, list[Json]]:
        """Conditions by the name under which what they are about is counted."""
        narrowing = request.narrowing
        facets = {str(facet): self._conditions.facet(narrowing, facet) for facet in request.facets}
        facts = {
            _FACTS + name: [
                self.builder.holds(group)
                for group in narrowing.facts
                if group not in facts_but(narrowing, name)
            ]
            for name in request.counted
        }
        return facets | facts

    def _early(self, request: SearchRequest) -> list[Json]:
        narrowing = request.narrowing
        groups = [
            group
            for group in narrowing.facts
            if all(group in facts_but(narrowing, name) for name in request.counted)
        ]
        return [
            *self._conditions.others(narrowing),
            *(self.builder.holds(group) for group in groups),
            *(
                found
                for facet in Facet
                if facet not in request.facets
                for found in self._conditions.facet(narrowing, facet)
            ),
        ]

    def _ordered(
        self, asked: list[Json], matching: Matching[Json], request: SearchRequest, scored: int
    ) -> Json:
        """Query, order, and where the page begins."""
        unscored = {"query": self._algebra.all_of([*asked, matching.whole])}
        if request.order is not None:
            return {**unscored, **_walked(request.order)}
        begins = {"from": request.offset}
        if request.sort is SortOrder.CHANGED:
            return {**unscored, **begins, "sort": _LAST_CHANGED}
        ranking = self._ranking.of(request.query, relaxed=bool(matching.clues), floor=request.floor)
        if request.sort is SortOrder.DATE or not ranking or request.limit < 1:
            return {**unscored, **begins, "sort": NEWEST}
        query = self._scored([*asked, matching.whole], [*matching.clues, *ranking], scored)
        return {"query": query, **begins, "sort": ["_score", *NEWEST]}

    def _scored(self, asked: list[Json], ranking: Sequence[Json], scored: int) -> Json:
        """The same records with scores: conditions give none, clues and ranking do."""
        whole = {"filter": asked, "should": ranking[:scored], "minimum_should_match": 0}
        return {
            "function_score": {
                "query": {"bool": whole},
                "field_value_factor": {"field": Name.WEIGHT, "missing": 1},
                "boost_mode": "multiply",
            }
        }

    def _count(self, name: str, late: dict[str, list[Json]]) -> Json:
        counted: Json = {"terms": _terms_of(name)}
        others = [part for other, found in late.items() if other != name for part in found]
        if not others:
            return counted
        return {"filter": self._algebra.all_of(others), "aggs": {_COUNTED: counted}}


def _placed(request: SearchRequest) -> list[Json]:
    """Records stand in an order whose column they have; facets are counted with or without."""
    order = request.order
    return [{"exists": {"field": ORDERS[order.by]}}] if order else []


def _walked(order: Ordering) -> Json:
    after = {} if order.after is None else {"search_after": [order.after]}
    return {"sort": [{ORDERS[order.by]: "desc" if order.descending else "asc"}], **after}


def _counted(request: SearchRequest) -> list[str]:
    return [*map(str, request.facets), *(_FACTS + name for name in request.counted)]


def _terms_of(name: str) -> Json:
    if name.startswith(_FACTS):
        escaped = re.escape(name.removeprefix(_FACTS))
        return {"field": Field.FACTS, "include": f"{escaped}=.*", "size": BUCKETS}
    return {"field": FACETS[Facet(name)], "size": BUCKETS}


def _all(late: dict[str, list[Json]]) -> list[Json]:
    return [part for found in late.values() for part in found]


def result_of(answer: Answer, request: SearchRequest) -> SearchResult:
    """Hits, total, facets and counts out of an answer."""
    counted = answer.get("aggregations", {})
    return SearchResult(
        total=int(answer["hits"]["total"]["value"]),
        hits=hits_of(answer),
        facets={facet: largest_first(_values(counted[facet])) for facet in request.facets},
        counts={
            name: values_of(name, _values(counted[_FACTS + name]).items())
            for name in request.counted
        },
    )


def hits_of(answer: Answer) -> tuple[Hit, ...]:
    """The hits; where they are in order of score the score is what they are sorted by."""
    return tuple(
        Hit(
            RecordId(hit["fields"][Field.RECORD][0]),
            int(hit["fields"][Field.REVISION][0]),
            float(hit["sort"][0]) if len(hit["sort"]) > len(NEWEST) else 0.0,
        )
        for hit in answer["hits"]["hits"]
    )


def _values(counted: Answer) -> dict[str, int]:
    buckets = cast("Answer", counted.get(_COUNTED, counted))["buckets"]
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
