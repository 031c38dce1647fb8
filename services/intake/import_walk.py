"""Finds the files of an import, and says of each whether it is to be taken."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SYSTEM_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file found; `skip` is the reason when it is not to be taken."""

    path: Path
    size: int
    skip: str | None

    @property
    def text(self) -> str:
        """Its path in the ledger."""
        return path_text(self.path)

    @property
    def name(self) -> str:
        """What the file is called; a name that is no UTF-8 is GB 18030, as of old archives."""
        try:
            return os.fsencode(self.path.name).decode("utf-8")
        except UnicodeDecodeError:
            return os.fsencode(self.path.name).decode("gb18030", "replace")


def path_text(path: Path) -> str:
    """The path as text; bytes that are no UTF-8 by their numbers, so that no two become one."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def walk(roots: Iterable[Path], *, max_bytes: int) -> Iterator[Candidate]:
    """Every file below the roots, each once, in order of name; links are not followed."""
    seen: set[Path] = set()
    for root in roots:
        for path in _files(root):
            absolute = Path(os.path.normpath(path.absolute()))
            if absolute not in seen:
                seen.add(absolute)
                yield _candidate(absolute, max_bytes)


def _files(root: Path) -> Iterator[Path]:
    """Files below a root; a folder that cannot be listed comes itself, so that it is accounted."""
    if not root.is_dir() or root.is_symlink():
        yield root
        return
    closed: list[Path] = []
    for folder, folders, names in os.walk(root, onerror=lambda e: closed.append(Path(e.filename))):
        folders.sort()
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *linked]):
            yield Path(folder) / name
    yield from closed


def _candidate(path: Path, max_bytes: int) -> Candidate:
    try:
        found = path.lstat()
    except OSError:
        return Candidate(path, 0, "unreadable")
    return Candidate(path, found.st_size, _skip(path, found, max_bytes))


def _skip(path: Path, found: os.stat_result, max_bytes: int) -> str | None:
    checks = (
        ("link", stat.S_ISLNK(found.st_mode)),
        ("unreadable_folder", stat.S_ISDIR(found.st_mode)),
        ("special_file", not stat.S_ISREG(found.st_mode)),
        ("system_file", path.name.lower() in _SYSTEM_NAMES or path.name.startswith("~$")),
        ("empty_file", found.st_size == 0),
        ("too_large", found.st_size > max_bytes),
    )
    return next((reason for reason, applies in checks if applies), None)
