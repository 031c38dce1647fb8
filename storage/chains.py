"""Chains of small values on any object store."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from records.errors import Corrupt, NotFound
from records.identity import ObjectKey
from records.ports.chains import Link
from records.ports.object_store import ObjectStore
from records.revision import seal, unseal
from storage.keys import plain_name, segment

_REMEMBERED = 16
"""Chains whose newest link is remembered, besides the one asked for last."""


class StoredChains:
    """Links as ``chains/{name}/r{number}``, sealed.

    Links that were read last by their known number are remembered: links never change, and the
    organisation, a large one, and the calendar are asked for with every request.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(store.at_once, thread_name_prefix="chains")
        self._remembered: dict[str, Link] = {}

    def latest(self, name: str, *, known: int = 0) -> Link | None:
        """As the port says."""
        if known == 0:
            newest = self._newest_by_listing(name)
            return self._read(name, newest) if newest else None
        number = known
        while self._store.stat(_key(name, number + 1)) is not None:
            number += 1
        remembered = self._remembered.get(name)
        if remembered is not None and remembered.number == number:
            return remembered
        link = self._read(name, number)
        # A new dictionary: other threads go on reading the old one.
        kept = list(self._remembered.items())[-_REMEMBERED:]
        self._remembered = {**dict(kept), name: link}
        return link

    def link(self, name: str, number: int) -> Link:
        """As the port says."""
        if self._store.stat(_key(name, number)) is None:
            raise NotFound("no_such_version", chain=name, number=number)
        return self._read(name, number)

    def begun(self, names: Sequence[str]) -> list[bool]:
        """As the port says."""
        asking = self._threads.map if len(names) > 1 and self._store.at_once > 1 else map
        return [stat is not None for stat in asking(lambda n: self._store.stat(_key(n, 1)), names)]

    def append(self, name: str, number: int, value: bytes) -> Link:
        """As the port says."""
        self._store.create(_key(name, number), seal(value))
        return Link(number, value)

    def names(self, prefix: str) -> Iterator[str]:
        """As the port says."""
        last = None
        for stat in self._store.list(f"chains/{_path(prefix)}", after=""):
            name = stat.key.removeprefix("chains/").rpartition("/")[0]
            if name != last:
                last = name
                yield "/".join(plain_name(part) for part in name.split("/"))

    def _read(self, name: str, number: int) -> Link:
        try:
            return Link(number, unseal(self._store.read(_key(name, number))))
        except Corrupt as error:
            raise Corrupt("torn_link", chain=name, number=number) from error

    def _newest_by_listing(self, name: str) -> int:
        keys = [stat.key for stat in self._store.list(f"chains/{_path(name)}/r", after="")]
        return int(keys[-1].rpartition("/r")[2]) if keys else 0


def _path(name: str) -> str:
    return "/".join(segment(part) for part in name.split("/"))


def _key(name: str, number: int) -> ObjectKey:
    return ObjectKey(f"chains/{_path(name)}/r{number:08d}")
