"""Who writes the index of a folder, and how far he has come: one file beside the folder.

It lies outside, so that whoever deletes the index does not make room for a second writer. A file
that was deleted or replaced all the same is noticed before and after each write.
"""

import fcntl
import os
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from indexers.tantivy_index.folder_faults import told
from records.errors import Unavailable

_LINE_BYTES = 400


@dataclass(frozen=True, slots=True)
class Written:
    """The last commit: in which generation, and its number there, which only grows."""

    generation: str
    commit: int


class WriterLock:
    """A lock of one process, which the system lets go of when the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None
        self._seen: tuple[tuple[int, int, int], Written | None] | None = None

    @property
    def is_held(self) -> bool:
        """Whether this process has taken the lock and not lost it, as far as it knows."""
        return self._file is not None

    def take(self) -> None:
        """Take it, or make sure of it. Raises Unavailable (``writer_elsewhere``)."""
        if self._file is not None:
            self.make_sure()
            return
        with told(self._path.parent, otherwise="index_not_written"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = FileIO(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666), "r+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise Unavailable("writer_elsewhere") from error
        self._file = file
        self.make_sure()

    def make_sure(self) -> None:
        """Raises Unavailable (``writer_elsewhere``) when the file is not the one that we locked."""
        if self._file is None or not self._is_ours(self._file):
            self.let_go()
            raise Unavailable("writer_elsewhere")

    def let_go(self) -> None:
        """Give it back. Calling it twice does no harm."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def note(self, written: Written) -> None:
        """What was committed just now. Not flushed: a note that is lost accuses nobody."""
        assert self._file is not None  # noqa: S101 - whoever writes holds the lock
        line = f"{written.generation} {written.commit}".encode()
        with told(self._path.parent, otherwise="index_not_written"):
            os.pwrite(self._file.fileno(), line.ljust(_LINE_BYTES), 0)

    def noted(self) -> Written | None:
        """The last commit of whichever process; None when nobody ever wrote."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        if self._seen is None or self._seen[0] != seen:
            self._seen = (seen, _understood(self._path))
        return self._seen[1]

    def _is_ours(self, file: FileIO) -> bool:
        """Whether the file that we locked is the one that stands there."""
        ours = os.fstat(file.fileno())
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def _understood(path: Path) -> Written | None:
    try:
        generation, _, commit = path.read_bytes().decode("utf-8").strip().partition(" ")
        return Written(generation, int(commit))
    except (OSError, ValueError):
        return None
