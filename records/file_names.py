"""Names of files as people may see and store them, whatever was handed in."""

import mimetypes
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath

MAX_LENGTH = 200
"""Characters; longer names lose their middle part, never their ending."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the direction of writing: they make ``gpj.exe`` look like ``exe.jpg``."""


def clean_name(name: str) -> str:
    """A plain name: the last segment, without controls and direction marks, at most 200 long."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if character not in _BIDI and unicodedata.category(character) not in ("Cc", "Cs")
    ).strip()
    if kept in ("", ".", ".."):
        return "未命名"
    return _shortened(kept)


def free_name(name: str, taken: Container[str]) -> str:
    """The name, or the first with a number behind it that is free: ``清单（2）.txt``."""
    path, number = PurePosixPath(name), 1
    free = name
    while free in taken:
        number += 1
        ending = f"（{number}）{path.suffix}"
        free = f"{path.stem[: MAX_LENGTH - len(ending)]}{ending}"
    return free


def stem_of(name: str) -> str:
    """The name without its ending: what a file is called when it has no title."""
    return PurePosixPath(name).stem or name


def file_type_of(name: str) -> str:
    """The ending in lower case, such as ``pdf``; ``other`` for none or an odd one."""
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= 8 else "other"


def media_type_of(name: str) -> str:
    """The media type that the ending promises; content decides elsewhere."""
    if name.lower().endswith(".ofd"):
        return "application/ofd"
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"


def _shortened(name: str) -> str:
    if len(name) <= MAX_LENGTH:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:MAX_LENGTH]
    return f"{stem[: MAX_LENGTH - len(ending) - 1]}.{ending}"
