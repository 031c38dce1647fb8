"""The worker process of text extraction: one file per request, told part by part."""

import json
import shutil
import tempfile
from pathlib import Path

from indexers.extraction.foreign import ForeignReader
from indexers.extraction.limits import OWN_SHARE, ReadingLimits, wall_limit_s
from indexers.extraction.reading import Budget
from indexers.extraction.report import Report
from indexers.extraction.router import Readers, Router
from sandbox.child import Piece, serve


class Worker:
    """Answers requests ``{"path", "name"}`` with the messages of `Report`."""

    def __init__(self) -> None:
        self._readers = Readers(ForeignReader())
        self._limits = ReadingLimits()

    def answer(self, request: bytes, piece: Piece) -> None:
        """Read one file in a folder that is empty before and gone after."""
        asked = json.loads(request)
        folder = Path(tempfile.mkdtemp(prefix="file-"))
        try:
            path = Path(asked["path"])
            budget = Budget(self._limits, wall_limit_s(path.stat().st_size) * OWN_SHARE)
            router = Router(self._readers, Report(piece), folder, self._limits, budget)
            router.read(path, asked["name"])
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    serve(Worker().answer)
