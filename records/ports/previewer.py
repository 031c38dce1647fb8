"""The port that shows files in the page, without handing the files out."""

from pathlib import Path
from typing import Protocol

from records.preview import Outline, PageView, Picture, RowWords, Sheet, Written


class Previewer(Protocol):
    """Draws what is in a file; what comes out holds no script and refers to nothing outside.

    `name` is the name a person gave the file at `path`. All methods but `outline` raise Invalid
    (``unreadable``, with `why`: encrypted, parse, bomb, too_large, timeout, memory, crash, type;
    unwanted when nobody waits any more) for a file that cannot be shown so, and all raise
    Unavailable when no worker can be started. They block until the answer is there or a limit was
    met, and are safe to call from threads.
    """

    def outline(self, path: Path, *, name: str) -> Outline:
        """How the file can be shown, and how much of it there is. Never fails for a bad file."""
        ...

    def page(self, path: Path, *, name: str, page: int) -> PageView:
        """One page, counted from 1. Raises NotFound (``no_page``) beyond the last."""
        ...

    def written(self, path: Path, *, name: str, changes: bool = False) -> Written:
        """A docx, a mail or slides as text with structure.

        With `changes`, tracked changes are shown: what was put in as ``ins``, what was taken out as
        ``del``; else the text as it is once they are accepted.
        """
        ...

    def table(self, path: Path, *, name: str, sheet: int, first_row: int) -> Sheet:
        """At most 200 rows of a sheet, both counted from 1. Raises NotFound (``no_sheet``)."""
        ...

    def words(self, path: Path, *, name: str) -> RowWords:
        """What stands in the rows of a table, up to 200,000 cells, to look for words in."""
        ...

    def picture(self, path: Path, *, name: str, turns: int = 0) -> Picture:
        """The picture, upright, made anew, at most 4,000 pixels a side.

        Then turned by so many quarters, clockwise.
        """
        ...

    def thumbnail(self, path: Path, *, name: str, page: int) -> Picture:
        """A page of a PDF or OFD, or a picture, in small: its longer side some 256 pixels.

        Pages count from 1. Raises NotFound (``no_page``) beyond the last.
        """
        ...

    def close(self) -> None:
        """Stop all workers. Calling it twice does no harm."""
        ...
