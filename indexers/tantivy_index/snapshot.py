"""One state of one index, with all that is worth keeping until the next commit."""

from concurrent.futures import Executor
from functools import lru_cache, partial

import tantivy

from indexers.analysis import Analyser
from indexers.querying.fields import Field
from indexers.querying.query_builder import QueryBuilder
from indexers.querying.ranking import Ranking
from indexers.querying.resembling import Resembling
from indexers.querying.suggesting import Suggesting
from indexers.tantivy_index.access_conditions import AccessConditions
from indexers.tantivy_index.algebra import TantivyAlgebra
from indexers.tantivy_index.asking import Asking
from indexers.tantivy_index.ordered import OrderedPages
from records.errors import Unavailable
from records.queries.search import Hit, SearchRequest, SearchResult, Suggestion
from records.rights.access import AccessFilter

TERM_LISTS_KEPT = 10_000
"""Lists of dated terms, one per token that was asked for; most are empty."""


class Snapshot:
    """Answers from one searcher; commits after it are not seen."""

    def __init__(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        analyser: Analyser,
        beside: Executor,
    ) -> None:
        def terms_with_prefix(field: str, prefix: str) -> tuple[str, ...]:
            return tuple(term for term, _ in searcher.terms_with_prefix(field, prefix))

        self.searcher = searcher
        algebra = TantivyAlgebra(index.schema, terms_with_prefix, searcher.doc_freq)
        builder = QueryBuilder(algebra, analyser)
        self._asking = Asking(
            searcher,
            algebra,
            builder=builder,
            access=AccessConditions(algebra, lru_cache(TERM_LISTS_KEPT)(terms_with_prefix)),
            ranking=Ranking(builder, analyser),
            ordered=OrderedPages(searcher, algebra, index.parse_query),
            beside=beside,
        )
        self._resembling = Resembling(builder, analyser)
        self._suggesting = Suggesting(
            builder, analyser, syllables=lambda: terms_with_prefix(Field.SYLLABLES, "")
        )

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """As `SearchIndex.search`; what tantivy cannot read is damage, never a person's fault."""
        try:
            return self._asking.search(request, access)
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged") from error

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """As `SearchIndex.suggest`."""
        newest_first = partial(self._asking.newest_first, access=access)
        try:
            return self._suggesting.suggest(typed, newest_first, limit)
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged") from error

    def resembling(self, word: str, access: AccessFilter, limit: int) -> tuple[Hit, ...]:
        """As `SearchIndex.resembling`."""
        condition = self._resembling.of(word)
        if condition is None:
            return ()
        try:
            return self._asking.likeliest(condition, access, limit)
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged") from error
