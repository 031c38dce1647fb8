"""The port that turns files into searchable text."""

from pathlib import Path
from typing import Protocol

from records.text import ExtractedText


class TextExtractor(Protocol):
    """Reads the text of files; never fails: what cannot be read is told in the answer."""

    @property
    def version(self) -> str:
        """Name and version of the route, such as ``embedded-1``; part of the key of kept text.

        It changes whenever the same file may give other text.
        """
        ...

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        """The text of the file at `path`, which a person named `name`.

        Blocks until the answer is there or a limit was met. Safe to call from several threads.
        Every kind of failure is a status and a reason in the answer; text that was read before
        the failure is kept. Raises Unavailable only when no worker can be started at all.
        """
        ...

    def close(self) -> None:
        """Stop all workers. Calling it twice does no harm."""
        ...
