"""One state of one index, with all that is worth keeping until the next commit."""

from concurrent.futures import Executor
from functools import lru_cache

import tantivy

from indexers.analysis import Analyser
from indexers.tantivy_index.asking import Asking
from indexers.tantivy_index.conditions import Conditions
from indexers.tantivy_index.queries import QueryBuilder
from indexers.tantivy_index.ranking import Ranking
from indexers.tantivy_index.suggesting import Suggesting
from records.access import AccessFilter
from records.errors import Unavailable
from records.search import SearchRequest, SearchResult, Suggestion

TERM_LISTS_KEPT = 10_000
"""Lists of dated terms, one per token that was asked for; most are empty."""


class Snapshot:
    """Answers from one searcher; commits after it are not seen."""

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        analyser: Analyser,
        beside: Executor,
    ) -> None:
        def terms_with_prefix(field: str, prefix: str) -> tuple[str, ...]:
            return tuple(term for term, _ in searcher.terms_with_prefix(field, prefix))

        self.searcher = searcher
        builder = QueryBuilder(schema, analyser, terms_with_prefix=terms_with_prefix)
        conditions = Conditions(builder, lru_cache(TERM_LISTS_KEPT)(terms_with_prefix))
        self._asking = Asking(searcher, builder, conditions, Ranking(builder, analyser), beside)
        self._suggesting = Suggesting(
            searcher,
            builder,
            conditions,
            analyser=analyser,
            terms_with_prefix=terms_with_prefix,
        )

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """As `SearchIndex.search`; what tantivy cannot read is damage, never a person's fault."""
        try:
            return self._asking.search(request, access)
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged") from error

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """As `SearchIndex.suggest`."""
        try:
            return self._suggesting.suggest(typed, access, limit)
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged") from error
