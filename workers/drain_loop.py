"""The queue of the embedded mode: a thread that works off the outbox and what time asks for.

Effects have a thread of their own (`workers.effect_loop`).
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane, LaneState
from services.after_commit.backlog import Backlog
from services.after_commit.drain import Drain
from workers.effect_loop import EffectLoop
from workers.lanes import SCHEDULE_S
from workers.runner import JobRunner

_LOG = logging.getLogger(__name__)

_POLL_S = 0.2
"""How often the outbox is looked at for what other processes wrote."""

_BUSY_S = 0.01
_LOOK_S = 0.02
_BACKOFF_S = 2.0
_REMEMBERED = 2000
_BY_ROUNDS = frozenset({JobName.DELIVER, JobName.INDEX, JobName.READ, JobName.DRAIN, JobName.SWEEP})
"""Jobs that a round over the outbox does, whatever record they name."""

_BY_THE_CLOCK = (JobName.UPKEEP, JobName.EXPORT, JobName.PURGE)
_OF_EFFECTS = frozenset({JobName.EFFECT, JobName.TIMERS, JobName.SEND})
"""What the loop beside does."""


class DrainLoop:
    """Implements `records.ports.job_queue.JobQueue` in one process.

    Rounds of the drain run until it is stopped; it wakes at once for what this process wrote.
    While another process holds the index writer the loop waits and tries again, so the second
    of two servers takes over when the first one ends.
    """

    def __init__(
        self,
        drain: Drain,
        backlog: Backlog,
        runner: JobRunner,
        effects: EffectLoop,
        *,
        scans: Callable[[], int],
    ) -> None:
        """`scans` tells how many records wait for recognition, which a thread of its own does."""
        self._drain = drain
        self._backlog = backlog
        self._runner = runner
        self._effects = effects
        self._scans = scans
        self._asked: dict[Job, float] = {}
        self._resting: dict[Job, float] = {}
        self._due: dict[JobName, float] = dict.fromkeys(_BY_THE_CLOCK, 0.0)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._rounds = threading.Condition()
        self._done: dict[RecordId, int] = {}
        self._elsewhere = False
        self._thread = threading.Thread(target=self._run, name="drain", daemon=True)

    @property
    def is_elsewhere(self) -> bool:
        """Whether another process holds the index writer, and does all work beside it."""
        return self._elsewhere

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._effects.start()

    def put(self, job: Job) -> None:
        """As the port says; what concerns a record is in an outbox already."""
        if job.name in _OF_EFFECTS:
            self._effects.put(job)
            return
        if job.name not in _BY_ROUNDS:
            self._asked.setdefault(job, time.monotonic())
        self._wake.set()

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        """As the port says; a record is done when the newest revision that waits now is."""
        if job.name in _OF_EFFECTS:
            return self._effects.ask(job, timeout_s=timeout_s)
        deadline = time.monotonic() + timeout_s
        if job.record is None:
            self.put(job)
            return self._wait_for_others(job, deadline)
        entries = self._drain.waiting_of(job.record)
        if not entries:
            return True
        return self._wait_for(job.record, max(entry.number for entry in entries), deadline)

    def lanes(self) -> Sequence[LaneState]:
        """As the port says: the outbox is the lane of indexing, others hold what was put."""
        asked = list(self._asked.values())
        others = LaneState(
            Lane.MAINTENANCE, len(asked), time.monotonic() - min(asked) if asked else None
        )
        states = {Lane.MAINTENANCE: others}
        entries = self._backlog.entries()
        states[Lane.EFFECTS] = self._effects.lane()
        states[Lane.SCAN] = LaneState(Lane.SCAN, self._scans(), None)
        states[Lane.INDEX] = LaneState(Lane.INDEX, len(entries), self._backlog.oldest_s())
        return [states.get(lane, LaneState(lane, 0, None)) for lane in Lane]

    def close(self) -> None:
        """End after the round that is running."""
        self._stopping.set()
        self._wake.set()
        self._effects.close()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _wait_for(self, record: RecordId, number: int, deadline: float) -> bool:
        self._wake.set()
        while not self._is_done(record, number, wait_s=_LOOK_S):
            if self._elsewhere and not self._drain.waits_for(record):
                return True
            if time.monotonic() > deadline:
                return False
        return True

    def _wait_for_others(self, job: Job, deadline: float) -> bool:
        """Wait until a job that the rounds do not do is done."""
        with self._rounds:
            while job in self._asked:
                if not self._rounds.wait(timeout=max(0.0, deadline - time.monotonic())):
                    return False
        return True

    def _is_done(self, record: RecordId, number: int, *, wait_s: float) -> bool:
        with self._rounds:
            return self._rounds.wait_for(
                lambda: self._done.get(record, 0) >= number, timeout=wait_s
            )

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause = self._round()
            if self._wake.wait(pause):
                self._wake.clear()

    def _round(self) -> float:
        """One round; how long to pause after it, in seconds."""
        try:
            self._run_others()
            done = self._drain.round()
        except Unavailable as error:
            self._elsewhere = error.reason == "writer_elsewhere"
            if not self._elsewhere:
                _LOG.warning("outbox waits: %s", error)
            return _BACKOFF_S
        except Exception:  # noqa: BLE001 - the boundary of the thread
            _LOG.exception("a round of the outbox failed")
            return _BACKOFF_S
        if done.indexed:
            self._elsewhere = False
        self._tell(done.records)
        return _BUSY_S if done.waiting else _POLL_S

    def _run_others(self) -> None:
        """Jobs that were asked for, and those whose time has come."""
        now = time.monotonic()
        for name, due in self._due.items():
            if now >= due:
                self._due[name] = now + SCHEDULE_S[name]
                self._asked.setdefault(Job(name), now)
        for job in list(self._asked):
            if now >= self._resting.get(job, 0.0):
                self._run_one(job)

    def _run_one(self, job: Job) -> None:
        try:
            self._runner.run(job)
        except Unavailable as error:
            _LOG.info("%s rests: %s", job.name, error)
            self._resting[job] = time.monotonic() + _BACKOFF_S
            return
        self._resting.pop(job, None)
        with self._rounds:
            del self._asked[job]
            self._rounds.notify_all()

    def _tell(self, records: Mapping[RecordId, int]) -> None:
        with self._rounds:
            self._done.update(records)
            while len(self._done) > _REMEMBERED:
                del self._done[next(iter(self._done))]
            self._rounds.notify_all()
