"""What adds to the score of a record; nothing here decides whether it is found."""

from collections.abc import Iterator
from itertools import chain
from typing import Generic

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.analysis.relaxing import positive_words
from indexers.querying.algebra import Q
from indexers.querying.fields import PAIRED, Field
from indexers.querying.query_builder import QueryBuilder
from indexers.weights import NUMBER_BOOST, TITLE_BOOST, TITLE_CHARACTER_BOOST, WORD_BOOST
from records.queries.query import Query, TextField
from records.queries.search import Floor


class Ranking(Generic[Q]):
    """Builds the ranking of a query: clues of the words, those in the title once more.

    In strict search every word stands in every hit, so single characters tell nothing more. In
    relaxed search the clues are scored where they decide; characters and whole words are added, but
    not where half of the clues stand in each hit: there they move no right record
    (docs/search-quality.md), and cost as much as all the rest.
    """

    def __init__(self, builder: QueryBuilder[Q], analyser: Analyser) -> None:
        self._builder = builder
        self._algebra = builder.algebra
        self._analyser = analyser

    def of(self, query: Query, *, relaxed: bool, floor: Floor) -> list[Q]:
        """Conditions whose scores are added up, the weightiest first; none without words."""
        words = [word for word in positive_words(query) if self._analyser.word(word.text)]
        texts = [word.text for word in words if word.field == TextField.ANY]
        titles = [word.text for word in words if word.field in PAIRED]
        found = [
            self._algebra.constant(number, NUMBER_BOOST) for number in self._builder.numbers(query)
        ]
        if not relaxed:
            clues = self._analyser.clues(texts)
            found += [self._builder.weighed(clue, TextField.ANY) for clue in clues]
        found += [
            self._builder.weighed(clue, TextField.TITLE, TITLE_BOOST)
            for clue in self._analyser.clues(titles)
        ]
        if not relaxed or floor is Floor.HALF:
            return found
        return [*found, *self._wholes(texts), *self._parts(texts)]

    def _wholes(self, texts: list[str]) -> Iterator[Q]:
        """Each word as a whole."""
        for text in texts:
            yield self._algebra.boosted(self._builder.whole(text, TextField.ANY), WORD_BOOST)

    def _parts(self, texts: list[str]) -> Iterator[Q]:
        """Characters and runs by themselves, those in the title once more."""
        asked = (piece for text in texts for piece in self._analyser.asked(text))
        tokens = (
            part for one in self._analyser.tokens(chain(*asked)) for part in index_tokens(one)
        )
        for token in dict.fromkeys(token for token in tokens if token != BREAK):
            yield self._row(Field.CONTENT, [token])
            in_title = self._row(Field.TITLE, [token])
            yield self._algebra.boosted(in_title, TITLE_CHARACTER_BOOST)

    def _row(self, field: Field, tokens: list[str]) -> Q:
        return self._algebra.phrase(field, tokens, open_end=False)
