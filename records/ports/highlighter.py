"""The port that shows where a query stands in a text."""

from collections.abc import Sequence
from typing import Protocol

from records.query import Query
from records.search import Span


class Highlighter(Protocol):
    """Finds the places of a query in raw text."""

    def spans(self, text: str, query: Query, *, field: str | None, relaxed: bool) -> Sequence[Span]:
        """Places where the words of `query` stand in `text`, in order, without overlap.

        Offsets count characters (code points) of `text` as given. `field` is the name of the
        searched field that the text belongs to (None for the body), so that ``标题:防汛`` marks
        the title only. Negated words are never marked. With `relaxed`, pairs of characters of
        the words are marked where no whole word stands. Nothing else is marked.
        """
        ...
