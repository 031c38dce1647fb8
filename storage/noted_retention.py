"""Retention on stores that note beside their objects what holds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from records.errors import Invalid, NotFound, Refused, Unavailable
from records.identity import ObjectKey
from records.ports.retention import Holding
from storage.filesystem_store import FilesystemObjectStore
from storage.held_notes import HeldFiles, HeldInMemory
from storage.keys import checked_key
from storage.memory_store import MemoryObjectStore


class NotedRetention:
    """Holds objects by the notes that their store looks at before it gives one up.

    Whoever can change the files of a filesystem can delete them all the same: this keeps the
    house from a mistake, and object lock of S3 keeps everybody from one.
    """

    def __init__(self, store: FilesystemObjectStore | MemoryObjectStore) -> None:
        self._store = store
        self._notes: HeldFiles | HeldInMemory = store.held

    def retain(self, key: ObjectKey, *, until_on: date) -> None:
        """As the port says."""
        before = self.holding(key)
        if until_on < self._notes.today():
            raise Invalid("retain_in_past", key=key, given=until_on.isoformat())
        if before.until_on is not None and until_on < before.until_on:
            raise Refused("retention_shortened", key=key, until=before.until_on.isoformat())
        self._note(key, replace(before, until_on=until_on))

    def hold(self, key: ObjectKey) -> None:
        """As the port says."""
        self._note(key, replace(self.holding(key), legal_hold=True))

    def release(self, key: ObjectKey) -> None:
        """As the port says."""
        self._note(key, replace(self.holding(key), legal_hold=False))

    def holding(self, key: ObjectKey) -> Holding:
        """As the port says. Raises Corrupt (``torn_note``) for a damaged note of a file."""
        if self._store.stat(checked_key(key)) is None:
            raise NotFound("unknown_object", key=key)
        with _translated(key):
            return self._notes.noted(key)

    def _note(self, key: ObjectKey, holding: Holding) -> None:
        with _translated(key):
            self._notes.note(key, holding)


@contextmanager
def _translated(key: ObjectKey) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable("store_fault", key=key, detail=error.strerror) from error
