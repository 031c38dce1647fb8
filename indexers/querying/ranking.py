"""What adds to the score of a record; nothing here decides whether it is found."""

from typing import Generic

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.analysis.relaxing import positive_words
from indexers.querying.algebra import Q
from indexers.querying.fields import PAIRED, Field
from indexers.querying.query_builder import QueryBuilder
from indexers.weights import NUMBER_BOOST, TITLE_BOOST, WORD_BOOST
from records.query import Query, TextField


class Ranking(Generic[Q]):
    """Builds the ranking of a query: clues of the words, those in the title once more.

    In strict search every word stands in every hit, so single characters tell nothing more. In
    relaxed search the clues are scored where they decide; characters and whole words are added.
    """

    def __init__(self, builder: QueryBuilder[Q], analyser: Analyser) -> None:
        self._builder = builder
        self._algebra = builder.algebra
        self._analyser = analyser

    def of(self, query: Query, *, relaxed: bool) -> list[Q]:
        """Conditions whose scores are added up, the weightiest first; none without words."""
        words = [word for word in positive_words(query) if self._analyser.word(word.text)]
        texts = [word.text for word in words if word.field == TextField.ANY]
        titles = [word.text for word in words if word.field in PAIRED]
        found = [
            self._algebra.constant(number, NUMBER_BOOST) for number in self._builder.numbers(query)
        ]
        if not relaxed:
            clues = self._analyser.clues(texts)
            found += [self._builder.clue(clue, TextField.ANY) for clue in clues]
        found += [
            self._algebra.boosted(self._builder.clue(clue, TextField.TITLE), TITLE_BOOST)
            for clue in self._analyser.clues(titles)
        ]
        return found + self._parts(texts) if relaxed else found

    def _parts(self, texts: list[str]) -> list[Q]:
        """Each word as a whole, and characters and runs by themselves."""
        words = [self._analyser.tokens(self._analyser.word(text)) for text in texts]
        in_index = [[part for token in word for part in index_tokens(token)] for word in words]
        tokens = dict.fromkeys(token for word in in_index for token in word if token != BREAK)
        return [
            *(self._algebra.boosted(self._content(word), WORD_BOOST) for word in in_index),
            *(self._content([token]) for token in tokens),
        ]

    def _content(self, tokens: list[str]) -> Q:
        return self._algebra.phrase(Field.CONTENT, tokens, open_end=False)
