"""Reads a file in the process of the test: our own readers, no worker and no native Tika."""

import time
from pathlib import Path
from typing import cast

from indexers.extraction.foreign import ForeignReader
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.reading import Budget, Reading, Unreadable
from indexers.extraction.received import Received
from indexers.extraction.report import Report
from indexers.extraction.router import Readers, Router
from records.text import ContainedPart, ExtractedText
from sandbox.worker_process import Ending


class _NoTika:
    """Reads nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, reading: Reading) -> None:
        self.asked.append(reading.name)
        raise Unreadable("parse")


def read(path: Path, *, limits: ReadingLimits | None = None) -> ExtractedText:
    """What the readers give of the file at `path`; what Tika alone reads is ``parse``."""
    limits = limits or ReadingLimits()
    received = Received()
    folder = path.parent / f"reading of {path.name}"
    folder.mkdir()
    readers = Readers(cast("ForeignReader", _NoTika()))
    router = Router(readers, Report(received.take), folder, limits, Budget(limits, 60))
    router.read(path, path.name)
    assert not any(folder.iterdir()), "a reader left files"
    size_bytes = path.stat().st_size
    return received.extracted(Ending.DONE, "here", size_bytes=size_bytes, began=time.monotonic())


def words(part: ContainedPart, *, deleted: bool = False) -> str:
    """Its text, all pages."""
    return "\n".join(page.text for page in part.pages if page.deleted is deleted)


def text_of(path: Path) -> str:
    """The text of the file itself, which must have been read well."""
    found = read(path)
    assert (found.status.value, found.reason) == ("ok", None)
    return words(found.parts[0])
