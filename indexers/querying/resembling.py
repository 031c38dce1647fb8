"""Records where something like one word may stand: with one mistake in it."""

from typing import Generic

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.querying.algebra import Q
from indexers.querying.fields import Field
from indexers.querying.query_builder import QueryBuilder
from records.queries.query import TextField

LONGEST = 12
"""Characters of a word; each of them costs a condition."""


class Resembling(Generic[Q]):
    """Writes the condition; what it meets is more than what is looked for, the texts decide."""

    def __init__(self, builder: QueryBuilder[Q], analyser: Analyser) -> None:
        self._builder = builder
        self._algebra = builder.algebra
        self._analyser = analyser

    def of(self, word: str) -> Q | None:
        """None for what is no word of some characters.

        The word with something between, the word without one of its inner characters with something
        in its place, and its pairs: so one wrong, missing or added character leaves something to be
        found, and two that are swapped as well.
        """
        tokens = self._analyser.tokens(self._analyser.word(word))
        whole = all(len(index_tokens(token)) == 1 and token != BREAK for token in tokens)
        if not whole or not 1 < len(tokens) <= LONGEST:
            return None
        inner = range(1, len(tokens) - 1)
        rows = [tokens, *(tokens[:at] + tokens[at + 1 :] for at in inner)]
        return self._algebra.any_of(
            [
                *(self._algebra.loose_phrase(Field.CONTENT, row) for row in rows),
                *(self._builder.clue(clue, TextField.ANY) for clue in self._analyser.clues([word])),
            ]
        )
