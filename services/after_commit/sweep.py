"""Asks again for work that stands in the outbox and that nobody does.

A queue may lose jobs: it is emptied, a worker dies, a process ends between commit and asking. The
outbox loses none, so whatever lies in it too long is asked for once more.
"""

import time
from collections.abc import Callable
from typing import Protocol

from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue, Lane
from services.after_commit.backlog import Backlog
from services.after_commit.drain import Drain

LYING_S = 5.0
"""An entry that has stood so long was forgotten, or its lane is long. While no job waits any may
be, and one look is enough: of many processes each sweeps seldom."""

AGAIN_S = 60.0
"""How long to wait for a job that was asked for before asking once more, while jobs wait."""

SOON_S = 10.0
"""And while none waits: the one that was asked for came to nothing, as when the index was down."""

_LANES = frozenset({Lane.INDEX, Lane.EXTRACT, Lane.BULK})
"""Through which work on a record goes after it was asked for here; besides, what somebody waits for
goes through the interactive lane."""

MANY = 200
"""From so many records on, one pass in large batches is cheaper than a job for each. What lies
after a pass has jobs as well, so many at once: one record may end the pass's process each time, and
which it is shows when each has a job of its own."""


class Stopped(Protocol):
    """Knows what is not to be tried again, as `DeadLetters` does."""

    def stopped(self) -> frozenset[RecordId]:
        """Records that are left alone."""
        ...


class OutboxSweep:
    """Looks through the outbox. One that runs in two processes at once does no harm."""

    def __init__(
        self,
        *,
        backlog: Backlog,
        queue: JobQueue,
        drain: Drain,
        letters: Stopped,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backlog = backlog
        self._queue = queue
        self._drain = drain
        self._letters = letters
        self._now_s = now_s
        self._asked: dict[RecordId, float] = {}
        self._passed: frozenset[RecordId] = frozenset()

    def run(self) -> int:
        """How many jobs were asked for. Raises Unavailable (``queue_down``)."""
        waiting = {state.lane for state in self._queue.lanes() if state.waiting}
        lying = self._lying(LYING_S if waiting & (_LANES | {Lane.INTERACTIVE}) else 0.0)
        now = self._now_s()
        again_s = AGAIN_S if waiting & _LANES else SOON_S
        self._asked = {r: at for r, at in self._asked.items() if now - at < again_s}
        forgotten = [record for record in lying if record not in self._asked]
        jobs = [Job(JobName.INDEX, record) for record in forgotten]
        if len(forgotten) > MANY:
            passed, self._passed = self._passed, frozenset(forgotten)
            jobs = [job for job in jobs if job.record in passed][:MANY]
            jobs.append(Job(JobName.DRAIN))
        for job in jobs:
            self._queue.put(job)
        self._asked.update(dict.fromkeys(forgotten, now))
        return len(jobs)

    def _lying(self, long_s: float) -> dict[RecordId, None]:
        """Records with entries that have stood so long, without those that were given up."""
        stopped = self._letters.stopped()
        lying: dict[RecordId, None] = {}
        for entry in self._backlog.entries():
            age_s = self._backlog.age_s(entry)
            if self._drain.drop_abandoned(entry):
                continue
            if age_s >= long_s and entry.record not in stopped:
                lying[entry.record] = None
        return lying
