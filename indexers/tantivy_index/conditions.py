"""Access and narrowing as tantivy queries: the conditions besides the words."""

import tantivy

from indexers.narrowing import chosen_values
from indexers.tantivy_index.documents import dated_prefix, dated_term, token_term
from indexers.tantivy_index.queries import QueryBuilder, TermsWithPrefix, all_but, all_of
from indexers.tantivy_index.schema import FACETS, Name
from records.access import AccessFilter, Level
from records.search import Facet, Narrowing

FILTERS_KEPT = 256
"""Access filters, one per person and day, that are built once for a snapshot."""


class Conditions:
    """Builds conditions of one snapshot; all of them decide, none of them ranks."""

    def __init__(self, builder: QueryBuilder, terms_with_prefix: TermsWithPrefix) -> None:
        self._builder = builder
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
            for term in self._terms_with_prefix(Name.READER, dated_prefix(token))
            if term >= dated_term(token, access.today)
        ]
        levels = [str(int(level)) for level in Level if level <= access.clearance]
        return all_of(
            [
                self._builder.any_term(Name.READER, [*map(token_term, access.tokens), *dated]),
                self._builder.any_term(FACETS[Facet.LEVEL], levels),
            ]
        )

    def narrowed(self, narrowing: Narrowing, *, but: Facet | None) -> list[tantivy.Query]:
        """The conditions of a narrowing apart from those of one facet."""
        found = [
            self._builder.any_term(FACETS[facet], values)
            for facet in Facet
            if facet is not but and (values := chosen_values(narrowing, facet))
        ]
        if narrowing.first or narrowing.last:
            found.append(self._builder.days(narrowing.first, narrowing.last))
        if narrowing.authors:
            found.append(self._builder.any_term(Name.AUTHOR, narrowing.authors))
        if narrowing.holders:
            found.append(self._builder.any_term(Name.HOLDER, narrowing.holders))
        if narrowing.audience_wide is not None:
            found.append(self._builder.term(Name.AUDIENCE_WIDE, str(narrowing.audience_wide)))
        if narrowing.withheld:
            found.append(all_but(self._builder.any_term(Name.ID, narrowing.withheld)))
        return found
