"""The folder of one worker: its working folder, where the one file is laid that it may see."""

import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path

from sandbox.confinement import SHARED_TEMPORARY
from sandbox.leftovers import FOLDER_PREFIX

GIVEN = "given"
"""Name of the file of a request, in the working folder of the worker."""
COPIED_BYTES = 64 << 20
"""A file up to this size is copied into the folder, which takes some 30 ms at this size; for a
larger one a worker is started that may read it where it is, which takes some 400 ms."""
_PIECE_BYTES = 1 << 30


class WorkerFolder:
    """Made empty, removed with the worker.

    The worker may put anything under any name here. So nothing is opened by a path through it,
    nothing that exists is written to, and no link is followed.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
        self._number = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        # Also when the server ends without closing the pool.
        self._remove = weakref.finalize(self, _remove, self.path, self._number)

    def lay(self, file: Path) -> None:
        """Copy the file: what the worker does to it is done to the copy.

        Raises FileExistsError where the worker has laid something itself, OSError.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        source = os.open(file, os.O_RDONLY)
        try:
            target = os.open(GIVEN, flags, 0o600, dir_fd=self._number)
            try:
                while os.sendfile(target, source, None, _PIECE_BYTES):
                    pass
            finally:
                os.close(target)
        finally:
            os.close(source)

    def point_to(self, file: Path) -> None:
        """Let the given file be a link to this one."""
        os.symlink(file, GIVEN, dir_fd=self._number)

    def clear(self) -> None:
        """Take the given file away, if the worker has not."""
        with suppress(OSError):
            os.unlink(GIVEN, dir_fd=self._number)

    def remove(self) -> None:
        """Remove it with all it holds. Calling it twice does no harm."""
        self._remove()


def stays_in_place(file: Path) -> Path | None:
    """Where a file stands that is too large to be copied for its worker; None for others.

    One in /tmp is always copied: there a worker sees its own folder.
    """
    if file.stat().st_size <= COPIED_BYTES:
        return None
    place = file.resolve(strict=True)
    return None if place.is_relative_to(SHARED_TEMPORARY) else place


def _remove(path: Path, number: int) -> None:
    os.close(number)
    shutil.rmtree(path, ignore_errors=True)
