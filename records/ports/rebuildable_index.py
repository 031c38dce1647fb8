"""A search index that can be built anew beside the one in use."""

from collections.abc import Sequence
from typing import Protocol

from records.ports.search_index import SearchIndex
from records.queries.search import IndexChange


class IndexRebuild(Protocol):
    """A new index, being filled while the old one answers; one of the two ends must be called.

    What is written to the index in use meanwhile, by whichever process, is written here as well,
    so that nothing is lost; revisions keep the order. For that, what is put in has to be read from
    the store after the rebuild was begun.
    """

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """Put documents in, as `SearchIndex.apply` does; batches of 500 and more are best.

        Raises Unavailable (``rebuild_abandoned``) when another rebuild has begun meanwhile.
        """
        ...

    def swap(self) -> None:
        """Put the new index in the place of the old one, at once and for every process."""
        ...

    def abandon(self) -> None:
        """Throw the new index away; the old one stays in use."""
        ...


class RebuildableIndex(SearchIndex, Protocol):
    """A search index with a way to start over. Works where the index in use is damaged too."""

    def rebuild(self) -> IndexRebuild:
        """Begin a new, empty index; one that was begun before is thrown away.

        What is thrown away is one of this process, or one that is dead. Raises Unavailable:
        ``writer_elsewhere`` in a process that does not hold the writer, ``rebuild_running`` while
        another process is at it.
        """
        ...
