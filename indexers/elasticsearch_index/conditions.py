"""Access and narrowing as conditions of Elasticsearch: those besides the words."""

from indexers.elasticsearch_index.clauses import all_of, any_of, any_term, days
from indexers.elasticsearch_index.schema import FACETS, Json, Name
from indexers.narrowing import chosen_values
from records.access import AccessFilter, Level
from records.search import Facet, Narrowing


def readable(access: AccessFilter) -> Json:
    """Records that `access` admits: a token opens them today and the level is not above.

    However many tokens there are, they are one set. A removed record has neither token nor level.
    """
    levels = [str(int(level)) for level in Level if level <= access.clearance]
    dated = all_of(
        [
            any_term(Name.DATED_READER, access.tokens),
            {"range": {Name.DATED_LAST: {"gte": access.today.toordinal()}}},
        ]
    )
    opened = any_of(
        [
            any_term(Name.READER, access.tokens),
            {"nested": {"path": Name.DATED, "query": dated, "score_mode": "none"}},
        ]
    )
    return all_of([opened, any_term(FACETS[Facet.LEVEL], levels)])


def chosen(narrowing: Narrowing, facet: Facet) -> list[Json]:
    """The condition of one facet; none where no value is chosen."""
    values = chosen_values(narrowing, facet)
    return [any_term(FACETS[facet], values)] if values else []


def apart_from_facets(narrowing: Narrowing) -> list[Json]:
    """All other conditions of a narrowing."""
    found = []
    if narrowing.first or narrowing.last:
        found.append(days(narrowing.first, narrowing.last))
    if narrowing.authors:
        found.append(any_term(Name.AUTHOR, narrowing.authors))
    if narrowing.holders:
        found.append(any_term(Name.HOLDER, narrowing.holders))
    if narrowing.audience_wide is not None:
        found.append({"term": {Name.AUDIENCE_WIDE: {"value": narrowing.audience_wide}}})
    if narrowing.withheld:
        found.append(all_of([], [any_term(Name.RECORD, narrowing.withheld)]))
    return found
