"""Waits until what was written is found by search."""

import time
from threading import BoundedSemaphore

from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue
from records.ports.outbox import Outbox, OutboxEntry

AT_ONCE = 8
"""So many wait at the same time, out of the 12 who may change something (gate.lanes): while the
index stands still, those who come later are not held up as well."""

_LOOK_S = 0.02
_LONGEST_LOOK_S = 0.2


class IndexWait:
    """Has what was written worked off, and waits for it."""

    def __init__(self, queue: JobQueue, outbox: Outbox) -> None:
        self._queue = queue
        self._outbox = outbox
        self._places = BoundedSemaphore(AT_ONCE)

    def ask_for_effects(self, record: RecordId) -> None:
        """Ask for what follows from a write; nobody waits for it. Raises Unavailable."""
        self._queue.put(Job(JobName.EFFECT, record))

    def ask_for_exports(self) -> None:
        """Ask for rows of exports that are not done. Raises Unavailable."""
        self._queue.put(Job(JobName.EXPORT))

    def settle(self, entry: OutboxEntry, *, timeout_s: float) -> bool:
        """Whether nothing of a write is left to do, its text included, within the time.

        Another process may have the text read: the queue answers when the record is found by its
        fields, so the outbox is looked at until the entry is gone. Where `AT_ONCE` wait already
        the work is asked for and not waited for. Raises Unavailable.
        """
        if not self._places.acquire(blocking=False):
            self._queue.put(Job(JobName.DELIVER, entry.record))
            return False
        try:
            return self._wait(entry, timeout_s)
        finally:
            self._places.release()

    def _wait(self, entry: OutboxEntry, timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        self._queue.ask(Job(JobName.DELIVER, entry.record), timeout_s=timeout_s)
        look_s = _LOOK_S
        while self._outbox.holds(entry):
            if time.monotonic() + look_s > deadline:
                return False
            time.sleep(look_s)
            look_s = min(look_s * 1.5, _LONGEST_LOOK_S)
        return True
