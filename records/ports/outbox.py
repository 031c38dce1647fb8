"""The outbox: what was committed and is not yet known to the index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from records.identity import RecordId


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A revision of a record that is to be worked off, named by its write."""

    record: RecordId
    number: int
    write_id: str


class Outbox(Protocol):
    """Entries stand here from before a commit until its consequences are done."""

    def add(self, record: RecordId, number: int) -> OutboxEntry:
        """Ask for work on a revision that exists, such as reading its text again."""
        ...

    def pending(self) -> Iterator[OutboxEntry]:
        """All entries in order of record. An entry may be older than its commit."""
        ...

    def of(self, record: RecordId) -> Iterator[OutboxEntry]:
        """The entries of one record, in order of revision."""
        ...

    def onward(self, record: RecordId) -> Iterator[OutboxEntry]:
        """The entries of a record and of all that come after it, in order of record."""
        ...

    def holds(self, entry: OutboxEntry) -> bool:
        """Whether the entry stands; the cheapest question."""
        ...

    def remove(self, entries: Sequence[OutboxEntry]) -> None:
        """Everything that follows from these revisions is done."""
        ...
