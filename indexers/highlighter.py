"""Highlights: where the words of a query stand in raw text, by the promise of the search."""

from collections.abc import Iterable, Sequence

from indexers.analysis import Analyser
from indexers.analysis.analyser import Traced
from indexers.analysis.relaxing import positive_words
from records.query import Prefix, Query, TextField, Words
from records.search import Span


class TraceHighlighter:
    """Implements `records.ports.highlighter.Highlighter` on traces.

    A record matches by a word exactly when the word has a span in one of its texts. A span runs
    from the first to the last character of the word, with the white space and punctuation
    between them.
    """

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser

    def spans(self, text: str, query: Query, *, field: str | None, relaxed: bool) -> Sequence[Span]:
        """As the port says. Words of the whole record are marked in every field."""
        fields = {TextField.ANY, TextField(field)} if field else {TextField.ANY}
        if field in {TextField.UNIT, TextField.AUTHOR}:
            fields.remove(TextField.ANY)
        words = [word for word in positive_words(query) if word.field in fields]
        plain = self._analyser.trace(self._analyser.stretches(text))
        needles = self._needles(words, plain)
        if relaxed and not needles:
            loose = [word.text for word in words if word.field == TextField.ANY]
            needles = self._needles(map(Words, self._analyser.clues(loose)), plain)
        if not needles:
            return []
        traced = self._analyser.traced(text)
        found = [span for needle in needles for span in places(traced, needle)]
        return merged(found)

    def _needles(self, words: Iterable[Words | Prefix], trace: str) -> list[str]:
        """What of the words stands in the trace."""
        needles = (
            self._analyser.needle(word.text, prefix=isinstance(word, Prefix)) for word in words
        )
        return [needle for needle in dict.fromkeys(needles) if needle and needle in trace]


def places(traced: Traced, needle: str) -> list[Span]:
    """Where a needle stands, places that share a break or character included."""
    found = []
    at = traced.trace.find(needle)
    while at >= 0:
        found.append(Span(traced.starts[at], traced.ends[at + len(needle) - 1]))
        at = traced.trace.find(needle, at + 1)
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap or touch become one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
