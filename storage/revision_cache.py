"""A bounded cache of revisions: they never change, so what is cached is always right."""

import threading
from collections import OrderedDict

from records.identity import RecordId, Sha256
from records.revision import Revision


class RevisionCache:
    """Revisions and their digests by (record, number), the least recently used leaving first."""

    def __init__(self, *, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[tuple[RecordId, int], tuple[Revision, Sha256]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, record: RecordId, number: int) -> tuple[Revision, Sha256] | None:
        """The revision and its digest, when known."""
        with self._lock:
            found = self._entries.get((record, number))
            if found is not None:
                self._entries.move_to_end((record, number))
            return found

    def put(self, revision: Revision, digest: Sha256) -> None:
        """Remember a revision that was read from the store."""
        with self._lock:
            self._entries[revision.record, revision.number] = (revision, digest)
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)
