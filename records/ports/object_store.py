"""The store that holds the truth: objects of bytes under keys, created once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from records.errors import Conflict
from records.identity import ObjectKey


@dataclass(frozen=True, slots=True)
class NewObject:
    """An object to be created.

    `body` is either the bytes, or the path of a local file that the caller hands over: it is
    not changed or used afterwards, so a store may link it instead of copying it.
    """

    key: ObjectKey
    body: bytes | Path


@dataclass(frozen=True, slots=True)
class ObjectStat:
    """Key and size in bytes of a stored object."""

    key: ObjectKey
    size_bytes: int


class ObjectStore(Protocol):
    """Objects of bytes under keys.

    Durable: when a writing call returns, its objects survive loss of power. Whole: a reader sees
    an object completely or not at all. Every method raises Unavailable when the store cannot be
    reached, is full or is read-only; then nothing was acknowledged.
    """

    at_once: int
    """So many calls at once are worth while: 1 where a call costs microseconds, more where it is
    a journey over the network."""

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """Create one object that must not exist yet.

        Of any number of racing callers exactly one returns; the others get Conflict
        (``exists``, with the key). Raises Unknown when the outcome cannot be told.
        """
        ...

    def create_all(self, objects: Sequence[NewObject]) -> list[Conflict | None]:
        """Create several objects at the price of one flush to the disk.

        The answer has one entry per object, in order: None where it was created, Conflict where
        the key was taken. When the call raises, none, some or all may exist; every one that
        exists is whole.
        """
        ...

    def replace(self, key: ObjectKey, body: bytes) -> None:
        """Put an object in the place of whatever stands there; the last writer wins.

        Only for what may be lost without harm: sessions, progress notes. Never for truth. Raises
        Refused (``object_held``) while `records.ports.retention` holds what stands there.
        """
        ...

    def read(self, key: ObjectKey) -> bytes:
        """The whole object. Raises NotFound."""
        ...

    def stream(self, key: ObjectKey, *, start: int, length: int) -> Iterator[bytes]:
        """At most `length` bytes from byte `start`, in pieces of at most 1 MiB. Raises NotFound.

        The check for presence is made before the first piece is asked for.
        """
        ...

    def stat(self, key: ObjectKey) -> ObjectStat | None:
        """Size of the object, or None when there is none."""
        ...

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """All objects whose key begins with `prefix` and sorts after `after`, in key order.

        Order is by code point of the whole key. Objects created or deleted meanwhile may or may
        not be among them.
        """
        ...

    def delete(self, key: ObjectKey) -> None:
        """Remove the object; nothing happens when there is none.

        Raises Refused (``object_held``) while `records.ports.retention` holds it.
        """
        ...
