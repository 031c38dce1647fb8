"""The in-process queue of the embedded mode: one thread that works off the outbox."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from records.errors import Unavailable
from records.identity import RecordId
from services.drain import Drain

_LOG = logging.getLogger(__name__)

_POLL_S = 0.2
"""How often the outbox is looked at for what other processes wrote."""

_BUSY_S = 0.01
_LOOK_S = 0.02
_BACKOFF_S = 2.0
_TASKS_S = 10.0
_REMEMBERED = 2000


class DrainLoop:
    """Runs rounds of the drain until it is stopped; wakes at once for what this process wrote.

    While another process holds the index writer the loop waits and tries again, so the second
    of two servers takes over when the first one ends.
    """

    def __init__(self, drain: Drain, *, regularly: Sequence[Callable[[], object]]) -> None:
        self._drain = drain
        self._regularly = regularly
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._rounds = threading.Condition()
        self._done: dict[RecordId, int] = {}
        self._last_tasks = 0.0
        self._elsewhere = False
        self._thread = threading.Thread(target=self._run, name="drain", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that is running."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def settle(self, record: RecordId, number: int, *, timeout_s: float) -> bool:
        """Wake the loop and wait until it has worked off that revision of the record.

        Whether it happened in time; the record is durable in any case.
        """
        deadline = time.monotonic() + timeout_s
        self._wake.set()
        while not self._is_done(record, number, wait_s=_LOOK_S):
            if self._elsewhere and not self._drain.waits_for(record):
                return True
            if time.monotonic() > deadline:
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
        began = time.monotonic()
        try:
            self._tick(began)
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
        with self._rounds:
            self._done.update(done.records)
            while len(self._done) > _REMEMBERED:
                del self._done[next(iter(self._done))]
            self._rounds.notify_all()
        return _BUSY_S if done.waiting else _POLL_S

    def _tick(self, now: float) -> None:
        if now - self._last_tasks >= _TASKS_S:
            self._last_tasks = now
            for task in self._regularly:
                task()
