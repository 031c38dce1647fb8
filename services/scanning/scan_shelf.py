"""Keeps what was recognised, page by page."""

from typing import Protocol

from records.identity import RecordId, Sha256
from records.scans import Scan, ScannedPage


class ScanShelf(Protocol):
    """One scan for each file, and beside it the pages that were read since it was kept.

    Of all files the limit of pages up to which they were read.

    Every method raises Unavailable when the store is not to be reached.
    """

    def scan(self, record: RecordId, sha256: Sha256) -> Scan | None:
        """The scan as it was kept last; None where the file was not looked at."""
        ...

    def pages(self, record: RecordId, sha256: Sha256) -> tuple[ScannedPage, ...]:
        """Pages that were kept since, in order."""
        ...

    def progress(self, record: RecordId, sha256: Sha256) -> int:
        """How many they are, without reading them."""
        ...

    def keep_page(self, record: RecordId, sha256: Sha256, page: ScannedPage) -> None:
        """Keep one page; it is durable when this returns."""
        ...

    def keep(self, record: RecordId, sha256: Sha256, scan: Scan) -> None:
        """Keep the scan in the place of what there is; pages that it holds go."""
        ...

    def drop(self, record: RecordId, sha256: Sha256) -> None:
        """Forget all of it, so that the file is read again."""
        ...

    def limit(self) -> int:
        """Up to how many pages of a file were recognised last; 0 where nobody ever did."""
        ...

    def keep_limit(self, pages: int) -> None:
        """Keep it, for all processes."""
        ...
