"""How far recognition is, in numbers and one word."""

from dataclasses import dataclass
from enum import StrEnum


class ScanStage(StrEnum):
    """How far a file is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    PARTIAL = "partial"
    """Read as far as the limit of pages goes, and it has more."""
    FAILED = "failed"
    OFF = "off"
    """It would wait, and recognition is switched off."""
    MISSING = "missing"
    """It would wait, and no engine is installed."""


@dataclass(frozen=True, slots=True)
class ScanState:
    """Of one file. `done` of `total` pages that are pictures; `reason` where some could not be."""

    stage: ScanStage
    done: int = 0
    total: int = 0
    beyond: int = 0
    """Pages past the limit, which are not read."""
    failed: int = 0
    reason: str = ""
    confidence: int | None = None
    """Mean, of 100."""
    engine: str = ""
    pictures: bool = False
    """Whether these are no pages, but pictures within a document or slides."""
    beside_text: bool = False
    """Whether they are, and the file has text of its own besides."""


@dataclass(frozen=True, slots=True)
class ScanQueueState:
    """Of the installation. `engine` empty where none is installed."""

    engine: str
    is_on: bool
    records: int
    """That wait, up to `MOST_COUNTED`."""
    done: int = 0
    total: int = 0
    """Pages of the record whose turn it is, as far as they are known; no word of which it is."""
