"""Spares readers the time-out of a server that says nothing: one asks, the others are told."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from elastic_transport import ConnectionTimeout

from indexers.elasticsearch_index.vendor_errors import UNREACHABLE
from records.errors import Unavailable

REST_S = 2.0
"""After a time-out nobody asks for so long; then one does, and the others wait for his answer."""


class Silence:
    """Whether the servers were silent when they were last asked.

    Every page asks the index several times. Were each to wait for the time-out of a frozen server,
    the threads of the web process would all wait, and nothing else would be answered either.
    """

    def __init__(self, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._lock = Lock()
        self._rests_until: float | None = None
        self._someone_asks = False

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Ask within; raises Unavailable (``index_unreachable``) at once in a silence."""
        tries = self._try()
        try:
            yield
        except ConnectionTimeout:
            with self._lock:
                self._rests_until = self._now_s() + REST_S
            raise
        else:
            self._rests_until = None
        finally:
            if tries:
                self._someone_asks = False

    def _try(self) -> bool:
        """Whether we are the one who asks in a silence."""
        with self._lock:
            if self._rests_until is None:
                return False
            if self._someone_asks or self._now_s() < self._rests_until:
                raise Unavailable(UNREACHABLE)
            self._someone_asks = True
            return True
