"""Where bytes that come in are kept until a commit takes them."""

import errno
import hashlib
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from records.errors import Invalid, Unavailable
from records.identity import Sha256

_NOT_ALLOWED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A received file: a local path of our own, its digest and its size."""

    path: Path
    sha256: Sha256
    size_bytes: int


class Staging:
    """Receives streams of bytes into a local folder, never holding them in memory."""

    def __init__(
        self, folder: Path, *, max_bytes: int, lowered: Callable[[], int] = lambda: 0
    ) -> None:
        """`lowered` gives a lower limit than `max_bytes`, of this moment; 0 for none."""
        self._folder = folder
        self.ceiling_bytes = max_bytes
        self._lowered = lowered

    @property
    def max_bytes(self) -> int:
        """The largest file that is taken."""
        return min(self._lowered() or self.ceiling_bytes, self.ceiling_bytes)

    def receive(self, pieces: Iterable[bytes], *, name: str) -> StagedFile:
        """Everything of the stream, hashed on the way.

        Raises Invalid: ``empty_file`` when there was nothing, ``too_large`` (with ``max_bytes``)
        as soon as the limit is passed; Unavailable (``store_full``, ``store_read_only``). What was
        received is removed.
        """
        path = self._folder / uuid.uuid4().hex
        digest, size, max_bytes = hashlib.sha256(), 0, self.max_bytes
        try:
            with self._opened(path) as file:
                for piece in pieces:
                    size += len(piece)
                    if size > max_bytes:
                        raise Invalid("too_large", name=name, max_bytes=max_bytes)
                    digest.update(piece)
                    file.write(piece)
            if size == 0:
                raise Invalid("empty_file", name=name)
        except BaseException as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                reason = "store_read_only" if error.errno in _NOT_ALLOWED else "store_full"
                raise Unavailable(reason, name=name) from error
            raise
        return StagedFile(path, Sha256(digest.hexdigest()), size)

    def _opened(self, path: Path) -> BinaryIO:
        """A new file; its folder is made only when it is missing."""
        try:
            return path.open("xb")
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            return path.open("xb")

    def discard(self, staged: Iterable[StagedFile]) -> None:
        """Remove what was not, or has been, taken by a commit."""
        for file in staged:
            file.path.unlink(missing_ok=True)

    def sweep(self, older_than: float) -> int:
        """Remove files last written before that time (seconds of the epoch); how many.

        Others may receive, commit and sweep at the same time.
        """
        count = 0
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime < older_than:
                    path.unlink()
                    count += 1
        return count
