"""A thread that keeps something fresh beside all requests."""

import logging
import threading
from collections.abc import Callable

from records.errors import Unavailable

_LOG = logging.getLogger(__name__)


class Tending:
    """Calls a function again and again, from `start` to `close`."""

    def __init__(self, tend: Callable[[], object], *, every_s: float, name: str) -> None:
        self._tend = tend
        self._every_s = every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def tend(self) -> None:
        """Call it once, now, on the caller's thread."""
        self._tend()

    def stop(self) -> None:
        """Begin no further call."""
        self._stopping.set()

    def close(self) -> None:
        """End after the call that is running."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.tend()
            except Unavailable as error:
                if self._stopping.is_set():
                    return
                _LOG.warning("%s waits: %s", self._thread.name, error)
            except Exception:  # noqa: BLE001 - the boundary of the thread
                _LOG.exception("%s failed", self._thread.name)
            self._stopping.wait(self._every_s)
