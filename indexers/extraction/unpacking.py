"""Copying the members of containers to the private folder, within the budget."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from indexers.extraction.file_type import suffix_of
from indexers.extraction.reading import Budget, Reading, Unreadable, clean

_CHUNK_BYTES = 1 << 20
_SEGMENT_CHARACTERS = 200
_PATH_CHARACTERS = 1000
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SYSTEM_NAMES = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.I)


class MadeFiles:
    """Files that readers make in the private folder of their worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def new(self, suffix: str) -> Path:
        """A path where nothing stands yet."""
        self._made += 1
        return self._folder / f"{self._made}{suffix}"

    def remove(self) -> None:
        """Remove what readers left, as they do when they are interrupted."""
        for file in self._folder.iterdir() if self._made else ():
            file.unlink()


def unpack(
    inside: Reading,
    name: str,
    read: Callable[[int], bytes],
    *,
    declared_bytes: int,
    packed_bytes: int,
) -> Path:
    """Copy one member, told by `read`, to a file. Raises Unreadable (``bomb``) and what that does.

    What it declares is checked before, what it is while copying. What was copied before an error
    is removed, and counts.
    """
    limits, budget = inside.limits, inside.budget
    too_dense = (
        declared_bytes > limits.ratio_from_bytes and declared_bytes > packed_bytes * limits.ratio
    )
    if too_dense or declared_bytes > min(limits.member_bytes, budget.bytes_left):
        raise Unreadable("bomb")
    path = inside.new_file(suffix_of(name))
    try:
        _copy(read, path, budget, most_bytes=min(limits.member_bytes, budget.bytes_left))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _copy(read: Callable[[int], bytes], path: Path, budget: Budget, *, most_bytes: int) -> None:
    copied = 0
    try:
        with path.open("xb") as out:
            while chunk := read(_CHUNK_BYTES):
                copied += len(chunk)
                if copied > most_bytes:
                    raise Unreadable("bomb")
                out.write(chunk)
    finally:
        budget.bytes_left -= copied


def display_name(name: str) -> str:
    """A member's name fit to be shown and kept: plain segments joined by ``/``, never empty.

    No controls, no direction marks, no ``..``, no drive; a long segment keeps its suffix. Nothing
    is ever written under this name.
    """
    name = _DIRECTION_MARKS.sub("", clean(name.replace("\0", ""))).replace("\\", "/")
    name = re.sub(r"[\n\t\u2028\u2029]", " ", name)
    segments = [_shortened(s) for s in name.split("/") if s.strip() not in ("", ".", "..")]
    return "/".join(segments)[-_PATH_CHARACTERS:].lstrip("/") or "unnamed"


def unique_path(container: str, name: str, taken: set[str]) -> str:
    """The path of a member, made unique where a container holds a name twice; it is taken then."""
    path = f"{container}/{name}" if container else name
    unique, again = path, 2
    while unique in taken:
        stem, dot, suffix = path.rpartition(".")
        unique = f"{stem} ({again}).{suffix}" if dot else f"{path} ({again})"
        again += 1
    taken.add(unique)
    return unique


def is_system_file(name: str) -> bool:
    """Whether a member was put there by an operating system, not by a person."""
    return bool(_SYSTEM_NAMES.search(name))


def _shortened(segment: str) -> str:
    if len(segment) <= _SEGMENT_CHARACTERS:
        return segment
    suffix = PurePosixPath(segment).suffix[:10]
    return segment[: _SEGMENT_CHARACTERS - len(suffix)] + suffix
