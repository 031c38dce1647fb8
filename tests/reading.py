"""Reads a file in the process of the test: our own readers, without a worker."""

from pathlib import Path
from time import monotonic
from typing import Any, cast

from indexers.extraction.foreign import ForeignReader
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.reading import Budget, Reading, Unreadable
from indexers.extraction.received import Received
from indexers.extraction.report import Report
from indexers.extraction.router import Readers, Router
from indexers.extraction.unpacking import MadeFiles
from records.text import ContainedPart, ExtractedText, ExtractionStatus
from sandbox.worker_process import Ending


class _NoTika:
    """Reads nothing."""

    def read(self, reading: Reading) -> None:
        raise Unreadable("parse")


def read(
    path: Path, *, limits: ReadingLimits | None = None, tika: Any = None, name: str | None = None
) -> ExtractedText:
    """What the readers give of a file; `tika` stands for the native one, without it ``parse``."""
    limits = limits or ReadingLimits()
    folder = path.parent / f"reading of {path.name}"
    folder.mkdir(exist_ok=True)
    received = Received()
    foreign = cast("ForeignReader", _NoTika()) if tika is None else ForeignReader(tika)
    files, budget = MadeFiles(folder), Budget(limits, 60)
    router = Router(Readers(foreign), Report(received.take), files, limits, budget)
    router.read(path, name or path.name)
    assert not any(folder.iterdir()), "a reader left files"
    size_bytes = path.stat().st_size
    return received.extracted(Ending.DONE, "here", size_bytes=size_bytes, began=monotonic())


def words(part: ContainedPart, *, deleted: bool = False) -> str:
    """Its text, all pages."""
    return "\n".join(page.text for page in part.pages if page.deleted is deleted)


def lines(part: ContainedPart, *, deleted: bool = False) -> list[str]:
    """The lines of its text that are not empty, without white space around them."""
    whole = words(part, deleted=deleted).splitlines()
    return [line.strip() for line in whole if line.strip()]


def text_of(path: Path) -> str:
    """The text of the file itself, which must have been read well."""
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.OK, None)
    return words(found.parts[0])
