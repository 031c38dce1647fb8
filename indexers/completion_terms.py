"""Terms by which titles and numbers are found while they are typed.

A title is one of many that begin with the same words, and a number of a year goes on in ten
thousand ways: to look for either as a phrase whose end is open takes an engine as long as the
record has of them. Their beginnings as terms of their own take one look each.
"""

from collections.abc import Iterator

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK

KEPT = 16
"""Signs of a beginning, and of a run, that are terms; what is typed beyond is looked for beside."""

BEGINS = "^"
"""Before the beginning of a trace; a run stands behind ``<``, as in a trace."""

_NEVER_LAST = f"<>{BREAK}"
"""What nothing that was typed ends with (`Analyser.needle`)."""


class CompletionTerms:
    """Makes the terms of a record and those of what was typed."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser

    def written(self, title: str, number: str) -> set[str]:
        """The terms of a record: beginnings of both, of each run, and pairs of its number."""
        found: set[str] = set()
        for text in (title, number):
            word = self._analyser.word(text)
            found.update(_beginnings(BEGINS, self._analyser.trace(word)))
            for token in word:
                if token != BREAK and not self._analyser.are_characters(token):
                    found.update(_beginnings("<", token))
        found.update(self._characters(number))
        return found

    def beginning(self, typed: str) -> tuple[str, bool]:
        """The term of texts that begin with it, and whether it says all of what was typed."""
        needle = self._analyser.needle(typed, prefix=True)
        kept = needle[:KEPT].rstrip(_NEVER_LAST)
        return BEGINS + kept, kept == needle

    def run(self, run: str) -> str:
        """The term of texts in which a run begins so."""
        return "<" + run[:KEPT]

    def _characters(self, text: str) -> Iterator[str]:
        word = self._analyser.word(text)
        return (pair for pair in self._analyser.pairs(word) if self._analyser.are_characters(pair))


def _beginnings(mark: str, text: str) -> Iterator[str]:
    for end in range(1, min(len(text), KEPT) + 1):
        if text[end - 1] not in _NEVER_LAST:
            yield mark + text[:end]
