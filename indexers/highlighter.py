"""Highlights: where the words of a query stand in raw text, by the promise of the search."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from indexers.analysis import Analyser
from indexers.analysis.literal import Literal
from indexers.analysis.outline import Needle, Outline, Outlines
from indexers.analysis.relaxing import positive_words
from records.ports.highlighter import MOST_PLACES
from records.queries.query import Prefix, Query, TextField, Words
from records.queries.search import Span

REMEMBERED_WORDS = 1_000
"""Words kept ready: those of one result page are looked for in some thirty texts."""


class OutlineHighlighter:
    """Implements `records.ports.highlighter.Highlighter` on outlines.

    A record matches by a word exactly when the word has a span in one of its texts. A span runs
    from the first to the last character of the word, with the white space and punctuation
    between them.
    """

    def __init__(self, analyser: Analyser, outlines: Outlines) -> None:
        self._analyser = analyser
        self._outlines = outlines
        self._literal = Literal(analyser.folding)
        self._needle = lru_cache(REMEMBERED_WORDS)(self._new_needle)

    def spans(
        self, text: str, query: Query, *, field: str | None, relaxed: bool, most: int = MOST_PLACES
    ) -> Sequence[Span]:
        """As the port says. Words of the whole record are marked in every field."""
        fields = {TextField.ANY, TextField(field)} if field else {TextField.ANY}
        if field in {TextField.UNIT, TextField.AUTHOR}:
            fields.remove(TextField.ANY)
        words = [word for word in positive_words(query) if word.field in fields]
        if not words:
            return []
        outline = self._outlines.of(text)
        found = self._places(words, outline, most)
        if relaxed and not found:
            loose = [word.text for word in words if word.field == TextField.ANY]
            found = self._places(map(Words, self._analyser.clues(loose)), outline, most)
        return merged(found)

    def literal(self, text: str, typed: str, *, most: int = MOST_PLACES) -> Sequence[Span]:
        """As the port says; signs of one family are the same (analysis/literal.py)."""
        return list(islice(self._literal.places(text, typed), most))

    def _places(self, words: Iterable[Words | Prefix], outline: Outline, most: int) -> list[Span]:
        return [
            span
            for word in words
            for span in islice(
                self._needle(word.text, isinstance(word, Prefix)).places(outline), most
            )
        ]

    def _new_needle(self, word: str, prefix: bool) -> Needle:  # noqa: FBT001 - a key of the cache
        return Needle(self._analyser, word, prefix=prefix)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap or touch become one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
