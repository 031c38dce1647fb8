"""Files of records and the texts read from them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from records.identity import RecordId, Sha256
from records.text import ExtractedText


class FileShelf(Protocol):
    """Reads the files that commits and answers brought; keeps extracted text beside them.

    Every method raises Unavailable when the store is not to be reached.
    """

    def stream(
        self, record: RecordId, sha256: Sha256, *, start: int, length: int
    ) -> Iterator[bytes]:
        """Bytes of a file from `start`. Raises NotFound (``unknown_file``).

        A whole file is verified while it is read: the last piece is given only when the digest
        fits, else Corrupt (``damaged_file``) is raised in its place.
        """
        ...

    def put(self, record: RecordId, sha256: Sha256, path: Path) -> None:
        """Keep a file that no revision names, as one that came with an answer; once is enough.

        The bytes have this digest. `path` is the caller's, to remove afterwards.
        """
        ...

    def local(self, record: RecordId, sha256: Sha256) -> AbstractContextManager[Path]:
        """A local path to read the file from, for the time of the context. Raises NotFound."""
        ...

    def text(self, record: RecordId, sha256: Sha256) -> ExtractedText | None:
        """Text kept for the file by the extractor version in use; None when there is none."""
        ...

    def keep_text(self, record: RecordId, sha256: Sha256, text: ExtractedText) -> None:
        """Keep a text; a text kept already, by somebody faster, stays."""
        ...

    def drop_text(self, record: RecordId, sha256: Sha256) -> None:
        """Forget the text, so that it is read again."""
        ...
