"""Waiting for something to come true, the same way in every test."""

import time
from collections.abc import Callable
from threading import Event

PATIENCE_S = 60.0


def until(holds: Callable[[], bool], what: str, *, within_s: float = PATIENCE_S) -> float:
    """Wait; how many seconds it took. Fails with `what` when it takes longer."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < within_s, what
        Event().wait(0.02)
    return time.monotonic() - began
