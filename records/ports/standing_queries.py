"""Queries that stand: each new document is tried against all of them."""

from collections.abc import Collection
from typing import Protocol

from records.queries.query import Query
from records.queries.search import IndexDocument, Narrowing


class StandingQueries(Protocol):
    """Holds many queries ready; any thread may ask while another one changes them."""

    def hold(self, key: str, query: Query) -> None:
        """Try this query from now on; one of the same key goes out."""
        ...

    def let_go(self, key: str) -> None:
        """Try it no more; nothing happens where it is not held."""
        ...

    def matching(
        self, document: IndexDocument, *, among: Collection[str] | None = None
    ) -> frozenset[str]:
        """Keys of the queries that the document matches, of all that are held or of these.

        Just those that a strict `SearchIndex.search` without narrowing would find it by, in an
        index that held it alone. Who may read it is not asked here.
        """
        ...

    def meets(self, document: IndexDocument, narrowing: Narrowing) -> bool:
        """Whether the document meets all conditions of a narrowing."""
        ...
