"""The outbox on any object store: empty objects whose key says it all."""

import uuid
from collections.abc import Iterator

from records.identity import RecordId
from records.ports.object_store import ObjectStore
from records.ports.outbox import OutboxEntry
from storage.keys import OUTBOX, outbox_key, outbox_prefix


class StoredOutbox:
    """Entries as ``outbox/…/{record}.{number}.{write id}``; commits of the log put them there."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def add(self, record: RecordId, number: int) -> OutboxEntry:
        """As the port says."""
        entry = OutboxEntry(record, number, uuid.uuid4().hex)
        self._store.create(outbox_key(record, number, entry.write_id), b"")
        return entry

    def pending(self) -> Iterator[OutboxEntry]:
        """As the port says."""
        return self._listed(OUTBOX)

    def of(self, record: RecordId) -> Iterator[OutboxEntry]:
        """As the port says."""
        return self._listed(outbox_prefix(record))

    def remove(self, entry: OutboxEntry) -> None:
        """As the port says."""
        self._store.delete(outbox_key(entry.record, entry.number, entry.write_id))

    def _listed(self, prefix: str) -> Iterator[OutboxEntry]:
        for stat in self._store.list(prefix, after=""):
            record, number, write_id = stat.key.rpartition("/")[2].split(".")
            yield OutboxEntry(RecordId(record), int(number), write_id)
