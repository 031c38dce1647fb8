"""Compares store and index, record by record, and repairs what differs (features.md C3.5).

The truth table: (in store?, in index?, same revision?). Both sides come as streams in order of
record, so nothing is held in memory. Records of which both say the same are not read: damage in
the store is for verify to find.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from records.errors import Corrupt
from records.identity import RecordId
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.queries.search import Removal

_LOG = logging.getLogger(__name__)

_NAMED = 100
"""So many records of each cell are named in the report; all are counted and repaired."""


@dataclass(slots=True)
class Cell:
    """One cell of the table: how many records, and the first of them."""

    count: int = 0
    records: list[RecordId] = field(default_factory=list)

    def add(self, record: RecordId) -> None:
        """Count a record."""
        self.count += 1
        if len(self.records) < _NAMED:
            self.records.append(record)


@dataclass(slots=True)
class Comparison:
    """The counts of every cell."""

    equal: Cell = field(default_factory=Cell)
    missing: Cell = field(default_factory=Cell)
    """In the store only."""
    behind: Cell = field(default_factory=Cell)
    """In both, the index older."""
    ahead: Cell = field(default_factory=Cell)
    """In both, the index newer: the store was put back to an earlier time."""
    orphaned: Cell = field(default_factory=Cell)
    """In the index only, deleted, or damaged in the store where the two differ."""

    @property
    def is_clean(self) -> bool:
        """Whether index and store say the same."""
        return not any(
            cell.count for cell in (self.missing, self.behind, self.ahead, self.orphaned)
        )


class Reconciler:
    """Compares and repairs."""

    def __init__(self, log: RecordLog, index: SearchIndex, outbox: Outbox) -> None:
        self._log = log
        self._index = index
        self._outbox = outbox

    def compare(self) -> Comparison:
        """The table as of now. Work that stands in the outbox shows as difference."""
        table = Comparison()
        for record, stored, indexed in self._pairs():
            _cell(table, stored, indexed).add(record)
        return table

    def repair(self) -> Comparison:
        """As `compare`; what is missing or behind goes to the outbox, what is orphaned goes out.

        The drain does the rest. Only the process with the index writer may repair.
        """
        table = Comparison()
        for record, stored, indexed in self._pairs():
            cell = _cell(table, stored, indexed)
            cell.add(record)
            if stored is None and indexed is not None:
                self._index.apply([Removal(record, indexed)])
            elif stored is not None and cell is not table.equal:
                if indexed is not None and indexed > stored:
                    self._index.apply([Removal(record, indexed)])
                self._outbox.add(record, stored)
        return table

    def _pairs(self) -> Iterator[tuple[RecordId, int | None, int | None]]:
        """Both streams merged: (record, number in store, number in index)."""
        stored = _Peek(self._log.records())
        indexed = _Peek(self._index.entries(after=None))
        while stored.head or indexed.head:
            left, right = stored.head, indexed.head
            if right is None or (left is not None and left[0] < right[0]):
                assert left is not None  # noqa: S101 - one of the two is there
                if self._lives(*left):
                    yield left[0], left[1], None
                stored.advance()
            elif left is None or right[0] < left[0]:
                yield right[0], None, right[1]
                indexed.advance()
            else:
                is_equal = left[1] == right[1]
                yield left[0], left[1] if is_equal or self._lives(*left) else None, right[1]
                stored.advance()
                indexed.advance()

    def _lives(self, record: RecordId, number: int) -> bool:
        """Whether it can be read and is not deleted: the index has no entry of the others."""
        try:
            return not self._log.revision(record, number).deleted
        except Corrupt as error:
            _LOG.error("left out of the comparison: %s", error)
            return False


class _Peek:
    """An iterator whose next item can be looked at."""

    def __init__(self, items: Iterator[tuple[RecordId, int]]) -> None:
        self._items = items
        self.head = next(items, None)

    def advance(self) -> None:
        self.head = next(self._items, None)


def _cell(table: Comparison, stored: int | None, indexed: int | None) -> Cell:
    if stored is None:
        return table.orphaned
    if indexed is None:
        return table.missing
    if stored == indexed:
        return table.equal
    return table.behind if indexed < stored else table.ahead
