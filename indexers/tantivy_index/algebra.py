"""Conditions as tantivy queries."""

from collections.abc import Callable, Collection, Iterable, Sequence

import tantivy
from tantivy import Occur

from indexers.querying.fields import Field
from records.queries.query import FactRange

MANY_TERMS = 64
"""From here on terms are looked up as one set, which keeps the cost of very many grants flat.

With 20 terms and 100,000 records a set took .6 ms and single terms .3 ms; where the two meet was
not measured.
"""

MAX_ENDINGS = 10_000
"""Terms that one open phrase may go on with; tantivy refuses phrases of more than 16,384."""

METACHARACTERS = {"|": r"\|"}

NOTHING = tantivy.Query.empty_query()
"""Met by no record, and known not to be before the index is asked."""

TermsWithPrefix = Callable[[str, str], Collection[str]]
"""All terms of a field that begin so, from the dictionary of the open index."""


DocumentsWith = Callable[[str, str], int]
"""How many documents have a term of a field, from the same dictionary; those that are deleted count
as well until their segment is merged."""


class TantivyAlgebra:
    """Implements `indexers.querying.algebra.Algebra` for one schema and one dictionary of terms."""

    narrowing = 1_000_000
    """Every pair narrows: each is one more list of few documents."""

    def __init__(
        self,
        schema: tantivy.Schema,
        terms_with_prefix: TermsWithPrefix,
        documents_with: DocumentsWith,
    ) -> None:
        self._schema = schema
        self._documents_with = documents_with
        self._terms_with_prefix = terms_with_prefix

    def term(self, field: str, value: str) -> tantivy.Query:
        """As the algebra says."""
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def scored_term(self, field: str, value: str) -> tantivy.Query:
        """As the algebra says."""
        return tantivy.Query.term_query(self._schema, field, value)

    def any_term(self, field: str, values: Iterable[str]) -> tantivy.Query:
        """As the algebra says. Of facts those that no record has are left out."""
        terms = sorted(set(values))
        if field == Field.FACTS and len(terms) < MANY_TERMS:
            terms = [term for term in terms if self._documents_with(field, term)]
        if len(terms) >= MANY_TERMS:
            return tantivy.Query.term_set_query(self._schema, field, terms)
        return self.any_of([self.term(field, term) for term in terms])

    def phrase(self, field: str, tokens: Sequence[str], *, open_end: bool) -> tantivy.Query:
        """As the algebra says."""
        if open_end:
            return self._open_phrase(field, tokens)
        if len(tokens) == 1:
            return self.scored_term(field, tokens[0])
        return tantivy.Query.phrase_query(self._schema, field, list(tokens))

    def loose_phrase(self, field: str, tokens: Sequence[str]) -> tantivy.Query:
        """As the algebra says."""
        return tantivy.Query.phrase_query(self._schema, field, list(tokens), slop=1)

    def all_of(
        self, conditions: Sequence[tantivy.Query], but: Sequence[tantivy.Query] = ()
    ) -> tantivy.Query:
        """As the algebra says; where one of them is met by nothing, the others are not asked."""
        if NOTHING in conditions:
            return NOTHING
        if len(conditions) == 1 and not but:
            return conditions[0]
        met = list(conditions) or [tantivy.Query.all_query()]
        if not conditions and not but:
            return met[0]
        return tantivy.Query.boolean_query(
            [
                *((Occur.Must, condition) for condition in met),
                *((Occur.MustNot, condition) for condition in but),
            ]
        )

    def any_of(self, conditions: Sequence[tantivy.Query]) -> tantivy.Query:
        """As the algebra says; with the sum of the scores of those that are met."""
        met = [condition for condition in conditions if condition is not NOTHING]
        if not met:
            return NOTHING
        if len(met) == 1:
            return met[0]
        return tantivy.Query.boolean_query([(Occur.Should, condition) for condition in met])

    def is_nothing(self, condition: tantivy.Query) -> bool:
        """As the algebra says."""
        return condition is NOTHING

    def some_of(self, conditions: Sequence[tantivy.Query], *, least: int) -> tantivy.Query:
        """As the algebra says."""
        if least <= 1:
            return self.any_of(conditions)
        return tantivy.Query.boolean_query(
            [(Occur.Should, condition) for condition in conditions],
            minimum_number_should_match=least,
        )

    def sum_of(self, conditions: Sequence[tantivy.Query]) -> tantivy.Query:
        """As the algebra says."""
        return self.all_of(conditions)

    def days(self, first: int | None, last: int | None) -> tantivy.Query:
        """As the algebra says."""
        if first is None and last is None:
            return tantivy.Query.all_query()
        return tantivy.Query.range_query(
            self._schema, Field.DAY, tantivy.FieldType.Integer, first, last
        )

    def terms_between(self, field: str, ranges: Collection[FactRange]) -> tantivy.Query:
        """As the algebra says; the terms are looked up in the dictionary."""
        return self.any_term(
            field,
            [
                term
                for wanted in ranges
                for term in self._terms_with_prefix(field, _shared(wanted.first, wanted.end))
                if wanted.holds(term)
            ],
        )

    def constant(self, condition: tantivy.Query, score: float) -> tantivy.Query:
        """As the algebra says."""
        return tantivy.Query.const_score_query(condition, score)

    def boosted(self, condition: tantivy.Query, boost: float) -> tantivy.Query:
        """As the algebra says."""
        return tantivy.Query.boost_query(condition, boost)

    def _open_phrase(self, field: str, tokens: Sequence[str]) -> tantivy.Query:
        if len(tokens) == 1:
            return tantivy.Query.regex_query(self._schema, field, f"{tokens[0]}.*")
        before: list[str | tuple[int, str]] = [
            METACHARACTERS.get(token, token) for token in tokens[:-1]
        ]
        return self.any_of(
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


def _shared(first: str, end: str) -> str:
    """What both begin with, and with them all that lies between."""
    length = next(
        (at for at, (one, other) in enumerate(zip(first, end, strict=False)) if one != other),
        min(len(first), len(end)),
    )
    return first[:length]
