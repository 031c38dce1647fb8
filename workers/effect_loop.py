"""The lane of effects in the embedded mode: a thread of its own, which holds up no index."""

import logging
import threading
import time

from records.errors import Unavailable
from records.ports.job_queue import Job, JobName, Lane, LaneState
from services.after_commit.effect_sweep import EffectSweep
from workers.lanes import SCHEDULE_S
from workers.runner import JobRunner

_LOG = logging.getLogger(__name__)

_POLL_S = 0.2
"""How often the outbox is looked at for what other processes wrote."""

_LOOK_S = 0.02
_BACKOFF_S = 2.0
_BY_THE_CLOCK = (JobName.TIMERS, JobName.SEND)


class EffectLoop:
    """Runs effects, timers and what goes out until it is stopped.

    It wakes at once for what this process wrote.
    """

    def __init__(self, sweep: EffectSweep, runner: JobRunner) -> None:
        self._sweep = sweep
        self._runner = runner
        self._asked: dict[Job, None] = {}
        self._at_work: Job | None = None
        self._due: dict[JobName, float] = dict.fromkeys(_BY_THE_CLOCK, 0.0)
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="effects", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def put(self, job: Job) -> None:
        """Ask for a job."""
        with self._lock:
            self._asked[job] = None
        self._wake.set()

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        """Ask and wait; whether it was done in time."""
        self.put(job)
        deadline = time.monotonic() + timeout_s
        while self._waits(job):
            if time.monotonic() > deadline:
                return False
            time.sleep(_LOOK_S)
        return True

    def lane(self) -> LaneState:
        """What waits."""
        return LaneState(Lane.EFFECTS, *self._sweep.waiting())

    def close(self) -> None:
        """End after the job that is running."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _waits(self, job: Job) -> bool:
        with self._lock:
            return job in self._asked or self._at_work == job

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause_s = self._round()
            if self._wake.wait(pause_s):
                self._wake.clear()

    def _round(self) -> float:
        """What was asked for, then what the outbox holds; the pause after it, in seconds."""
        try:
            self._work_off_asked()
            for record in self._sweep.due(lying_s=0.0):
                self._runner.run(Job(JobName.EFFECT, record))
                self._work_off_asked()
            self._put_due()
        except Unavailable as error:
            _LOG.warning("effects wait: %s", error)
            return _BACKOFF_S
        except Exception:  # noqa: BLE001 - the boundary of the thread
            _LOG.exception("a round of the effects failed")
            return _BACKOFF_S
        return _POLL_S

    def _work_off_asked(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                self._at_work = next(iter(self._asked), None)
                if self._at_work is None:
                    return
                del self._asked[self._at_work]
            try:
                self._runner.run(self._at_work)
            finally:
                with self._lock:
                    self._at_work = None

    def _put_due(self) -> None:
        """Jobs whose time has come are done at the beginning of the next round."""
        now = time.monotonic()
        for name, due in self._due.items():
            if now >= due:
                self._due[name] = now + SCHEDULE_S[name]
                self.put(Job(name))
