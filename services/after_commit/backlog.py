"""What stands in the outbox, and for how long: committed, and not yet found by search."""

import threading
import time
from collections.abc import Callable

from records.identity import RecordId
from records.ports.outbox import Outbox, OutboxEntry

BEHIND_S = 10.0
"""Work that waits longer than this is worth telling those who search."""


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
        self._lock = threading.Lock()

    def entries(self) -> tuple[OutboxEntry, ...]:
        """All entries of this moment, in order of record."""
        entries = tuple(self._outbox.pending())
        now = self._now_s()
        with self._lock:
            self._first_seen = {entry: self._first_seen.get(entry, now) for entry in entries}
        return entries

    def age_s(self, entry: OutboxEntry) -> float:
        """Seconds since `entries` gave this one first; 0 for one it has not given."""
        now = self._now_s()
        with self._lock:
            return now - self._first_seen.get(entry, now)

    def oldest_s(self) -> float | None:
        """Age of the oldest entry that `entries` gave last and that is not given up; None for none.

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
