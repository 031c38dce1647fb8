"""What adds to the score of a record; nothing here decides whether it is found."""

import tantivy

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.analysis.relaxing import positive_words
from indexers.tantivy_index.queries import QueryBuilder
from indexers.tantivy_index.schema import PAIRED, Name
from indexers.weights import NUMBER_BOOST, TITLE_BOOST, WORD_BOOST
from records.query import Query, TextField


class Ranking:
    """Builds the ranking of a query: clues of the words, those in the title once more.

    In strict search every word stands in every hit, so single characters tell nothing more. In
    relaxed search the clues are scored where they decide; characters and whole words are added.
    """

    def __init__(self, builder: QueryBuilder, analyser: Analyser) -> None:
        self._builder = builder
        self._analyser = analyser

    def of(self, query: Query, *, relaxed: bool) -> list[tantivy.Query]:
        """Queries whose scores are added up; none when nothing was asked for by words."""
        words = [word for word in positive_words(query) if self._analyser.word(word.text)]
        texts = [word.text for word in words if word.field == TextField.ANY]
        titles = [word.text for word in words if word.field in PAIRED]
        found = [
            self._builder.constant(number, NUMBER_BOOST) for number in self._builder.numbers(query)
        ]
        found += [
            tantivy.Query.boost_query(self._builder.clue(clue, TextField.TITLE), TITLE_BOOST)
            for clue in self._analyser.clues(titles)
        ]
        if relaxed:
            return found + self._parts(texts)
        clues = self._analyser.clues(texts)
        return found + [self._builder.clue(clue, TextField.ANY) for clue in clues]

    def _parts(self, texts: list[str]) -> list[tantivy.Query]:
        """Characters and runs by themselves, and each word as a whole."""
        words = [self._analyser.tokens(self._analyser.word(text)) for text in texts]
        in_index = [[part for token in word for part in index_tokens(token)] for word in words]
        tokens = dict.fromkeys(token for word in in_index for token in word if token != BREAK)
        return [
            *(self._builder.phrase(Name.CONTENT, [token], open_end=False) for token in tokens),
            *(
                tantivy.Query.boost_query(
                    self._builder.phrase(Name.CONTENT, word, open_end=False), WORD_BOOST
                )
                for word in in_index
            ),
        ]
