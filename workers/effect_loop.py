"""The lane of effects in the embedded mode: a thread of its own, which holds up no index."""

import logging
import threading
import time

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane, LaneState
from services.after_commit.effect_sweep import EffectSweep
from workers.runner import JobRunner

_LOG = logging.getLogger(__name__)

_POLL_S = 0.2
"""How often the outbox is looked at for what other processes wrote."""

_LOOK_S = 0.02
_BACKOFF_S = 2.0


class EffectLoop:
    """Runs effects until it is stopped; it wakes at once for what this process wrote."""

    def __init__(self, sweep: EffectSweep, runner: JobRunner) -> None:
        self._sweep = sweep
        self._runner = runner
        self._asked: dict[RecordId, None] = {}
        self._at_work: RecordId | None = None
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="effects", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def put(self, record: RecordId) -> None:
        """Ask for the effects of a record."""
        with self._lock:
            self._asked[record] = None
        self._wake.set()

    def ask(self, record: RecordId, *, timeout_s: float) -> bool:
        """Ask and wait; whether they were run in time."""
        self.put(record)
        deadline = time.monotonic() + timeout_s
        while self._waits(record):
            if time.monotonic() > deadline:
                return False
            time.sleep(_LOOK_S)
        return True

    def lane(self) -> LaneState:
        """What waits."""
        return LaneState(Lane.EFFECTS, *self._sweep.waiting())

    def close(self) -> None:
        """End after the record that is worked off."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _waits(self, record: RecordId) -> bool:
        with self._lock:
            return record in self._asked or self._at_work == record

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause_s = self._round()
            if self._wake.wait(pause_s):
                self._wake.clear()

    def _round(self) -> float:
        """What was asked for, then what the outbox holds; the pause after it, in seconds."""
        try:
            while (record := self._next()) is not None and not self._stopping.is_set():
                self._work(record)
            for record in self._sweep.due(lying_s=0.0):
                self._work(record)
        except Unavailable as error:
            _LOG.warning("effects wait: %s", error)
            return _BACKOFF_S
        except Exception:  # noqa: BLE001 - the boundary of the thread
            _LOG.exception("a round of the effects failed")
            return _BACKOFF_S
        return _POLL_S

    def _next(self) -> RecordId | None:
        with self._lock:
            self._at_work = next(iter(self._asked), None)
            if self._at_work is not None:
                del self._asked[self._at_work]
            return self._at_work

    def _work(self, record: RecordId) -> None:
        try:
            self._runner.run(Job(JobName.EFFECT, record))
        finally:
            with self._lock:
                self._at_work = None
