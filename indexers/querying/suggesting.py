"""Suggestions: conditions on titles and numbers, and what is made of the hits."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from itertools import islice
from typing import Generic

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.completion import Completions
from indexers.completion_terms import CompletionTerms
from indexers.pinyin import initials_of, pairs_of, readings, typed_letters
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
    """Completes typed text.

    What is asked of the index may hold for a few records more than are meant: it says that pieces
    stand somewhere. Each hit is looked at.
    """

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
        self._terms = CompletionTerms(analyser)

    def suggest(self, typed: str, newest_first: NewestFirst[Q], limit: int) -> list[Suggestion]:
        """Completions: those that begin with the typed text first, then the newer."""
        found: dict[str, Suggestion] = {}
        looked_at = cache(partial(self._completions.of, typed))
        for begins, conditions in ((True, self._beginning(typed)), (False, self._holding(typed))):
            if conditions and len(found) < limit:
                hits = newest_first(self._algebra.any_of(conditions))
                for hit, title, number in islice(hits, LOOKED_AT):
                    completion = looked_at(title=title, number=number)
                    if completion is not None and (completion.begins or not begins):
                        text = completion.text
                        found.setdefault(text, Suggestion(text, hit.record, hit.revision))
                    if len(found) >= limit:
                        break
        return list(found.values())

    def _beginning(self, typed: str) -> list[Q]:
        """Titles and numbers that begin with it."""
        if not self._analyser.word(typed):
            return []
        term, is_whole = self._terms.beginning(typed)
        begins = self._algebra.term(Field.COMPLETING, term)
        if is_whole:
            return [begins]
        return [self._algebra.all_of([begins, self._algebra.any_of(self._standing(typed))])]

    def _holding(self, typed: str) -> list[Q]:
        """Titles and numbers that hold it, and titles that it spells."""
        found = self._standing(typed) if self._analyser.word(typed) else []
        if letters := typed_letters(typed):
            found += self._spelled(letters)
        return found

    def _spelled(self, letters: str) -> Iterator[Q]:
        """Titles that letters spell. One letter begins a syllable where it is an initial."""
        initials = [self._algebra.term(Field.INITIALS, term) for term in initials_of(letters)]
        yield self._algebra.all_of(initials)
        for reading in readings(letters, self._syllables()) if len(letters) > 1 else ():
            if len(reading) == 1:
                yield self._algebra.phrase(Field.SYLLABLES, reading, open_end=True)
                continue
            *before, last = pairs_of(reading)
            closed = [self._algebra.term(Field.SYLLABLE_PAIRS, pair) for pair in before]
            opened = self._algebra.phrase(Field.SYLLABLE_PAIRS, [last], open_end=True)
            yield self._algebra.all_of([*closed, opened])

    def _standing(self, typed: str) -> list[Q]:
        """Titles in which all pieces of it stand, and such numbers."""
        *before, last = word = self._analyser.word(typed)
        ended = self._analyser.are_characters(last)
        run = [] if ended else [self._algebra.term(Field.COMPLETING, self._terms.run(last))]
        pieces = list(self._pieces(word if ended else tuple(before)))
        if not pieces:
            return run
        return [
            self._algebra.all_of(
                [*run, *(self._algebra.term(of(piece), piece) for piece in pieces)]
            )
            for of in (self._of_title, self._of_number)
        ]

    def _pieces(self, stretches: Collection[str]) -> Iterator[str]:
        """Pairs of characters and whole runs; a character that stands alone."""
        for stretch in stretches:
            if stretch == BREAK:
                continue
            if self._analyser.are_characters(stretch):
                yield from self._analyser.pairs([stretch]) or stretch
            else:
                yield from index_tokens(stretch)

    def _of_title(self, piece: str) -> Field:
        return Field.TITLE_PAIRS if self._is_pair(piece) else Field.TITLE

    def _of_number(self, piece: str) -> Field:
        return Field.COMPLETING if self._is_pair(piece) else Field.NUMBER

    def _is_pair(self, piece: str) -> bool:
        return len(piece) > 1 and self._analyser.are_characters(piece)
