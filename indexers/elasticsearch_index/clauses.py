"""Conditions of Elasticsearch's query language, as JSON."""

from collections.abc import Iterable, Sequence
from datetime import date

from indexers.elasticsearch_index.schema import Json, Name

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


def term(field: str, value: str) -> Json:
    """Records that have this very term."""
    return {"term": {field: {"value": value}}}


def any_term(field: str, values: Iterable[str]) -> Json:
    """Records that have one of these terms; none of them, no records."""
    terms = sorted(set(values))
    parts = [terms[start : start + TERMS_AT_ONCE] for start in range(0, len(terms), TERMS_AT_ONCE)]
    return any_of([{"terms": {field: part}} for part in parts])


def phrase(field: str, tokens: Sequence[str], *, open_end: bool) -> Json:
    """Records where tokens of the index stand in a row; with `open_end` the last goes on.

    Of a very long open row, longer than what is read from a search box, the end is looked for by
    itself: it may stand elsewhere in the text than the rest.
    """
    if len(tokens) == 1:
        return {"prefix": {field: {"value": tokens[0]}}} if open_end else term(field, tokens[0])
    row = " ".join(tokens)
    if open_end and len(tokens) > OPEN_TOKENS:
        end = phrase(field, tokens[-OPEN_TOKENS:], open_end=True)
        return all_of([phrase(field, tokens[:-1], open_end=False), end])
    if open_end:
        return {"match_phrase_prefix": {field: {"query": row, "max_expansions": ALL_ENDINGS}}}
    return {"match_phrase": {field: {"query": row}}}


def days(first: date | None, last: date | None) -> Json:
    """Records dated within a range; an open end is None."""
    ends = {"gte": first and first.toordinal(), "lte": last and last.toordinal()}
    given = {end: day for end, day in ends.items() if day is not None}
    return {"range": {Name.DAY: given}} if given else EVERYTHING


def all_of(conditions: Sequence[Json], but: Sequence[Json] = ()) -> Json:
    """Records that meet all of them and none of `but`; all, when there are none. No scores."""
    if len(conditions) == 1 and not but:
        return conditions[0]
    if not conditions and not but:
        return EVERYTHING
    met = {"filter": list(conditions)} if conditions else {}
    return {"bool": {**met, **({"must_not": list(but)} if but else {})}}


def any_of(conditions: Sequence[Json]) -> Json:
    """Records that meet one of them; none, when there are none. No scores.

    Many single terms of a field become one set: a query may hold only some thousand conditions.
    """
    if not conditions:
        return NOTHING
    if len(conditions) == 1:
        return conditions[0]
    merged = _merged(conditions) if len(conditions) >= FEW else list(conditions)
    return {"bool": {"should": merged, "minimum_should_match": 1}}


def sum_of(conditions: Sequence[Json]) -> Json:
    """Records that meet all of them, with the sum of the scores."""
    return conditions[0] if len(conditions) == 1 else {"bool": {"must": list(conditions)}}


def one_or_more(conditions: Sequence[Json]) -> Json:
    """Records that meet one of them, with the sum of the scores of those they meet."""
    return {"bool": {"should": list(conditions), "minimum_should_match": 1}}


def constant(condition: Json, score: float) -> Json:
    """The same records, all with one score."""
    return {"constant_score": {"filter": condition, "boost": score}}


def boosted(condition: Json, boost: float) -> Json:
    """The same records, their scores multiplied."""
    return {"bool": {"must": [condition], "boost": boost}}


def _merged(conditions: Sequence[Json]) -> list[Json]:
    terms: dict[str, set[str]] = {}
    others: list[Json] = []
    for condition in conditions:
        match condition:
            case {"term": dict() as told}:
                ((field, wanted),) = told.items()
                terms.setdefault(field, set()).add(wanted["value"])
            case _:
                others.append(condition)
    return [*(any_term(field, values) for field, values in terms.items()), *others]
