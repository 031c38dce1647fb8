"""Conditions of Elasticsearch's query language, as JSON."""

from collections.abc import Collection, Iterable, Sequence

from indexers.elasticsearch_index.schema import Json
from indexers.querying.fields import Field
from records.queries.query import FactRange

TERMS_AT_ONCE = 60_000
"""Elasticsearch takes 65,536 terms in one condition (``index.max_terms_count``)."""

FEW = 32
"""Single terms from here on are looked up as one set: a tree may hold a thousand of them."""

ALL_ENDINGS = 2**31 - 1
"""Runs that an open phrase may end in; the default of 50 would miss records."""

OPEN_TOKENS = 1_000
"""Tokens of an open phrase: each counts as a condition, those of a closed one do not."""

EVERYTHING: Json = {"match_all": {}}
NOTHING: Json = {"match_none": {}}


class ElasticsearchAlgebra:
    """Implements `indexers.querying.algebra.Algebra`."""

    narrowing = 8
    """More conditions than these cost more than they spare."""

    def term(self, field: str, value: str) -> Json:
        """As the algebra says."""
        return {"term": {field: {"value": value}}}

    def scored_term(self, field: str, value: str) -> Json:
        """As the algebra says."""
        return self.term(field, value)

    def any_term(self, field: str, values: Iterable[str]) -> Json:
        """As the algebra says."""
        terms = sorted(set(values))
        starts = range(0, len(terms), TERMS_AT_ONCE)
        parts = [terms[start : start + TERMS_AT_ONCE] for start in starts]
        return self.any_of([{"terms": {field: part}} for part in parts])

    def phrase(self, field: str, tokens: Sequence[str], *, open_end: bool) -> Json:
        """As the algebra says.

        Of a very long open row, longer than what is read from a search box, the end is looked for
        by itself: it may stand elsewhere in the text than the rest.
        """
        if len(tokens) == 1:
            token = tokens[0]
            return {"prefix": {field: {"value": token}}} if open_end else self.term(field, token)
        row = " ".join(tokens)
        if open_end and len(tokens) > OPEN_TOKENS:
            end = self.phrase(field, tokens[-OPEN_TOKENS:], open_end=True)
            return self.all_of([self.phrase(field, tokens[:-1], open_end=False), end])
        if open_end:
            return {"match_phrase_prefix": {field: {"query": row, "max_expansions": ALL_ENDINGS}}}
        return {"match_phrase": {field: {"query": row}}}

    def loose_phrase(self, field: str, tokens: Sequence[str]) -> Json:
        """As the algebra says."""
        return {"match_phrase": {field: {"query": " ".join(tokens), "slop": 1}}}

    def days(self, first: int | None, last: int | None) -> Json:
        """As the algebra says."""
        given = {end: day for end, day in (("gte", first), ("lte", last)) if day is not None}
        return {"range": {Field.DAY: given}} if given else EVERYTHING

    def terms_between(self, field: str, ranges: Collection[FactRange]) -> Json:
        """As the algebra says."""
        return self.any_of(
            [{"range": {field: {"gte": wanted.first, "lt": wanted.end}}} for wanted in ranges]
        )

    def all_of(self, conditions: Sequence[Json], but: Sequence[Json] = ()) -> Json:
        """As the algebra says. No scores."""
        if len(conditions) == 1 and not but:
            return conditions[0]
        if not conditions and not but:
            return EVERYTHING
        met = {"filter": list(conditions)} if conditions else {}
        return {"bool": {**met, **({"must_not": list(but)} if but else {})}}

    def any_of(self, conditions: Sequence[Json]) -> Json:
        """As the algebra says. No scores.

        Many single terms of a field become one set: a query may hold only some thousand
        conditions.
        """
        if not conditions:
            return NOTHING
        if len(conditions) == 1:
            return conditions[0]
        merged = self._merged(conditions) if len(conditions) >= FEW else list(conditions)
        return {"bool": {"should": merged, "minimum_should_match": 1}}

    def is_nothing(self, condition: Json) -> bool:
        """As the algebra says."""
        return condition is NOTHING

    def some_of(self, conditions: Sequence[Json], *, least: int) -> Json:
        """As the algebra says."""
        if least <= 1:
            return self.any_of(conditions)
        return {"bool": {"should": list(conditions), "minimum_should_match": least}}

    def sum_of(self, conditions: Sequence[Json]) -> Json:
        """As the algebra says."""
        return conditions[0] if len(conditions) == 1 else {"bool": {"must": list(conditions)}}

    def constant(self, condition: Json, score: float) -> Json:
        """As the algebra says."""
        return {"constant_score": {"filter": condition, "boost": score}}

    def boosted(self, condition: Json, boost: float) -> Json:
        """As the algebra says."""
        return {"bool": {"must": [condition], "boost": boost}}

    def _merged(self, conditions: Sequence[Json]) -> list[Json]:
        terms: dict[str, set[str]] = {}
        others: list[Json] = []
        for condition in conditions:
            match condition:
                case {"term": dict() as told}:
                    ((field, wanted),) = told.items()
                    terms.setdefault(field, set()).add(wanted["value"])
                case _:
                    others.append(condition)
        return [*(self.any_term(field, values) for field, values in terms.items()), *others]
