"""The port that reads text on pictures of pages."""

from pathlib import Path
from typing import Protocol

from records.scans import ScannedPage, ScanPlan


class TextRecogniser(Protocol):
    """Recognises text page by page; `name` is the name a person gave the file at `path`.

    Both questions raise Invalid (``unreadable``, with `why`: encrypted, parse, bomb, too_large,
    timeout, memory, crash, type) for a file or a page that cannot be read, and Unavailable when no
    worker can be started (``no_worker``, ``closed``) or none is installed (``no_recogniser``).
    They block until the answer is there or a limit was met; one page is read at a time.
    """

    @property
    def version(self) -> str | None:
        """Name and version of the engine; None where none is installed."""
        ...

    def plan(self, path: Path, *, name: str) -> ScanPlan:
        """Which pages are pictures: those without text, or with next to none beside a picture."""
        ...

    def page(self, path: Path, *, name: str, page: int) -> ScannedPage:
        """One page, counted from 1. No lines where it holds no text.

        It is turned upright for reading; places are those of the page as it is shown. Raises
        NotFound (``no_page``) beyond the last.
        """
        ...

    def close(self) -> None:
        """Stop; a page that is being read is given up. Calling it twice does no harm."""
        ...
