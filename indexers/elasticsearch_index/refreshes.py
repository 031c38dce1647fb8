"""Writes made visible: one refresh for all who write at the same time."""

from collections.abc import Callable
from threading import Condition


class Refreshes:
    """Lets at most one refresh run; who comes meanwhile shares the next.

    A refresh shows what was written before it began. So a writer needs one that begins after his
    write: not the one that runs, but the next, and that one does for everybody who waits.
    """

    def __init__(self, refresh: Callable[[], object]) -> None:
        self._refresh = refresh
        self._turn = Condition()
        self._begun = 0
        self._done = 0
        self._running = False

    def show(self) -> None:
        """Return when all that was written before the call is visible.

        Raises what the refresh raises, to him who ran it; the others try themselves.
        """
        with self._turn:
            needed = self._begun + 1
            while self._done < needed:
                if self._running:
                    self._turn.wait()
                else:
                    self._run()

    def _run(self) -> None:
        """One refresh, by this thread; holds the turn before and after, not meanwhile."""
        self._begun += 1
        number = self._begun
        self._running = True
        self._turn.release()
        try:
            self._refresh()
        except BaseException:
            number = 0
            raise
        finally:
            self._turn.acquire()
            self._running = False
            self._done = max(self._done, number)
            self._turn.notify_all()
