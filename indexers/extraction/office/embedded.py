"""Files within office files: packages, and objects in OLE containers, as parts of the ledger."""

import posixpath
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import olefile

from indexers.extraction.file_type import file_type
from indexers.extraction.office.package import BROKEN, OfficePackage
from indexers.extraction.reading import Reading, Unreadable
from indexers.extraction.unpacking import display_name, unpack
from records.text import ExtractionStatus

_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WHOLE_FILES = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "VisioDocument": ".vsd",
    "__properties_version1.0": ".msg",
    "EncryptedPackage": "",
}
"""A stream by which an office file is known that is an OLE container itself."""
_NATIVE = "\x01Ole10Native"
_INNER_STREAMS = (_NATIVE, "Package", "CONTENTS", "EmbeddedOdf")
_NO_TEXT = Unreadable("no_text", ExtractionStatus.EMPTY)


def read_embedded(reading: Reading, package: OfficePackage, part: str) -> None:
    """Read the file that a part of the package is, or holds in an OLE container.

    An object that is nothing but a drawing, such as a formula, is told as one without text.
    """
    name = display_name(posixpath.basename(part))
    size_bytes = package.size_bytes(part)
    try:
        path = package.unpack(part)
    except Unreadable as told:
        reading.unread(name, size_bytes, told)
        return
    except BROKEN:
        reading.unread(name, size_bytes, Unreadable("parse"))
        return
    with path.open("rb") as stream:
        is_ole = stream.read(len(_OLE_HEAD)) == _OLE_HEAD
    if not is_ole:
        reading.member(name, path)
        return
    try:
        _open_ole(reading, path, name, size_bytes)
    finally:
        path.unlink(missing_ok=True)


def _open_ole(reading: Reading, path: Path, name: str, size_bytes: int) -> None:
    try:
        found = _inner(reading, path, name)
    except Unreadable as told:
        reading.unread(name, size_bytes, told)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken container makes olefile raise anything
        reading.unread(name, size_bytes, Unreadable("parse"))
    else:
        if found is None:
            reading.unread(name, size_bytes, _NO_TEXT, skipped=True)
        else:
            reading.member(*found)


def _inner(reading: Reading, path: Path, name: str) -> tuple[str, Path] | None:
    """Name and place of what is in the container, None for what only draws."""
    stem = name.rpartition(".")[0] or name
    with olefile.OleFileIO(str(path)) as ole:
        for stream, suffix in _WHOLE_FILES.items():
            if ole.exists(stream):
                whole = reading.new_file(suffix)
                path.replace(whole)
                return f"{stem}{suffix}", whole
        for stream in _INNER_STREAMS:
            if ole.exists(stream):
                size_bytes = ole.get_size(stream)
                with ole.openstream(stream) as inner:
                    copy = _copied(reading, stem, inner.read, size_bytes)
                told = _unwrap(copy) if stream == _NATIVE else ""
                return _named(told, stem, copy)
    return None


def _named(told: str, stem: str, path: Path) -> tuple[str, Path]:
    """What nobody named goes by its type."""
    return (display_name(told) if told else f"{stem}{file_type(path, stem).suffix}"), path


def _unwrap(path: Path) -> str:
    """Leave in the file what the Packager of Windows wrapped ([MS-OLEDS] 2.3.6); its name.

    Sizes and the names in the charset of the writer, then the bytes, then the names in UTF-16;
    some programs write a size and the bytes only. The fields within are the Packager's own.
    """
    data = path.read_bytes()
    at, length, name = _unwrapped(data)
    path.write_bytes(data[at : at + length])
    return name


def _unwrapped(data: bytes) -> tuple[int, int, str]:
    """Where the bytes of the file stand, how many, and its name; without one, all are its own."""
    with suppress(struct.error, ValueError, UnicodeDecodeError):
        at = 6
        names = []
        for _ in range(2):
            end = data.index(b"\0", at)
            names.append(data[at:end])
            at = end + 1
        at += 4
        (path_bytes,) = struct.unpack_from("<I", data, at)
        at += 4 + path_bytes
        (length,) = struct.unpack_from("<I", data, at)
        at += 4
        if at + length <= len(data):
            return at, length, _wide_name(data, at + length) or _narrow_name(names)
    return 4, len(data) - 4, ""


def _wide_name(data: bytes, at: int) -> str:
    """The label among the names that newer writers add, in UTF-16."""
    with suppress(struct.error):
        (command,) = struct.unpack_from("<I", data, at)
        at += 4 + 2 * command
        (label,) = struct.unpack_from("<I", data, at)
        raw = data[at + 4 : at + 4 + 2 * label]
        return _last(raw.decode("utf-16-le", "replace"))
    return ""


def _narrow_name(names: list[bytes]) -> str:
    for raw in names:
        if raw:
            return _last(raw.decode("gb18030", "replace"))
    return ""


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].strip("\0 ")


def _copied(reading: Reading, name: str, read: Callable[[int], bytes], size_bytes: int) -> Path:
    return unpack(reading, name, read, declared_bytes=size_bytes, packed_bytes=size_bytes)
