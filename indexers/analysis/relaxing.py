"""Relaxed search: which part of a query stays exact, and which words may be found in part."""

from dataclasses import dataclass

from records.queries.query import And, Everything, Or, Prefix, Query, TextField, Words
from records.queries.search import Floor


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A query taken apart: `kept` must hold as in strict mode, `words` are looked for in part."""

    kept: Query
    words: tuple[str, ...]


MANY_CLUES = 200
"""Of more clues than these one is enough again: an engine counts a condition for each."""


def needed(clues: int, floor: Floor) -> int:
    """How many of so many clues a record must hold to be found in relaxed search.

    Of ten clues one, of eleven two, and so on: of questions that leaves a sixth of what one clue
    would find, and loses the right record of 0.2 % of them. Of two clues one, of three two: below
    hits that hold everything it leaves a fiftieth.
    """
    return -(-clues // floor.value) if 0 < clues <= MANY_CLUES else 1


def relax(query: Query) -> Relaxed:
    """Words of the whole record are loosened; named fields, dates, NOT and numbers stay.

    An OR that holds such words is loosened as a whole: what else stood in it is let go.
    """
    kept: list[Query] = []
    words: list[str] = []
    for part in query.children if isinstance(query, And) else (query,):
        if isinstance(part, And):
            inner = relax(part)
            kept.append(inner.kept)
            words += inner.words
        elif found := _loose_words(part):
            words += found
        else:
            kept.append(part)
    return Relaxed(And(tuple(kept)) if kept else Everything(), tuple(words))


def _loose_words(query: Query) -> list[str]:
    match query:
        case Words(text, TextField.ANY) | Prefix(text, TextField.ANY):
            return [text]
        case Or(children) | And(children):
            return [word for child in children for word in _loose_words(child)]
        case _:
            return []


def positive_words(query: Query) -> list[Words | Prefix]:
    """The words of a query that are asked for, not excluded, in order."""
    match query:
        case Words() | Prefix():
            return [query]
        case And(children) | Or(children):
            return [word for child in children for word in positive_words(child)]
        case _:
            return []
