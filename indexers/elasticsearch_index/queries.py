"""The query tree as conditions of Elasticsearch: what must match."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.analysis.relaxing import relax
from indexers.elasticsearch_index.clauses import (
    EVERYTHING,
    all_of,
    any_of,
    days,
    phrase,
    sum_of,
    term,
)
from indexers.elasticsearch_index.schema import DECIDING, PAIRED, Json, Name
from records.query import (
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Not,
    Or,
    Prefix,
    Query,
    TextField,
    Words,
)

NARROWING = 8
"""Pairs that narrow a phrase of mixed signs down; more of them cost more than they spare."""


class Matching(NamedTuple):
    """What decides: `kept`, and in relaxed search one of `clues` as well."""

    kept: Json
    clues: tuple[Json, ...]

    @property
    def whole(self) -> Json:
        """Both conditions in one, without scores."""
        return all_of([self.kept, any_of(self.clues)]) if self.clues else self.kept


class QueryBuilder:
    """Builds conditions; what they match is exact."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser

    def matching(self, query: Query, *, relaxed: bool) -> Matching:
        """The condition that decides, strict or relaxed."""
        loosened = relax(query)
        clues = self._analyser.clues(loosened.words) if relaxed else []
        if not clues:
            return Matching(self.match(query), ())
        loose = tuple(self.clue(clue, TextField.ANY) for clue in clues)
        return Matching(self.match(loosened.kept), loose)

    def clue(self, clue: str, field: TextField) -> Json:
        """Records that hold one clue of the analyser in a field that has pairs, ranked by it."""
        if len(index_tokens(clue)) > 1:
            return self._words(clue, field, prefix=False)
        lone = len(clue) == 1 and self._analyser.are_characters(clue)
        return term(DECIDING[field] if lone else PAIRED[field], clue)

    def numbers(self, query: Query) -> list[Json]:
        """The document numbers that are asked for."""
        match query:
            case DocumentNumber():
                return [self.match(query)]
            case And(children) | Or(children):
                return [number for child in children for number in self.numbers(child)]
            case _:
                return []

    def match(self, query: Query) -> Json:
        """The condition of a tree.

        Branches are laid flat: Elasticsearch takes conditions within conditions to a depth of 30
        (``indices.query.bool.max_nested_depth``).
        """
        bare = _bare(query)
        match bare:
            case Words(text, field):
                found = self._words(text, field, prefix=False)
            case Prefix(text, field):
                found = self._words(text, field, prefix=True)
            case DocumentNumber(key):
                found = term(Name.NUMBER_KEY, self._analyser.fold(key))
            case DateRange(first, last):
                found = days(first, last)
            case And():
                found = self._conjunction(list(_flat(bare, And)))
            case Or():
                found = any_of([self.match(child) for child in _flat(bare, Or)])
            case Not(child):
                found = all_of([], [self.match(child)])
            case Everything():
                found = EVERYTHING
            case _:
                assert_never(bare)
        return found

    def _conjunction(self, parts: Iterable[Query]) -> Json:
        met, missed = [], []
        for part in parts:
            if isinstance(part, Not):
                missed.append(self.match(part.child))
            else:
                met.append(self.match(part))
        return all_of(met, missed)

    def _words(self, text: str, field: TextField, *, prefix: bool) -> Json:
        """A phrase of pairs decides on neighbouring characters; elsewhere pairs narrow down."""
        word = self._analyser.word(text)
        tokens = self._analyser.tokens(word)
        if not tokens:
            return EVERYTHING
        if field in PAIRED and len(word) == 1 < len(tokens):
            return phrase(PAIRED[field], self._analyser.pairs(word), open_end=False)
        open_end = prefix and not self._analyser.are_characters(tokens[-1])
        pairs = self._analyser.pairs(word[:-1] if open_end else word)
        in_index = [part for token in tokens for part in index_tokens(token)]
        row = phrase(DECIDING[field], in_index, open_end=open_end)
        if field not in PAIRED or len(in_index) == 1:
            return row
        narrowing = [
            term(PAIRED[field], part)
            for pair in dict.fromkeys(pairs)
            if pair != BREAK
            for part in index_tokens(pair)
        ]
        return sum_of([*narrowing[:NARROWING], row])


def _flat(query: Query, branch: type[And | Or]) -> Iterator[Query]:
    """The children of a branch, and those of branches of its kind below it."""
    if isinstance(query, And | Or) and isinstance(query, branch):
        for child in query.children:
            yield from _flat(_bare(child), branch)
    else:
        yield query


def _bare(query: Query) -> Query:
    """The same condition without branches of one child and without NOT of NOT around it."""
    match query:
        case And((child,)) | Or((child,)):
            return _bare(child)
        case Not(inner):
            child = _bare(inner)
            return child.child if isinstance(child, Not) else Not(child)
        case _:
            return query
