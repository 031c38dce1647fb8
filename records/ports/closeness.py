"""The port that tells how near the words of a query stand in a text."""

from typing import Protocol

from records.queries.query import Query


class Likeness(Protocol):
    """Of one query; both measures lie between 0 (nothing of it) and 1 (all of it)."""

    def share(self, text: str) -> float:
        """How much of what was asked stands together in one place of the text."""
        ...

    def alike(self, title: str) -> float:
        """How much the title and what was asked are the same."""
        ...


class Closeness(Protocol):
    """Measures what an index does not look at: whether words stand together or scattered."""

    def of(self, query: Query) -> Likeness:
        """For the words that a query asks for, in whichever field."""
        ...
