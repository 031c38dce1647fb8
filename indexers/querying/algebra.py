"""What conditions are made of, in whichever terms an engine has for them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

from records.queries.query import FactRange

Q = TypeVar("Q")
"""A condition of an engine."""


class Algebra(Protocol[Q]):
    """Makes conditions and puts them together. Fields are names of `indexers.querying.fields`."""

    @property
    def narrowing(self) -> int:
        """How many pairs narrow a phrase down; more of them cost more than they spare."""
        ...

    def term(self, field: str, value: str) -> Q:
        """Records that have this very term; its score, if it has one, is not looked at."""
        ...

    def scored_term(self, field: str, value: str) -> Q:
        """Records that have this very term, scored by how rare it is and how often it stands."""
        ...

    def any_term(self, field: str, values: Iterable[str]) -> Q:
        """Records that have one of these terms; none of them, no records. No scores."""
        ...

    def phrase(self, field: str, tokens: Sequence[str], *, open_end: bool) -> Q:
        """Records where tokens of the index stand in a row; with `open_end` the last goes on."""
        ...

    def loose_phrase(self, field: str, tokens: Sequence[str]) -> Q:
        """Records where two tokens or more stand in a row, one other perhaps among them; scored.

        Of a row that holds a token twice engines may find somewhat more or less.
        """
        ...

    def all_of(self, conditions: Sequence[Q], but: Sequence[Q] = ()) -> Q:
        """Records that meet all of them and none of `but`; all, when there are none."""
        ...

    def any_of(self, conditions: Sequence[Q]) -> Q:
        """Records that meet one of them; none, when there are none."""
        ...

    def is_nothing(self, condition: Q) -> bool:
        """Whether it is known, before anything is asked, that no record meets it."""
        ...

    def some_of(self, conditions: Sequence[Q], *, least: int) -> Q:
        """Records that meet so many of them at least."""
        ...

    def sum_of(self, conditions: Sequence[Q]) -> Q:
        """Records that meet all of them, with the sum of the scores."""
        ...

    def days(self, first: int | None, last: int | None) -> Q:
        """Records of days (`date.toordinal`) within a range; an open end is None."""
        ...

    def terms_between(self, field: str, ranges: Collection[FactRange]) -> Q:
        """Records that have a term within one of the ranges."""
        ...

    def constant(self, condition: Q, score: float) -> Q:
        """The same records, all with one score."""
        ...

    def boosted(self, condition: Q, boost: float) -> Q:
        """The same records, their scores multiplied."""
        ...
