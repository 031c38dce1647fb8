"""What stands in the outbox, and for how long: committed, and not yet found by search."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from records.identity import RecordId
from records.ports.outbox import Outbox, OutboxEntry

BEHIND_S = 10.0
"""Work that waits longer than this is worth telling those who search."""

MOST = 100_000
"""Entries that one look goes through: what stands behind them is looked at when they are gone."""


@dataclass(frozen=True, slots=True)
class Look:
    """The outbox as it was: entries in order of record, and when the look began."""

    entries: tuple[OutboxEntry, ...]
    began_s: float


class Backlog:
    """Looks at the outbox and remembers when it first saw each entry.

    Entries bear no time, so that the clocks of several machines do not matter: an age counts from
    the moment this process saw the entry first.
    """

    def __init__(
        self,
        outbox: Outbox,
        *,
        stopped: Callable[[], frozenset[RecordId]],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`stopped` tells the records whose work was given up: they wait for a person."""
        self._outbox = outbox
        self._stopped = stopped
        self._now_s = now_s
        self._first_seen: dict[OutboxEntry, float] = {}
        self._last = Look((), float("-inf"))
        self._lock = threading.Lock()

    def entries(self) -> tuple[OutboxEntry, ...]:
        """The first `MOST` entries of this moment, in order of record."""
        return self._look().entries

    def recent(self, *, at_most_s: float) -> Look:
        """The last look, whoever asked for it; a new one when it began longer ago than that."""
        last = self._last
        return last if self._now_s() - last.began_s <= at_most_s else self._look()

    def _look(self) -> Look:
        began_s = self._now_s()
        entries = tuple(islice(self._outbox.pending(), MOST))
        now = self._now_s()
        with self._lock:
            self._first_seen = {entry: self._first_seen.get(entry, now) for entry in entries}
            look = Look(entries, began_s)
            self._last = max(self._last, look, key=lambda each: each.began_s)
        return look

    def age_s(self, entry: OutboxEntry) -> float:
        """Seconds since a look met this one first; 0 for one that none has met."""
        now = self._now_s()
        with self._lock:
            return now - self._first_seen.get(entry, now)

    def oldest_s(self) -> float | None:
        """Age of the oldest entry of the last look that is not given up; None for none.

        Who is given up is asked only when something is old: nearly always nothing is.
        """
        now = self._now_s()
        with self._lock:
            seen = list(self._first_seen.items())
        age = max((now - at for _, at in seen), default=None)
        if age is None or age <= BEHIND_S:
            return age
        stopped = self._stopped()
        return max((now - at for entry, at in seen if entry.record not in stopped), default=None)

    def is_behind(self) -> bool:
        """Whether something has waited so long that a search may miss it."""
        return (self.oldest_s() or 0.0) > BEHIND_S
