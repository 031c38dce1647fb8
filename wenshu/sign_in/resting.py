"""What did not answer rests: whoever comes meanwhile is told at once and waits for nothing."""

import threading
import time
from collections.abc import Callable

REST_S = 15.0


class Resting:
    """Remembers for a while that somebody outside did not answer."""

    def __init__(
        self, *, rest_s: float = REST_S, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._rest_s = rest_s
        self._now_s = now_s
        self._lock = threading.Lock()
        self._failed_at_s: float | None = None

    @property
    def rests(self) -> bool:
        """Whether it failed so lately that it is not asked."""
        with self._lock:
            failed = self._failed_at_s
        return failed is not None and self._now_s() - failed < self._rest_s

    def failed(self) -> None:
        """It did not answer now."""
        with self._lock:
            self._failed_at_s = self._now_s()

    def answered(self) -> None:
        """It did."""
        with self._lock:
            self._failed_at_s = None
