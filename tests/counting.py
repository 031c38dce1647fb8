"""An object store that counts what is asked of it: what a request costs, on any store."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from records.errors import Conflict
from records.identity import ObjectKey
from records.ports.object_store import NewObject, ObjectStat, ObjectStore


class CountingObjectStore:
    """Implements `records.ports.object_store.ObjectStore` on another one.

    Every object of a batch counts: over a network each is a journey of its own. `calls` are
    (call, key or prefix), in the order in which they began.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self.at_once = store.at_once
        self.calls: list[tuple[str, str]] = []

    @contextmanager
    def counted(self) -> Iterator[list[tuple[str, str]]]:
        """The calls made meanwhile, those of other threads as well."""
        found: list[tuple[str, str]] = []
        self.calls = found
        yield found

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What is called meanwhile is somebody else's."""
        kept, self.calls = self.calls, []
        yield
        self.calls = kept

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says."""
        self.calls.append(("create", key))
        self._store.create(key, body)

    def create_all(self, objects: Sequence[NewObject]) -> list[Conflict | None]:
        """As the port says."""
        self.calls.extend(("create", new.key) for new in objects)
        return self._store.create_all(objects)

    def replace(self, key: ObjectKey, body: bytes) -> None:
        """As the port says."""
        self.calls.append(("replace", key))
        self._store.replace(key, body)

    def read(self, key: ObjectKey) -> bytes:
        """As the port says."""
        self.calls.append(("read", key))
        return self._store.read(key)

    def stream(self, key: ObjectKey, *, start: int, length: int) -> Iterator[bytes]:
        """As the port says."""
        self.calls.append(("stream", key))
        return self._store.stream(key, start=start, length=length)

    def stat(self, key: ObjectKey) -> ObjectStat | None:
        """As the port says."""
        self.calls.append(("stat", key))
        return self._store.stat(key)

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """As the port says."""
        self.calls.append(("list", prefix))
        return self._store.list(prefix, after=after)

    def delete(self, key: ObjectKey) -> None:
        """As the port says."""
        self.calls.append(("delete", key))
        self._store.delete(key)


def told(calls: Sequence[tuple[str, str]]) -> str:
    """The calls as lines, for whoever reads why a test failed."""
    counts = Counter(call for call, _ in calls)
    return "\n".join([str(dict(counts)), *(f"{call} {key}" for call, key in calls)])
