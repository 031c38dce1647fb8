"""A bounded cache of revisions: they never change, so what is cached is always right."""

import threading
from collections import OrderedDict

from records.identity import RecordId, Sha256
from records.revision import Revision

WEIGHT = 8
"""Bytes of memory that a stored byte takes up as objects: 7.2 to 9.0 for revisions of a flow with
one to thirty tasks (786 to 11,736 bytes stored), less for one with much text."""


class RevisionCache:
    """Revisions and their digests by (record, number), the least recently used leaving first."""

    def __init__(self, *, capacity_bytes: int) -> None:
        """As much memory as the cache may take up; 0 for none."""
        self._capacity_bytes = capacity_bytes
        self._held_bytes = 0
        self._entries: OrderedDict[tuple[RecordId, int], tuple[Revision, Sha256, int]]
        self._entries = OrderedDict()
        self._lock = threading.Lock()

    def get(self, record: RecordId, number: int) -> tuple[Revision, Sha256] | None:
        """The revision and its digest, when known."""
        with self._lock:
            found = self._entries.get((record, number))
            if found is None:
                return None
            self._entries.move_to_end((record, number))
            return found[:2]

    def put(self, revision: Revision, digest: Sha256, *, stored_bytes: int) -> None:
        """Remember a revision that takes up so many bytes in the store."""
        key, weight = (revision.record, revision.number), stored_bytes * WEIGHT
        with self._lock:
            before = self._entries.pop(key, None)
            self._entries[key] = (revision, digest, weight)
            self._held_bytes += weight - (before[2] if before else 0)
            while self._held_bytes > self._capacity_bytes:
                _, (_, _, gone) = self._entries.popitem(last=False)
                self._held_bytes -= gone
