"""A narrowing as conditions of an engine; all of them decide, none of them ranks."""

from typing import Generic

from indexers.narrowing import chosen_values, facts_but
from indexers.querying.algebra import Q
from indexers.querying.fields import FACETS, Field
from indexers.querying.query_builder import QueryBuilder
from records.queries.search import Facet, Narrowing


class Conditions(Generic[Q]):
    """Builds the conditions besides the words and the access filter."""

    def __init__(self, builder: QueryBuilder[Q]) -> None:
        self._builder = builder
        self._algebra = builder.algebra

    def facet(self, narrowing: Narrowing, facet: Facet) -> list[Q]:
        """The condition of one facet; none where no value is chosen."""
        values = chosen_values(narrowing, facet)
        return [self._algebra.any_term(FACETS[facet], values)] if values else []

    def facets(self, narrowing: Narrowing, *, but: Facet | None) -> list[Q]:
        """The conditions of all facets, apart from one."""
        return [
            condition
            for facet in Facet
            if facet is not but
            for condition in self.facet(narrowing, facet)
        ]

    def facts(self, narrowing: Narrowing, *, but: str | None) -> list[Q]:
        """The conditions on facts, apart from those of one name."""
        return [self._builder.holds(group) for group in facts_but(narrowing, but)]

    def others(self, narrowing: Narrowing) -> list[Q]:
        """All conditions that nothing is counted without."""
        found = []
        if narrowing.first or narrowing.last:
            found.append(self._builder.days(narrowing.first, narrowing.last))
        if narrowing.authors:
            found.append(self._algebra.any_term(Field.AUTHOR, narrowing.authors))
        if narrowing.withheld:
            withheld = self._algebra.any_term(Field.RECORD, narrowing.withheld)
            found.append(self._algebra.all_of([], [withheld]))
        return found
