"""Claims on any object store."""

from collections.abc import Iterator, Sequence

from records.errors import Conflict, NotFound
from records.identity import ObjectKey
from records.ports.object_store import NewObject, ObjectStore
from storage.keys import plain_name, segment


class StoredClaims:
    """Claims as ``claims/{name}``."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def take(self, name: str, value: bytes) -> bytes | None:
        """As the port says."""
        try:
            self._store.create(_key(name), value)
        except Conflict:
            return self._store.read(_key(name))
        return None

    def take_all(self, claims: Sequence[tuple[str, bytes]]) -> list[bytes | None]:
        """As the port says."""
        wanted = [NewObject(_key(name), value) for name, value in claims]
        outcomes = self._store.create_all(wanted)
        return [
            None if conflict is None else self._store.read(new.key)
            for new, conflict in zip(wanted, outcomes, strict=True)
        ]

    def read(self, name: str) -> bytes | None:
        """As the port says."""
        try:
            return self._store.read(_key(name))
        except NotFound:
            return None

    def names(self, prefix: str) -> Iterator[str]:
        """As the port says."""
        for stat in self._store.list(_key(prefix), after=""):
            # As a whole: no segment holds a slash, written as it is or as %2F.
            yield plain_name(stat.key.removeprefix("claims/"))

    def free(self, name: str) -> None:
        """As the port says."""
        self._store.delete(_key(name))


def _key(name: str) -> ObjectKey:
    return ObjectKey("claims/" + "/".join(segment(part) for part in name.split("/")))
