"""The object store on a local filesystem.

An object is written to a temporary file, flushed, and given its name by a hard link, which fails
when the name exists: of racing creators the kernel lets one through. Names are flushed with their
folder. Measured in research: check-then-replace lost 42-69 % of 1,200 racing updates, this none.
"""

import errno
import os
import uuid
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from itertools import count
from pathlib import Path
from shutil import copyfile
from stat import S_ISREG

from records.errors import Conflict, Invalid, NotFound, Unavailable, WenshuError
from records.identity import ObjectKey
from records.ports.object_store import NewObject, ObjectStat
from storage.folder_listing import walk
from storage.held_notes import HeldFiles, refuse_held
from storage.keys import checked_key, is_key
from storage.sync import sync_filesystem

_PIECE_BYTES = 1 << 20
_ATTEMPTS = 100
"""So often a folder may be removed by others between being made and being used."""

_SINGLY = 3
"""Up to so many objects are flushed one by one; a batch costs two flushes of the whole filesystem,
which have to carry whatever others wrote, too."""

_FAULTS = {
    errno.ENOSPC: "store_full",
    errno.EDQUOT: "store_full",
    errno.EFBIG: "store_full",
    errno.EROFS: "store_read_only",
    errno.EACCES: "store_read_only",
    errno.EPERM: "store_read_only",
}


class FilesystemObjectStore:
    """Objects as files below a folder."""

    at_once = 1

    def __init__(self, root: Path) -> None:
        """Make the folder where it is missing.

        Raises Invalid (``bad_store_address``) where none can be, Unavailable.
        """
        self._root = root
        self.held = HeldFiles(root / ".held")
        self._temporary = root / ".new"
        with _translated("store"):
            try:
                self._temporary.mkdir(parents=True, exist_ok=True)
            except (FileNotFoundError, FileExistsError, NotADirectoryError) as error:
                raise Invalid("bad_store_address", address=str(root)) from error

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says."""
        target = self.local_path(key)
        with _translated(key), self._prepared(body, flush=True) as temporary:
            self._place(lambda: _link(temporary, str(target), key), target.parent, flush=True)

    def create_all(self, objects: Sequence[NewObject]) -> list[Conflict | None]:
        """As the port says; nothing gets its name before the bytes of all are on the disk."""
        if len(objects) <= _SINGLY:
            return [self._attempt(new) for new in objects]
        outcomes: list[Conflict | None] = []
        prepared: list[str] = []
        try:
            with _translated("batch"):
                self._prepare_all(objects, prepared)
                sync_filesystem(self._root)
                for new, temporary in zip(objects, prepared, strict=True):
                    target = self._place_of(new.key)
                    outcomes.append(self._try_link(temporary, target, new.key))
                sync_filesystem(self._root)
        finally:
            for temporary in dict.fromkeys(prepared):
                _remove(temporary)
        return outcomes

    def replace(self, key: ObjectKey, body: bytes) -> None:
        """As the port says. Raises Refused (``object_held``)."""
        target = self.local_path(key)
        with _translated(key), self._prepared(body, flush=True) as temporary:
            self._refuse_held(key)
            self._place(lambda: Path(temporary).replace(target), target.parent, flush=True)

    def read(self, key: ObjectKey) -> bytes:
        """As the port says."""
        with _translated(key), FileIO(self._place_of(key)) as file:
            return file.readall()

    def stream(self, key: ObjectKey, *, start: int, length: int) -> Iterator[bytes]:
        """As the port says."""
        with _translated(key):
            file = self.local_path(key).open("rb")
        return _pieces(file.fileno(), file, start, length, key)

    def stat(self, key: ObjectKey) -> ObjectStat | None:
        """As the port says."""
        with suppress(NotFound), _translated(key):
            found = os.stat(self._place_of(key))  # noqa: PTH116 - asked for every row of a list
            if S_ISREG(found.st_mode):
                return ObjectStat(key, found.st_size)
        return None

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """As the port says."""
        folder = prefix.rpartition("/")[0]
        if folder and not is_key(folder):
            return
        with _translated(prefix):
            yield from walk(f"{self._root}/{folder}", f"{folder}/" if folder else "", prefix, after)

    def delete(self, key: ObjectKey) -> None:
        """As the port says; folders that hold nothing any more go with it.

        Raises Refused (``object_held``).
        """
        path = self.local_path(key)
        with _translated(key):
            self._refuse_held(key)
            path.unlink(missing_ok=True)
        with suppress(OSError):
            for folder in path.parents:
                if folder == self._root:
                    break
                folder.rmdir()

    def sweep(self, older_than: float) -> int:
        """Remove what killed writers left half written before that time (seconds of the epoch)."""
        removed = 0
        with _translated("sweep"):
            for path in self._temporary.iterdir():
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < older_than:
                        path.unlink()
                        removed += 1
        return removed

    def local_path(self, key: ObjectKey) -> Path:
        """The file of an object, for readers that need a path; beyond the port."""
        return Path(self._place_of(key))

    def _refuse_held(self, key: ObjectKey) -> None:
        refuse_held(key, self.held.noted(key), today=self.held.today())

    def _place_of(self, key: ObjectKey) -> str:
        """The path as text: a `Path` costs more than to open the file it names."""
        return f"{self._root}/{checked_key(key)}"

    def _attempt(self, new: NewObject) -> Conflict | None:
        try:
            self.create(new.key, new.body)
        except Conflict as conflict:
            return conflict
        return None

    @contextmanager
    def _prepared(self, body: bytes | Path, *, flush: bool) -> Iterator[str]:
        temporary = self._prepare(body, flush=flush)
        try:
            yield temporary
        finally:
            _remove(temporary)

    def _prepare(self, body: bytes | Path, *, flush: bool) -> str:
        """A temporary file with the body; a file handed over is linked where that is possible."""
        temporary = f"{self._temporary}/{uuid.uuid4().hex}"
        try:
            if isinstance(body, bytes):
                with FileIO(temporary, "x") as file:
                    _write_all(file, body)
            else:
                _take(body, temporary)
            if flush:
                _flush_file(temporary)
        except BaseException:
            _remove(temporary)
            raise
        return temporary

    def _try_link(self, source: str, target: str, key: str) -> Conflict | None:
        """Link, in a folder that is made only when it is missing: nearly all are there."""
        try:
            _link(source, target, key)
        except FileNotFoundError:
            return self._link_anew(source, Path(target), key)
        except Conflict as conflict:
            return conflict
        return None

    def _link_anew(self, source: str, target: Path, key: str) -> Conflict | None:
        try:
            self._place(lambda: _link(source, str(target), key), target.parent, flush=False)
        except Conflict as conflict:
            return conflict
        return None

    def _place(self, name: Callable[[], object], folder: Path, *, flush: bool) -> None:
        """Give a file its name in a folder that others may remove, being empty, at any time."""
        for attempt in count(1):
            try:
                self._make_folder(folder, flush=flush)
                name()
                break
            except FileNotFoundError:
                if attempt == _ATTEMPTS:
                    raise
        if flush:
            with suppress(FileNotFoundError):  # gone again, and its folder: deleted by others
                _flush_folder(folder)

    def _prepare_all(self, objects: Sequence[NewObject], prepared: MutableSequence[str]) -> None:
        """A temporary file for each; empty ones share one, since every commit brings several."""
        empty: str | None = None
        for new in objects:
            is_empty = new.body == b""
            path = empty if empty and is_empty else self._prepare(new.body, flush=False)
            empty = path if is_empty else empty
            prepared.append(path)

    def _make_folder(self, folder: Path, *, flush: bool) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent, flush=flush)
        folder.mkdir(exist_ok=True)
        if flush:
            _flush_folder(folder.parent)


def _write_all(file: FileIO, body: bytes) -> None:
    rest = memoryview(body)
    while rest:
        rest = rest[file.write(rest) :]


def _remove(path: str) -> None:
    Path(path).unlink(missing_ok=True)


def _take(source: Path, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK):
            raise
        copyfile(source, target)


def _link(source: str, target: str, key: str) -> None:
    try:
        os.link(source, target)
    except FileExistsError as error:
        raise Conflict("exists", key=key) from error


def _flush_file(path: Path | str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_flush_folder = _flush_file


def _pieces(descriptor: int, owner: object, start: int, length: int, key: str) -> Iterator[bytes]:
    with _translated(key), owner:  # type: ignore[attr-defined]
        position, end = start, start + length
        while position < end:
            piece = os.pread(descriptor, min(_PIECE_BYTES, end - position), position)
            if not piece:
                return
            position += len(piece)
            yield piece


@contextmanager
def _translated(key: str) -> Iterator[None]:
    """Errors of the operating system as errors of the house."""
    try:
        yield
    except WenshuError:
        raise
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise NotFound("unknown_object", key=key) from error
    except OSError as error:
        reason = _FAULTS.get(error.errno or 0, "store_fault")
        raise Unavailable(reason, key=key, detail=os.strerror(error.errno or 0)) from error
