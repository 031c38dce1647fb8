"""Access as a condition of Elasticsearch."""

from indexers.elasticsearch_index.algebra import ElasticsearchAlgebra
from indexers.elasticsearch_index.schema import Json, Name
from indexers.querying.fields import FACETS, Field
from records.queries.search import Facet
from records.rights.access import AccessFilter, Level


def readable(algebra: ElasticsearchAlgebra, access: AccessFilter) -> Json:
    """Records that `access` admits: a token opens them today and the level is not above.

    However many tokens there are, they are one set. A removed record has neither token nor level.
    """
    levels = [str(int(level)) for level in Level if level <= access.clearance]
    dated = algebra.all_of(
        [
            algebra.any_term(Name.DATED_READER, access.tokens),
            {"range": {Name.DATED_LAST: {"gte": access.today.toordinal()}}},
        ]
    )
    opened = algebra.any_of(
        [
            algebra.any_term(Field.READER, access.tokens),
            {"nested": {"path": Name.DATED, "query": dated, "score_mode": "none"}},
        ]
    )
    return algebra.all_of([opened, algebra.any_term(FACETS[Facet.LEVEL], levels)])
