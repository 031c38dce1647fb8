"""The outbox on any object store: empty objects whose key says it all."""

import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from records.identity import ObjectKey, RecordId
from records.ports.object_store import ObjectStore
from records.ports.outbox import OutboxEntry
from storage.keys import OUTBOX, outbox_key, outbox_prefix


class StoredOutbox:
    """Entries as ``outbox/…/{record}.{number}.{write id}``; commits of the log put them there.

    Another `root` is an outbox of its own, for work that follows later.
    """

    def __init__(self, store: ObjectStore, *, root: str = OUTBOX) -> None:
        self._store = store
        self._root = root
        self._threads = ThreadPoolExecutor(store.at_once, thread_name_prefix="outbox")

    def add(self, record: RecordId, number: int) -> OutboxEntry:
        """As the port says."""
        entry = OutboxEntry(record, number, uuid.uuid4().hex)
        self._store.create(self._key(entry), b"")
        return entry

    def pending(self) -> Iterator[OutboxEntry]:
        """As the port says."""
        return self._listed(self._root)

    def of(self, record: RecordId) -> Iterator[OutboxEntry]:
        """As the port says."""
        return self._listed(outbox_prefix(record, root=self._root))

    def onward(self, record: RecordId) -> Iterator[OutboxEntry]:
        """As the port says."""
        return self._listed(self._root, after=outbox_prefix(record, root=self._root))

    def holds(self, entry: OutboxEntry) -> bool:
        """As the port says."""
        return self._store.stat(self._key(entry)) is not None

    def remove(self, entries: Sequence[OutboxEntry]) -> None:
        """As the port says; over a network several are removed at once."""
        keys = [self._key(entry) for entry in entries]
        removing = self._threads.map if len(keys) > 1 and self._store.at_once > 1 else map
        list(removing(self._store.delete, keys))

    def _listed(self, prefix: str, *, after: str = "") -> Iterator[OutboxEntry]:
        for stat in self._store.list(prefix, after=after):
            record, number, write_id = stat.key.rpartition("/")[2].split(".")
            yield OutboxEntry(RecordId(record), int(number), write_id)

    def _key(self, entry: OutboxEntry) -> ObjectKey:
        return outbox_key(entry.record, entry.number, entry.write_id, root=self._root)
