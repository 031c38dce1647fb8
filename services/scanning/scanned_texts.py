"""What was recognised of a file, beside what was extracted from it."""

from dataclasses import dataclass

from records.identity import RecordId, Sha256
from records.scans import ScanSummary, may_be_scan, with_scan
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
    def is_final(self) -> bool:
        """Whether nothing more is to come."""
        return not self.is_paper or (self.scan is not None and self.scan.read >= self.scan.wanted)


class ScannedTexts:
    """Completes extracted texts."""

    def __init__(self, shelf: ScanShelf) -> None:
        self._shelf = shelf

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
