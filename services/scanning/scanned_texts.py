"""What was recognised of a file, beside what was extracted from it."""

from collections.abc import Callable
from dataclasses import dataclass

from records.identity import RecordId, Sha256
from records.scans import ScanSummary, has_pictures_within, may_be_scan, with_scan
from records.text import ExtractedText, ExtractionStatus
from services.scanning.scan_shelf import ScanShelf


@dataclass(frozen=True, slots=True)
class Completed:
    """A text with what was recognised of its pages."""

    text: ExtractedText
    is_paper: bool = False
    """Whether pages of it may be pictures."""
    had_text: bool = True
    """Whether any was extracted."""
    scan: ScanSummary | None = None
    """None while nobody has looked into it."""

    @property
    def is_unlooked_document(self) -> bool:
        """Whether it is a document with text, and nobody has looked for pictures in it."""
        return self.had_text and self.scan is None and has_pictures_within(self.text)

    @property
    def is_unread_scan(self) -> bool:
        """Whether it has no text yet, not of one page, and some may be recognised."""
        if not self.is_paper or self.had_text:
            return False
        return self.scan is None or self.scan.read == 0 < self.scan.wanted


class ScannedTexts:
    """Completes extracted texts."""

    def __init__(self, shelf: ScanShelf, *, limit: Callable[[], int]) -> None:
        """`limit` tells how many pages of a file are recognised at most."""
        self._shelf = shelf
        self._limit = limit

    def is_final(self, found: Completed) -> bool:
        """Whether nothing more is to come while the limit stays what it is."""
        if not found.is_paper:
            return True
        if found.scan is None:
            return False
        return found.scan.read >= found.scan.wanted or found.scan.read >= self._limit()

    def completed(self, record: RecordId, sha256: Sha256, text: ExtractedText) -> Completed:
        """The text with what was recognised so far. Raises Unavailable."""
        if not may_be_scan(text):
            return Completed(text)
        scan = self._shelf.scan(record, sha256)
        had_text = text.status is ExtractionStatus.OK
        if scan is None:
            return Completed(text, is_paper=True, had_text=had_text)
        return Completed(
            with_scan(text, scan), is_paper=True, had_text=had_text, scan=ScanSummary.of(scan)
        )
