"""Finds what stands in the outbox of effects and nobody does: forgotten, resting, never committed.

Every job may be lost; the outbox loses none. An entry is asked for again after a delay that
doubles, so that thousands which wait for a part that is down cost little; whether it may be tried
is said by `EffectFailures`, whether it was given up by its letter.
"""

import threading
import time
from collections.abc import Callable
from itertools import islice

from records.errors import Corrupt, NotFound
from records.identity import RecordId
from records.ports.effect_outbox import EffectEntry, EffectOutbox
from records.ports.job_queue import Job, JobName, JobQueue
from records.ports.record_log import RecordLog

LOOKED_THROUGH = 2_000
"""Entries that one look goes through; the next one goes on behind them."""

FIRST_AGAIN_S = 1.0
LONGEST_AGAIN_S = 600.0

ABANDONED_S = 600.0
"""An entry without its revision for so long belongs to a writer that died before committing."""

LYING_S = 5.0
"""Between processes whoever committed asks for the work: what stands so long was forgotten."""


class EffectSweep:
    """Looks through the outbox. Safe to use from several threads, and in several processes."""

    def __init__(
        self,
        outbox: EffectOutbox,
        log: RecordLog,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox = outbox
        self._log = log
        self._now_s = now_s
        self._after: EffectEntry | None = None
        self._seen: dict[EffectEntry, tuple[float, float, float]] = {}
        # First seen at, to be asked for again at, and the delay after that.
        self._round: set[EffectEntry] = set()
        self._lock = threading.Lock()

    def due(self, *, lying_s: float) -> list[RecordId]:
        """Records with entries that have stood so long and are to be asked for now."""
        with self._lock:
            entries = list(islice(self._outbox.onward(self._after), LOOKED_THROUGH))
            self._round.update(entries)
            self._after = entries[-1] if len(entries) == LOOKED_THROUGH else None
            now = self._now_s()
            due: dict[RecordId, None] = {}
            for entry in entries:
                if self._is_due(entry, now, lying_s):
                    due[entry.record] = None
            if self._after is None:
                self._seen = {e: seen for e, seen in self._seen.items() if e in self._round}
                self._round.clear()
            return list(due)

    def waiting(self) -> tuple[int, float | None]:
        """How many entries this process knows of, and the age of the oldest in seconds."""
        with self._lock:
            now = self._now_s()
            ages = [now - first for first, _, _ in self._seen.values()]
        return len(ages), max(ages, default=None)

    def ask(self, queue: JobQueue) -> int:
        """Ask for what was forgotten; how many jobs. Raises Unavailable (``queue_down``)."""
        records = self.due(lying_s=LYING_S)
        for record in records:
            queue.put(Job(JobName.EFFECT, record))
        return len(records)

    def _is_due(self, entry: EffectEntry, now: float, lying_s: float) -> bool:
        first, at, delay_s = self._seen.get(entry, (now, now + lying_s, FIRST_AGAIN_S))
        is_due = now >= at
        if is_due and now - first > ABANDONED_S and self._is_abandoned(entry):
            self._outbox.remove([entry])
            self._seen.pop(entry, None)
            return False
        if is_due:
            at, delay_s = now + delay_s, min(delay_s * 2, LONGEST_AGAIN_S)
        self._seen[entry] = first, at, delay_s
        return is_due

    def _is_abandoned(self, entry: EffectEntry) -> bool:
        try:
            self._log.revision(entry.record, entry.number)
        except NotFound:
            return True
        except Corrupt:
            return False
        return False
