"""Brings a store from one format to the next: forward only, told before it is done.

A step may be broken off and run again: it changes only what still has the old form. The number of
the format is written after each step, so a store never claims more than it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from records.errors import Refused
from records.identity import ObjectKey
from records.ports.object_store import ObjectStore

Step = Callable[[ObjectStore, bool], Iterator[ObjectKey]]
"""Gives every object that it changes, in order; changes it first unless the second says dry run."""


@dataclass(frozen=True, slots=True)
class Change:
    """One object that a step changes, on the way to format `to`."""

    to: int
    key: ObjectKey


class StoreMigrator:
    """Runs the steps that lead to the format of this program."""

    def __init__(
        self,
        store: ObjectStore,
        *,
        steps: Mapping[int, Step],
        known: int,
        read: Callable[[ObjectStore], int],
        write: Callable[[ObjectStore, int], None],
    ) -> None:
        """`steps` by the format they lead to; `read` and `write` know where the number stands."""
        self._store = store
        self._steps = steps
        self._known = known
        self._read = read
        self._write = write

    def found(self) -> int:
        """The format of the store. Raises Refused (``newer_format``)."""
        found = self._read(self._store)
        if found > self._known:
            raise Refused("newer_format", found=found, known=self._known)
        return found

    def run(self, *, dry: bool) -> Iterator[Change]:
        """Every change, as it is made; with `dry` those that would be, nothing being changed.

        A dry run over several formats tells of the first step truly and of later ones as far as
        they do not rest on it. Raises Refused (``newer_format``, ``no_way`` for a missing step).
        """
        for to in range(self.found() + 1, self._known + 1):
            if to not in self._steps:
                raise Refused("no_way", found=to - 1, known=self._known)
            for key in self._steps[to](self._store, dry):
                yield Change(to, key)
            if not dry:
                self._write(self._store, to)
