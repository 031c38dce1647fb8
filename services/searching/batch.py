"""Many things looked for one after the other: what was found of each, where, and what was not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from records.queries.asked_rows import AskedRow, Unread
from records.queries.language import read_query
from records.queries.query import Everything
from services.people.caller import Caller
from services.searching.record_finder import RecordFinder
from services.searching.search_page import Asked, Found

SHOWN = 5
"""Hits told of each row; of more it is said that there are more."""

MANY = 100
"""So many hits answer no question: the row is to be asked more narrowly."""


class Outcome(StrEnum):
    """How a row came out."""

    EMPTY = "empty"
    """Nothing was asked."""
    FOUND = "found"
    MANY = "many"
    NEAR = "near"
    """No record holds it all; those given hold a part."""
    NOTHING = "nothing"
    FORMULA = "formula"
    """The row is a formula whose result was not stored."""
    FAULT = "fault"
    """The row is a formula whose result is a fault."""


_UNREAD = {Unread.FORMULA: Outcome.FORMULA, Unread.FAULT: Outcome.FAULT}


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row, numbered from 1."""

    number: int
    words: str
    outcome: Outcome
    total: int = 0
    hits: tuple[Found, ...] = ()
    guesses: tuple[str, ...] = ()


def search_all(
    finder: RecordFinder, caller: Caller, rows: Iterable[AskedRow], *, first: int = 1
) -> Iterator[BatchRow]:
    """One after the other, as the search box answers, numbered from `first`. Raises Unavailable."""
    for number, row in enumerate(rows, first):
        words = row.words
        if row.unread is not None:
            yield BatchRow(number, words, _UNREAD[row.unread])
        elif isinstance(read_query(words).tree, Everything):
            yield BatchRow(number, words, Outcome.EMPTY)
        else:
            page = finder.search(caller, Asked(words=words, size=SHOWN), facets=())
            outcome = Outcome.MANY if page.total > MANY else Outcome.FOUND
            if page.relaxed:
                outcome = Outcome.NEAR
            if not page.total:
                outcome = Outcome.NOTHING
            yield BatchRow(number, words, outcome, page.total, page.hits, page.guesses)
