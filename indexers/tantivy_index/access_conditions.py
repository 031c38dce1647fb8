"""Access as a tantivy query."""

import tantivy

from indexers.querying.fields import FACETS, Field
from indexers.tantivy_index.algebra import TantivyAlgebra, TermsWithPrefix
from indexers.tantivy_index.documents import dated_prefix, dated_term, token_term
from records.queries.search import Facet
from records.rights.access import AccessFilter, Level

FILTERS_KEPT = 256
"""Access filters, one per person and day, that are built once for a snapshot."""


class AccessConditions:
    """Builds access filters of one snapshot."""

    def __init__(self, algebra: TantivyAlgebra, terms_with_prefix: TermsWithPrefix) -> None:
        self._algebra = algebra
        self._terms_with_prefix = terms_with_prefix
        self._kept: dict[AccessFilter, tantivy.Query] = {}

    def readable(self, access: AccessFilter) -> tantivy.Query:
        """Records that `access` admits: a token opens them today and the level is not above."""
        query = self._kept.get(access)
        if query is None:
            if len(self._kept) >= FILTERS_KEPT:
                self._kept.clear()
            query = self._kept[access] = self._readable(access)
        return query

    def _readable(self, access: AccessFilter) -> tantivy.Query:
        """Builds the filter.

        Dated tokens are looked up in the dictionary of terms, so that the last day counts
        exactly; a record without a level is not found by anyone.
        """
        dated = [
            term
            for token in access.tokens
            for term in self._terms_with_prefix(Field.READER, dated_prefix(token))
            if term >= dated_term(token, access.today)
        ]
        levels = [str(int(level)) for level in Level if level <= access.clearance]
        return self._algebra.all_of(
            [
                self._algebra.any_term(Field.READER, [*map(token_term, access.tokens), *dated]),
                self._algebra.any_term(FACETS[Facet.LEVEL], levels),
            ]
        )
