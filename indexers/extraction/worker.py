"""The worker process of text extraction: one file per request, told part by part."""

import json
from pathlib import Path

from indexers.extraction.box_font import BoxFont
from indexers.extraction.foreign import ForeignReader
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.member_taking import MemberTaker
from indexers.extraction.reading import Budget
from indexers.extraction.report import Report
from indexers.extraction.router import Readers, Router
from indexers.extraction.unpacking import MadeFiles
from sandbox.child import Piece, serve
from sandbox.worker_folder import GIVEN


class Worker:
    """Answers requests for the file that was given with the messages of `Report`.

    A request has the ``name`` and the ``seconds`` after which a reader ends by itself; one that
    has the path of a member, ``take``, is answered as `MemberTaker` says.
    """

    def __init__(self) -> None:
        self._readers = Readers(ForeignReader())
        self._limits = ReadingLimits()
        self._fonts = BoxFont()
        self._fonts.install()

    def answer(self, request: bytes, piece: Piece) -> None:
        """Read one file; nothing else is in the worker's own folder before and after."""
        asked = json.loads(request)
        budget = Budget(self._limits, asked["seconds"])
        given, files = Path.cwd() / GIVEN, MadeFiles(Path.cwd())
        try:
            if "take" in asked:
                taker = MemberTaker(self._readers, piece, files, self._limits, budget)
                taker.take(given, asked["name"], asked["take"])
            else:
                router = Router(self._readers, Report(piece), files, self._limits, budget)
                router.read(given, asked["name"])
        finally:
            files.remove()


if __name__ == "__main__":
    serve(Worker().answer)
