"""One file read by the readers of text extraction in this process, without a worker."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from indexers.extraction.foreign import ForeignReader
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.reading import Budget
from indexers.extraction.received import Received
from indexers.extraction.report import Report
from indexers.extraction.router import Readers, Router
from records.text import ContainedPart, ExtractedText
from sandbox.worker_process import Ending


def read(
    path: Path, *, limits: ReadingLimits | None = None, tika: Any = None, name: str | None = None
) -> ExtractedText:
    """What is read of a file; `tika` stands for the native one."""
    limits = limits or ReadingLimits()
    folder = path.parent / f"{path.name}.private"
    folder.mkdir(exist_ok=True)
    messages: list[bytes] = []
    router = Router(
        Readers(ForeignReader(tika)), Report(messages.append), folder, limits, Budget(limits, 60)
    )
    router.read(path, name or path.name)
    router.remove_files()
    received = Received()
    for message in messages:
        received.take(message)
    return received.extracted(Ending.DONE, "x-1", size_bytes=1, began=monotonic())


def words(part: ContainedPart, *, deleted: bool = False) -> Sequence[str]:
    """The lines of a part that are not empty."""
    text = "\n".join(page.text for page in part.pages if page.deleted is deleted)
    return [line.strip() for line in text.splitlines() if line.strip()]
