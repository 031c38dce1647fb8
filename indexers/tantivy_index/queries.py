"""The query tree as tantivy queries: what must match."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple, assert_never

import tantivy
from tantivy import Occur

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK, index_tokens
from indexers.analysis.relaxing import relax
from indexers.tantivy_index.schema import DECIDING, PAIRED, Name
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

MANY_TERMS = 64
"""From here on terms are looked up as one set, which keeps the cost of very many grants flat.

With 20 terms and 100,000 records a set took .6 ms and single terms .3 ms; where the two meet was
not measured.
"""

MAX_ENDINGS = 10_000
"""Terms that one open phrase may go on with; tantivy refuses phrases of more than 16,384."""

METACHARACTERS = {"|": r"\|"}

TermsWithPrefix = Callable[[str, str], Collection[str]]
"""All terms of a field that begin so, from the dictionary of the open index."""


class Matching(NamedTuple):
    """What decides: `kept`, and in relaxed search one of `clues` as well."""

    kept: tantivy.Query
    clues: tuple[tantivy.Query, ...]

    @property
    def whole(self) -> tantivy.Query:
        """Both conditions in one."""
        return all_of([self.kept, any_of(self.clues)]) if self.clues else self.kept


class QueryBuilder:
    """Builds queries for one schema; what they match is exact."""

    def __init__(
        self,
        schema: tantivy.Schema,
        analyser: Analyser,
        *,
        terms_with_prefix: TermsWithPrefix,
    ) -> None:
        self._schema = schema
        self._analyser = analyser
        self._terms_with_prefix = terms_with_prefix

    def matching(self, query: Query, *, relaxed: bool) -> Matching:
        """The condition that decides, strict or relaxed."""
        loosened = relax(query)
        clues = self._analyser.clues(loosened.words) if relaxed else []
        if not clues:
            return Matching(self._match(query), ())
        loose = tuple(self.clue(clue, TextField.ANY) for clue in clues)
        return Matching(self._match(loosened.kept), loose)

    def clue(self, clue: str, field: TextField) -> tantivy.Query:
        """Records that hold one clue of the analyser in a field that has pairs, ranked by it."""
        if len(index_tokens(clue)) > 1:
            return self._words(clue, field, prefix=False)
        lone = len(clue) == 1 and self._analyser.are_characters(clue)
        name = DECIDING[field] if lone else PAIRED[field]
        return tantivy.Query.term_query(self._schema, name, clue)

    def numbers(self, query: Query) -> list[tantivy.Query]:
        """The document numbers that are asked for."""
        match query:
            case DocumentNumber():
                return [self._match(query)]
            case And(children) | Or(children):
                return [number for child in children for number in self.numbers(child)]
            case _:
                return []

    def term(self, field: str, value: str) -> tantivy.Query:
        """Records that have this very term."""
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def any_term(self, field: str, values: Iterable[str]) -> tantivy.Query:
        """Records that have one of these terms; none of them, no records."""
        terms = sorted(set(values))
        if len(terms) >= MANY_TERMS:
            return tantivy.Query.term_set_query(self._schema, field, terms)
        return any_of([self.term(field, term) for term in terms])

    def days(self, first: date | None, last: date | None) -> tantivy.Query:
        """Records dated within a range; an open end is None."""
        if first is None and last is None:
            return tantivy.Query.all_query()
        return tantivy.Query.range_query(
            self._schema,
            Name.DAY,
            tantivy.FieldType.Integer,
            first.toordinal() if first else None,
            last.toordinal() if last else None,
        )

    def phrase(self, field: str, tokens: Sequence[str], *, open_end: bool) -> tantivy.Query:
        """Records where tokens of the index stand in a row; with `open_end` the last goes on."""
        if open_end:
            return self._open_phrase(field, tokens)
        if len(tokens) == 1:
            return tantivy.Query.term_query(self._schema, field, tokens[0])
        return tantivy.Query.phrase_query(self._schema, field, list(tokens))

    @staticmethod
    def constant(query: tantivy.Query, score: float) -> tantivy.Query:
        """The same records, all with one score."""
        return tantivy.Query.const_score_query(query, score)

    def _match(self, query: Query) -> tantivy.Query:
        match query:
            case Words(text, field):
                found = self._words(text, field, prefix=False)
            case Prefix(text, field):
                found = self._words(text, field, prefix=True)
            case DocumentNumber(key):
                found = self.term(Name.NUMBER_KEY, self._analyser.fold(key))
            case DateRange(first, last):
                found = self.days(first, last)
            case And(children):
                found = all_of([self._match(child) for child in children])
            case Or(children):
                found = any_of([self._match(child) for child in children])
            case Not(child):
                found = none_of(self._match(child))
            case Everything():
                found = tantivy.Query.all_query()
            case _:
                assert_never(query)
        return found

    def _open_phrase(self, field: str, tokens: Sequence[str]) -> tantivy.Query:
        if len(tokens) == 1:
            return tantivy.Query.regex_query(self._schema, field, f"{tokens[0]}.*")
        before: list[str | tuple[int, str]] = [
            METACHARACTERS.get(token, token) for token in tokens[:-1]
        ]
        return any_of(
            [
                tantivy.Query.regex_phrase_query(self._schema, field, [*before, ending])
                for ending in self._endings(field, tokens[-1])
            ]
        )

    def _endings(self, field: str, start: str) -> list[str]:
        """Patterns that together meet all terms that begin so, none of them too many."""
        terms = self._terms_with_prefix(field, start)
        if len(terms) <= MAX_ENDINGS:
            return [f"{start}.*"]
        following = sorted({term[len(start)] for term in terms if term != start})
        return [start, *(one for sign in following for one in self._endings(field, start + sign))]

    def _words(self, text: str, field: TextField, *, prefix: bool) -> tantivy.Query:
        """A phrase of pairs decides on neighbouring characters; elsewhere pairs narrow down."""
        word = self._analyser.word(text)
        tokens = self._analyser.tokens(word)
        if not tokens:
            return tantivy.Query.all_query()
        if field in PAIRED and len(word) == 1 < len(tokens):
            return self.phrase(PAIRED[field], self._analyser.pairs(word), open_end=False)
        open_end = prefix and not self._analyser.are_characters(tokens[-1])
        pairs = self._analyser.pairs(word[:-1] if open_end else word)
        in_index = [part for token in tokens for part in index_tokens(token)]
        if field not in PAIRED or len(in_index) == 1:
            return self.phrase(DECIDING[field], in_index, open_end=open_end)
        narrowing = [
            self.term(PAIRED[field], part)
            for pair in dict.fromkeys(pairs)
            if pair != BREAK
            for part in index_tokens(pair)
        ]
        return all_of([*narrowing, self.phrase(DECIDING[field], in_index, open_end=open_end)])


def all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Records that meet all of them; all, when there are none."""
    if not queries:
        return tantivy.Query.all_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def all_but(query: tantivy.Query) -> tantivy.Query:
    """Every record that the query does not match."""
    everything = tantivy.Query.all_query()
    return tantivy.Query.boolean_query([(Occur.Must, everything), (Occur.MustNot, query)])


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Records that meet one of them; none, when there are none."""
    if not queries:
        return tantivy.Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def none_of(query: tantivy.Query) -> tantivy.Query:
    """Records that do not meet it."""
    return tantivy.Query.boolean_query(
        [(Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, query)]
    )
