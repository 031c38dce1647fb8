"""Tries parts side by side, with a patience: one that hangs is told of, and hangs nobody else."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass

from records.errors import Unavailable, WenshuError

PATIENCE_S = 5.0
"""A part that says nothing for so long counts as down: probes of load balancers wait 5 to 10 s,
and a look at the Tika servers takes up to 5."""


FRESH_S = 1.0
"""What was found stands for so long: whoever asks in masses costs no more than one who asks."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing this installation depends on; `fault` is None while it works."""

    name: str
    fault: WenshuError | None


@dataclass(frozen=True, slots=True)
class Probe:
    """How to try one more part; `fault` gives None while it works."""

    name: str
    fault: Callable[[], WenshuError | None]


Trying = Future[WenshuError | None]


class PartProber:
    """Tries each part in a thread of its own.

    A trial that still hangs from an earlier call is waited for again, not begun anew, so however
    often one asks there is one thread for each part, and at most one trial in `FRESH_S`.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        *,
        patience_s: float = PATIENCE_S,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._probes = probes
        self._patience_s = patience_s
        self._now_s = now_s
        self._begun_at_s: dict[str, float] = {}
        self._running: dict[str, Trying] = {}
        self._lock = threading.Lock()

    def parts(self) -> tuple[Part, ...]:
        """What became of each, in order; Unavailable (``part_silent``) for one that hangs."""
        trials = [(probe.name, self._begun(probe)) for probe in self._probes]
        wait([trial for _, trial in trials], timeout=self._patience_s)
        return tuple(Part(name, self._fault(trial)) for name, trial in trials)

    def _fault(self, trial: Trying) -> WenshuError | None:
        if trial.done():
            return trial.result()
        return Unavailable("part_silent", seconds=round(self._patience_s))

    def _begun(self, probe: Probe) -> Trying:
        with self._lock:
            running = self._running.get(probe.name)
            if running is None or (running.done() and not self._is_fresh(probe)):
                self._begun_at_s[probe.name] = self._now_s()
                running = self._running[probe.name] = Trying()
                threading.Thread(
                    target=_try, args=(probe, running), name=f"try-{probe.name}", daemon=True
                ).start()
            return running

    def _is_fresh(self, probe: Probe) -> bool:
        return self._now_s() - self._begun_at_s[probe.name] < FRESH_S


def _try(probe: Probe, trial: Trying) -> None:
    try:
        trial.set_result(probe.fault())
    except Exception as error:  # noqa: BLE001 - the boundary of the thread; raised to who waits
        trial.set_exception(error)
