"""The object store in memory: for tests, and the plain reading of the contract."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from records.errors import Conflict, NotFound
from records.identity import ObjectKey
from records.ports.object_store import NewObject, ObjectStat
from storage.held_notes import HeldInMemory, refuse_held
from storage.keys import checked_key


class MemoryObjectStore:
    """Objects in a dictionary; durable as long as the process."""

    at_once = 1

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self.held = HeldInMemory()

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says."""
        data = body if isinstance(body, bytes) else body.read_bytes()
        with self._lock:
            if checked_key(key) in self._objects:
                raise Conflict("exists", key=key)
            self._objects[key] = data

    def create_all(self, objects: Sequence[NewObject]) -> list[Conflict | None]:
        """As the port says."""
        outcomes: list[Conflict | None] = []
        for new in objects:
            try:
                self.create(new.key, new.body)
            except Conflict as conflict:
                outcomes.append(conflict)
            else:
                outcomes.append(None)
        return outcomes

    def replace(self, key: ObjectKey, body: bytes) -> None:
        """As the port says. Raises Refused (``object_held``)."""
        with self._lock:
            self._refuse_held(checked_key(key))
            self._objects[key] = body

    def read(self, key: ObjectKey) -> bytes:
        """As the port says."""
        try:
            return self._objects[checked_key(key)]
        except KeyError as error:
            raise NotFound("unknown_object", key=key) from error

    def stream(self, key: ObjectKey, *, start: int, length: int) -> Iterator[bytes]:
        """As the port says."""
        data = self.read(key)[start : start + length]
        return (data[place : place + (1 << 20)] for place in range(0, len(data), 1 << 20))

    def stat(self, key: ObjectKey) -> ObjectStat | None:
        """As the port says."""
        data = self._objects.get(checked_key(key))
        return None if data is None else ObjectStat(key, len(data))

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """As the port says."""
        with self._lock:
            found = sorted(k for k in self._objects if k.startswith(prefix) and k > after)
        for key in found:
            data = self._objects.get(key)
            if data is not None:
                yield ObjectStat(ObjectKey(key), len(data))

    def delete(self, key: ObjectKey) -> None:
        """As the port says. Raises Refused (``object_held``)."""
        with self._lock:
            self._refuse_held(checked_key(key))
            self._objects.pop(key, None)

    def _refuse_held(self, key: ObjectKey) -> None:
        refuse_held(key, self.held.noted(key), today=self.held.today())
