"""The query tree as conditions of an engine: what must match."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Generic, NamedTuple, assert_never

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.analysis.relaxing import needed, relax
from indexers.querying.algebra import Algebra, Q
from indexers.querying.fields import DECIDING, PAIRED, Field
from indexers.weights import boost_of
from records.queries.query import (
    Among,
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Fact,
    FactRange,
    Holds,
    Not,
    Or,
    Prefix,
    Query,
    TextField,
    Words,
)
from records.queries.search import SearchRequest


class Matching(NamedTuple, Generic[Q]):
    """What decides: `kept`, and in relaxed search `least` of `clues` as well; `whole` is both.

    The clues have the scores that they add to a record.
    """

    kept: Q
    clues: tuple[Q, ...]
    least: int
    whole: Q


class QueryBuilder(Generic[Q]):
    """Builds conditions; what they match is exact."""

    def __init__(self, algebra: Algebra[Q], analyser: Analyser) -> None:
        self.algebra = algebra
        self._analyser = analyser

    def matching(self, request: SearchRequest) -> Matching[Q]:
        """The condition that decides, strict or relaxed."""
        query, loosened = request.query, relax(request.query)
        clues = self._analyser.clues(loosened.words) if request.relaxed else []
        if not clues:
            found = self.match(query)
            return Matching(found, (), 0, found)
        kept = self.match(loosened.kept)
        loose = [self.clue(clue, TextField.ANY) for clue in clues]
        least = needed(len(loose), request.floor)
        enough = self.algebra.some_of(loose, least=least)
        scored = tuple(self.weighed(clue, TextField.ANY) for clue in clues)
        return Matching(kept, scored, least, self.algebra.all_of([kept, enough]))

    def clue(self, clue: str, field: TextField) -> Q:
        """Records that hold one clue of the analyser in a field that has pairs, ranked by it."""
        if len(index_tokens(clue)) > 1:
            return self._words(clue, field, prefix=False)
        lone = len(clue) == 1 and self._analyser.are_characters(clue)
        return self.algebra.scored_term(DECIDING[field] if lone else PAIRED[field], clue)

    def weighed(self, clue: str, field: TextField, boost: float = 1.0) -> Q:
        """The same, its score multiplied by what such a clue counts."""
        boost *= boost_of(clue)
        condition = self.clue(clue, field)
        return condition if boost == 1.0 else self.algebra.boosted(condition, boost)

    def whole(self, text: str, field: TextField) -> Q:
        """A word as it was typed, its score that of its characters and runs in a row.

        Asked for a record where the row does not stand, an engine looks for the next place of it in
        all the records between; of the pairs it knows at once which of them cannot have it.
        """
        stretches = self._analyser.word(text)
        tokens = self._analyser.tokens(stretches)
        in_index = [part for token in tokens for part in index_tokens(token)]
        row = self.algebra.phrase(DECIDING[field], in_index, open_end=False)
        narrowing = self._narrowing(field, self._analyser.pairs(stretches))
        if len(in_index) == 1 or not narrowing:
            return row
        return self.algebra.sum_of(
            [self.algebra.constant(self.algebra.all_of(narrowing), 0.0), row]
        )

    def numbers(self, query: Query) -> list[Q]:
        """The document numbers that are asked for."""
        match query:
            case DocumentNumber():
                return [self.match(query)]
            case And(children) | Or(children):
                return [number for child in children for number in self.numbers(child)]
            case _:
                return []

    def match(self, query: Query) -> Q:
        """The condition of a tree.

        Branches are laid flat: an engine takes conditions within conditions to a certain depth,
        Elasticsearch to 30 (``indices.query.bool.max_nested_depth``).
        """
        bare = _bare(query)
        match bare:
            case Words(text, field) | Prefix(text, field):
                found = self._words(text, field, prefix=isinstance(bare, Prefix))
            case DocumentNumber(key):
                found = self.algebra.term(Field.NUMBER_KEY, self._analyser.fold(key))
            case DateRange(first, last):
                found = self.days(first, last)
            case Holds(facts):
                found = self.holds(facts)
            case Among(records):
                found = self.algebra.any_term(Field.RECORD, records)
            case And():
                found = self._conjunction(_flat(bare, And))
            case Or():
                found = self.algebra.any_of([self.match(child) for child in _flat(bare, Or)])
            case Not(child):
                found = self.algebra.all_of([], [self.match(child)])
            case Everything():
                found = self.algebra.all_of([])
            case _:
                assert_never(bare)
        return found

    def days(self, first: date | None, last: date | None) -> Q:
        """Records dated within a range; an open end is None."""
        return self.algebra.days(
            first.toordinal() if first else None, last.toordinal() if last else None
        )

    def holds(self, facts: Collection[Fact]) -> Q:
        """Records of which one of the facts is true."""
        told = [fact for fact in facts if isinstance(fact, str)]
        ranges = [fact for fact in facts if isinstance(fact, FactRange)]
        if not ranges:
            return self.algebra.any_term(Field.FACTS, told)
        between = self.algebra.terms_between(Field.FACTS, ranges)
        if not told:
            return between
        return self.algebra.any_of([self.algebra.any_term(Field.FACTS, told), between])

    def _conjunction(self, parts: Iterable[Query]) -> Q:
        """What none can meet ends it: conditions that follow are not made."""
        met, missed = list[Q](), list[Q]()
        for part in parts:
            if isinstance(part, Not):
                missed.append(self.match(part.child))
            else:
                found = self.match(part)
                if self.algebra.is_nothing(found):
                    return found
                met.append(found)
        return self.algebra.all_of(met, missed)

    def _words(self, text: str, field: TextField, *, prefix: bool) -> Q:
        """A phrase of pairs decides on neighbouring characters; elsewhere pairs narrow down."""
        word = self._analyser.word(text)
        tokens = self._analyser.tokens(word)
        if not tokens:
            return self.algebra.all_of([])
        if field in PAIRED and len(word) == 1 < len(tokens):
            pairs = self._analyser.pairs(word)
            return self.algebra.phrase(PAIRED[field], pairs, open_end=False)
        open_end = prefix and not self._analyser.are_characters(tokens[-1])
        pairs = self._analyser.pairs(word[:-1] if open_end else word)
        in_index = [part for token in tokens for part in index_tokens(token)]
        row = self.algebra.phrase(DECIDING[field], in_index, open_end=open_end)
        if field not in PAIRED or len(in_index) == 1:
            return row
        return self.algebra.sum_of([*self._narrowing(field, pairs), row])

    def _narrowing(self, field: TextField, pairs: Iterable[str]) -> list[Q]:
        """Conditions that every record with these pairs meets, cheaper than where they stand."""
        terms = [
            self.algebra.term(PAIRED[field], part)
            for pair in dict.fromkeys(pairs)
            if pair != BREAK
            for part in index_tokens(pair)
        ]
        return terms[: self.algebra.narrowing]


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
