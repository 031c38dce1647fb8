"""Text extraction without a server: files go to worker processes of our own."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from indexers.extraction.limits import OWN_SHARE, wall_limit_s
from indexers.extraction.received import Received
from records.text import ExtractedText
from sandbox.limits import Limits
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending

_WORKER = "indexers.extraction.worker"
_TIKA_LEFTOVERS = ("apache-tika-*.tmp",)


class EmbeddedTextExtractor:
    """Reads files in worker processes; see `records.ports.text_extractor.TextExtractor`.

    The server parses nothing itself. A worker that dies is replaced and the file is tried once
    more, since it may have died of an earlier one; a second death, or too much time, is told as
    the reason: ``crash``, ``memory``, ``timeout``, ``too_long`` (an endless answer).
    """

    def __init__(
        self,
        *,
        workers: int | None = None,
        limits: Limits | None = None,
        may_take_s: Callable[[int], float] = wall_limit_s,
    ) -> None:
        """`may_take_s` gives the seconds that a file of so many bytes may take."""
        self._may_take_s = may_take_s
        self._pool = WorkerPool(
            _WORKER,
            size=workers or max(1, (os.cpu_count() or 1) - 1),
            limits=limits or Limits(),
            leftovers=_TIKA_LEFTOVERS,
        )

    @property
    def version(self) -> str:
        """Name and version of the routes."""
        return "embedded-4"

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """Process ids of the workers that live now, for monitoring."""
        return self._pool.pids

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        """As the port says."""
        began = time.monotonic()
        text, ending = self._try(path, name, began)
        if ending in (Ending.CRASH, Ending.MEMORY):
            text, ending = self._try(path, name, began)
        return text

    def close(self) -> None:
        """As the port says."""
        self._pool.close()

    def _try(self, path: Path, name: str, began: float) -> tuple[ExtractedText, Ending]:
        size_bytes = path.stat().st_size
        wall_s = self._may_take_s(size_bytes)
        request = json.dumps({"name": name, "seconds": wall_s * OWN_SHARE}).encode()
        received = Received()
        try:
            ending = self._pool.ask(request, given=path, wall_s=wall_s, take=received.take)
            text = received.extracted(ending, self.version, size_bytes=size_bytes, began=began)
        except (ValueError, LookupError, TypeError, RecursionError):
            # A worker that tells nonsense was taken over by the file; nothing of it is believed.
            ending = Ending.CRASH
            text = Received().extracted(ending, self.version, size_bytes=size_bytes, began=began)
        return text, ending
