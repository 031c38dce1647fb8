"""Suggestions: conditions on titles and numbers, and what is made of the hits."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Generic

from indexers.analysis import Analyser
from indexers.analysis.analyser import BOUNDARY, index_tokens
from indexers.completion import Completions
from indexers.pinyin import readings, typed_letters
from indexers.querying.algebra import Q
from indexers.querying.fields import Field
from indexers.querying.query_builder import QueryBuilder
from records.queries.search import Hit, Suggestion

LOOKED_AT = 200
"""Records looked at for each of the two questions: where very many bear one title, such as a daily
report, one keystroke does not walk through them all; a longer beginning leads further."""

NewestFirst = Callable[[Q], Iterable[tuple[Hit, str, str]]]
"""Record, title and number of all readable records that meet a condition, the newest first."""


class Suggesting(Generic[Q]):
    """Completes typed text."""

    def __init__(
        self,
        builder: QueryBuilder[Q],
        analyser: Analyser,
        *,
        syllables: Callable[[], Collection[str]],
    ) -> None:
        self._algebra = builder.algebra
        self._analyser = analyser
        self._syllables = syllables
        self._completions = Completions(analyser)

    def suggest(self, typed: str, newest_first: NewestFirst[Q], limit: int) -> list[Suggestion]:
        """Completions: those that begin with the typed text first, then the newer."""
        found: dict[str, Suggestion] = {}
        for conditions in (self._beginning(typed), self._holding(typed)):
            if conditions and len(found) < limit:
                hits = newest_first(self._algebra.any_of(conditions))
                self._collect(typed, islice(hits, LOOKED_AT), found, limit)
        return list(found.values())[:limit]

    def _collect(
        self,
        typed: str,
        hits: Iterable[tuple[Hit, str, str]],
        found: dict[str, Suggestion],
        limit: int,
    ) -> None:
        for hit, title, number in hits:
            standing = self._completions.standing(typed, title=title, number=number)
            text = standing.text if standing else title  # what stands in neither is spelled
            found.setdefault(text, Suggestion(text, hit.record, hit.revision))
            if len(found) >= limit:
                return

    def _beginning(self, typed: str) -> list[Q]:
        """Titles that begin with it, and numbers that do where the title does not hold it."""
        tokens = self._tokens(typed)
        if not tokens:
            return []
        title, held, number = (
            self._phrase(name, before + tokens, typed)
            for name, before in (
                (Field.TITLE, [BOUNDARY]),
                (Field.TITLE, []),
                (Field.NUMBER, [BOUNDARY]),
            )
        )
        return [title, self._algebra.all_of([number], [held])]

    def _holding(self, typed: str) -> list[Q]:
        """Titles and numbers that hold it, and titles that it spells."""
        found = []
        if tokens := self._tokens(typed):
            found = [self._phrase(name, tokens, typed) for name in (Field.TITLE, Field.NUMBER)]
        if letters := typed_letters(typed):
            found += [
                self._algebra.phrase(Field.SYLLABLES, reading, open_end=True)
                for reading in readings(letters, self._syllables())
            ]
            found.append(self._algebra.phrase(Field.INITIALS, list(letters), open_end=False))
        return found

    def _tokens(self, typed: str) -> list[str]:
        tokens = self._analyser.tokens(self._analyser.word(typed))
        return [part for token in tokens for part in index_tokens(token)]

    def _phrase(self, name: Field, tokens: list[str], typed: str) -> Q:
        last = self._analyser.word(typed)[-1]
        open_end = not self._analyser.are_characters(last)
        return self._algebra.phrase(name, tokens, open_end=open_end)
