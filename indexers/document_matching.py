"""Whether one record matches a query: the substring oracle, by the promise of the analyser.

`memory_index` asks it of every record it holds, `standing_queries` of one record for many queries.
"""

from typing import Protocol, assert_never

from indexers.analysis import Analyser
from indexers.analysis.sections import sections
from records.queries.numbering import number_key
from records.queries.query import (
    Among,
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Holds,
    Not,
    Or,
    Prefix,
    Query,
    TextField,
    Words,
    is_true,
)
from records.queries.search import IndexDocument


class Needle(Protocol):
    """What has to be found in the trace of a text for a word to stand in it."""

    def __call__(self, word: str, *, prefix: bool) -> str:
        """As `Analyser.needle`."""
        ...


class MatchedDocument:
    """One record with the traces of its fields, each made when it is first looked at."""

    def __init__(
        self, analyser: Analyser, document: IndexDocument, needle: Needle | None = None
    ) -> None:
        """`needle` may remember what `Analyser.needle` says."""
        self._analyser = analyser
        self._needle = needle or analyser.needle
        self._held: dict[Words | Prefix, bool] = {}
        self._traces: dict[TextField, list[str]] = {}
        self._stretches: dict[TextField, list[list[str]]] = {}
        self.document = document

    def matches(self, query: Query) -> bool:
        """Whether a strict search finds the record."""
        found: bool
        match query:
            case Words() | Prefix():
                found = self.holds(query)
            case DocumentNumber(key):
                found = self._same_number(key)
            case DateRange(first, last):
                found = not (
                    (first is not None and self.document.dated_on < first)
                    or (last is not None and self.document.dated_on > last)
                )
            case And(children):
                found = all(self.matches(child) for child in children)
            case Or(children):
                found = any(self.matches(child) for child in children)
            case Not(child):
                found = not self.matches(child)
            case Everything():
                found = True
            case Holds(facts):
                found = any(is_true(fact, self.document.facts) for fact in facts)
            case Among(records):
                found = self.document.record in records
            case _:
                assert_never(query)
        return found

    def holds(self, word: Words | Prefix) -> bool:
        """Whether the word stands in its field."""
        found = self._held.get(word)
        if found is None:
            needle = self._needle(word.text, prefix=isinstance(word, Prefix))
            found = not needle or any(needle in trace for trace in self.traces(word.field))
            self._held[word] = found
        return found

    def places(self, word: Words | Prefix, field: TextField) -> int:
        """How often the word stands in a field."""
        needle = self._needle(word.text, prefix=isinstance(word, Prefix))
        return sum(trace.count(needle) for trace in self.traces(field))

    def traces(self, field: TextField) -> list[str]:
        """The traces of the texts of a field."""
        if field not in self._traces:
            self._traces[field] = list(map(self._analyser.trace, self.stretches(field)))
        return self._traces[field]

    def stretches(self, field: TextField) -> list[list[str]]:
        """The stretches of the texts of a field."""
        if field not in self._stretches:
            texts = sections(self.document, field)
            self._stretches[field] = list(map(self._analyser.stretches, texts))
        return self._stretches[field]

    def _same_number(self, key: str) -> bool:
        own = number_key(self.document.number)
        return own is not None and self._analyser.fold(own) == self._analyser.fold(key)
