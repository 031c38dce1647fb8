"""Removes what is over and belongs to nobody."""

import time
from collections.abc import Callable, Sequence

from services.people.sessions import Sessions

STALE_S = 24 * 3600.0
"""What was being received or written so long ago belongs to a process that is gone."""

Sweeping = Callable[[float], int]
"""Removes what was last written before a time (seconds of the epoch); how much it was."""


class LeftoverSweeper:
    """Sweeps sessions that are over and files that never became part of a record."""

    def __init__(self, sessions: Sessions, sweepings: Sequence[Sweeping]) -> None:
        self._sessions = sessions
        self._sweepings = sweepings

    def run(self) -> int:
        """How much was removed."""
        before = time.time() - STALE_S
        return self._sessions.sweep() + sum(sweep(before) for sweep in self._sweepings)
