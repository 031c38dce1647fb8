"""The port that shows where a query, or what was typed, stands in a text."""

from collections.abc import Sequence
from typing import Protocol

from records.queries.query import Query
from records.queries.search import Span

MOST_PLACES = 1_000
"""More marks of one word than this help nobody through a page."""


class Highlighter(Protocol):
    """Finds the places of a query in raw text."""

    def spans(
        self, text: str, query: Query, *, field: str | None, relaxed: bool, most: int = MOST_PLACES
    ) -> Sequence[Span]:
        """Places where the words of `query` stand in `text`, in order, without overlap.

        Offsets count characters (code points) of `text` as given. `field` is the name of the
        searched field that the text belongs to (None for the body), so that ``标题:防汛`` marks
        the title only. Negated words are never marked. With `relaxed`, pairs of characters of
        the words are marked where no whole word stands. Nothing else is marked. Of each word the
        first `most` places are found, so that a prefix that stands everywhere costs little.
        """
        ...

    def literal(self, text: str, typed: str, *, most: int = MOST_PLACES) -> Sequence[Span]:
        """Places where `typed` stands in `text` sign by sign, punctuation too.

        The first `most`, in order, without overlap. Both are folded as words are; white space
        counts between letters and digits alone. None for white space alone.
        """
        ...
