"""Suggestions from one snapshot of one index."""

from collections.abc import Iterator

import tantivy

from indexers.analysis import Analyser
from indexers.analysis.analyser import BOUNDARY, index_tokens
from indexers.completion import Completions
from indexers.pinyin import readings, typed_letters
from indexers.tantivy_index.conditions import Conditions
from indexers.tantivy_index.queries import QueryBuilder, TermsWithPrefix, all_of, any_of
from indexers.tantivy_index.reading import addresses_of, hits_of
from indexers.tantivy_index.schema import Name
from records.access import AccessFilter
from records.search import Hit, Suggestion

READ_AT_ONCE = 20


class Suggesting:
    """Completes typed text."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        builder: QueryBuilder,
        conditions: Conditions,
        *,
        analyser: Analyser,
        terms_with_prefix: TermsWithPrefix,
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._conditions = conditions
        self._analyser = analyser
        self._terms_with_prefix = terms_with_prefix
        self._completions = Completions(analyser)

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """Completions: those that begin with the typed text first, then the newer."""
        readable = self._conditions.readable(access)
        found: dict[str, Suggestion] = {}
        for queries in (self._beginning(typed), self._holding(typed)):
            if queries and len(found) < limit:
                self._collect(typed, all_of([readable, any_of(queries)]), found, limit)
        return list(found.values())[:limit]

    def _collect(
        self, typed: str, query: tantivy.Query, found: dict[str, Suggestion], limit: int
    ) -> None:
        for hit, title, number in self._newest_first(query):
            standing = self._completions.standing(typed, title=title, number=number)
            text = standing.text if standing else title  # what stands in neither is spelled
            found.setdefault(text, Suggestion(text, hit.record, hit.revision))
            if len(found) >= limit:
                return

    def _beginning(self, typed: str) -> list[tantivy.Query]:
        """Titles that begin with it, and numbers that do where the title does not hold it."""
        tokens = self._tokens(typed)
        if not tokens:
            return []
        title, held, number = (
            self._phrase(name, before + tokens, typed)
            for name, before in (
                (Name.TITLE, [BOUNDARY]),
                (Name.TITLE, []),
                (Name.NUMBER, [BOUNDARY]),
            )
        )
        return [
            title,
            tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, number), (tantivy.Occur.MustNot, held)]
            ),
        ]

    def _holding(self, typed: str) -> list[tantivy.Query]:
        """Titles and numbers that hold it, and titles that it spells."""
        found = []
        if tokens := self._tokens(typed):
            found = [self._phrase(name, tokens, typed) for name in (Name.TITLE, Name.NUMBER)]
        if letters := typed_letters(typed):
            syllables = list(self._terms_with_prefix(Name.SYLLABLES, ""))
            found += [
                self._builder.phrase(Name.SYLLABLES, reading, open_end=True)
                for reading in readings(letters, syllables)
            ]
            found.append(self._builder.phrase(Name.INITIALS, list(letters), open_end=False))
        return found

    def _tokens(self, typed: str) -> list[str]:
        tokens = self._analyser.tokens(self._analyser.word(typed))
        return [part for token in tokens for part in index_tokens(token)]

    def _phrase(self, name: Name, tokens: list[str], typed: str) -> tantivy.Query:
        last = self._analyser.word(typed)[-1]
        open_end = not self._analyser.are_characters(last)
        return self._builder.phrase(name, tokens, open_end=open_end)

    def _newest_first(self, query: tantivy.Query) -> Iterator[tuple[Hit, str, str]]:
        """Record, title and number of all that match, page by page."""
        offset = 0
        while True:
            result = self._searcher.search(
                query, READ_AT_ONCE, count=False, offset=offset, order_by_field=Name.BY_DATE
            )
            addresses = addresses_of(result)
            hits = hits_of(self._searcher, addresses, [0.0] * len(addresses))
            for hit, address in zip(hits, addresses, strict=True):
                document = self._searcher.doc(address)
                yield hit, _shown(document, Name.SHOWN_TITLE), _shown(document, Name.SHOWN_NUMBER)
            if len(addresses) < READ_AT_ONCE:
                return
            offset += READ_AT_ONCE


def _shown(document: tantivy.Document, name: Name) -> str:
    return bytes(document.get_first(name) or b"").decode()
