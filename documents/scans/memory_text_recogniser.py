"""A recogniser that knows the answers: for tests of what stands on the port."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from records.errors import Invalid, NotFound, Unavailable
from records.scans import ScannedLine, ScannedPage, ScanPlan

Pages = Sequence[str | None]
"""The text of each page of a file; None for one that is no picture."""


class MemoryTextRecogniser:
    """Tells what files of known digests hold; every other one cannot be read."""

    def __init__(self, known: Mapping[str, Pages], *, version: str | None = "memory-1") -> None:
        self.known = dict(known)
        self.asked: list[int] = []
        """Pages that were asked for, in order."""
        self._version = version
        self._closed = False

    @property
    def version(self) -> str | None:
        """As the port says."""
        return self._version

    def plan(self, path: Path, *, name: str) -> ScanPlan:
        """As the port says."""
        pages = self._pages(path, name)
        wanted = tuple(number for number, text in enumerate(pages, 1) if text is not None)
        return ScanPlan(pages=len(pages), wanted=wanted)

    def page(self, path: Path, *, name: str, page: int) -> ScannedPage:
        """As the port says: lines one below another, each as wide as the page."""
        pages = self._pages(path, name)
        if not 1 <= page <= len(pages):
            raise NotFound("no_page")
        self.asked.append(page)
        lines = [line for line in (pages[page - 1] or "").split("\n") if line]
        return ScannedPage(
            page=page, lines=tuple(_line(text, at, len(lines)) for at, text in enumerate(lines))
        )

    def close(self) -> None:
        """As the port says."""
        self._closed = True

    def _pages(self, path: Path, name: str) -> Pages:
        if self._version is None:
            raise Unavailable("no_recogniser")
        if self._closed:
            raise Unavailable("closed")
        pages = self.known.get(hashlib.sha256(path.read_bytes()).hexdigest())
        if pages is None:
            raise Invalid("unreadable", name=name, why="type")
        return pages


def _line(text: str, at: int, of: int) -> ScannedLine:
    top, bottom = at * 10_000 // of, (at + 1) * 10_000 // of
    centres = tuple((2 * place + 1) * 500 // len(text) for place in range(len(text)))
    corners = (0, top, 10_000, top, 10_000, bottom, 0, bottom)
    return ScannedLine(text=text, corners=corners, centres=centres, confidence=90)
