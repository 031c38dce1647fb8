"""Tells an encrypted office file without opening it, by the directory of its container.

Runs in the server too, therefore it reads little: the header, `_DIRECTORY_BYTES`, and the tables
that lead to them.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES, _ENTRY_BYTES = 512, 128
_TABLES_IN_HEADER = 109
_DIRECTORY_BYTES = 1 << 16
"""A locked file has some twelve entries; of a longer directory only the beginning is read."""
_END, _NONE = 0xFFFFFFFA, 0xFFFFFFFF
"""From `_END` on a number is no sector ([MS-CFB] 2.1); `_NONE` is no entry (2.6.1)."""


def holds_encrypted_package(path: Path) -> bool:
    """Whether it is an encrypted docx, xlsx or pptx: an OLE file with that stream at its root.

    A mail may carry such a file, and an old document hold one: neither is locked itself.
    """
    with path.open("rb") as stream:
        if stream.read(len(_OLE_HEAD)) != _OLE_HEAD:
            return False
        try:
            return "ENCRYPTEDPACKAGE" in _names_at_root(_Container(stream).directory())
        except (struct.error, IndexError, ValueError):  # broken
            return False


class _Container:
    """The sectors of an OLE file ([MS-CFB] 2.2 and 2.3). Raises what broken bytes make it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        stream.seek(0)
        header = stream.read(_HEADER_BYTES)
        if (shift := header[30]) not in (9, 12):
            raise ValueError(shift)
        self._sector_bytes = 1 << shift
        (self._first,) = struct.unpack_from("<I", header, 48)
        (self._more_tables,) = struct.unpack_from("<I", header, 68)
        self._tables = struct.unpack_from(f"<{_TABLES_IN_HEADER}I", header, 76)

    def directory(self) -> bytes:
        """Its entries."""
        found, sector = b"", self._first
        while sector < _END and len(found) < _DIRECTORY_BYTES:
            if not (entries := self._sector(sector)):
                break  # a number far behind the end would be long looked for in the tables
            found += entries
            sector = self._after(sector)
        return found

    def _after(self, sector: int) -> int:
        table, at = divmod(sector, self._sector_bytes // 4)
        return self._number(self._table(table), at)

    def _table(self, at: int) -> int:
        """The sector of a table; behind those of the header they stand in a chain of their own."""
        if at < _TABLES_IN_HEADER:
            told: int = self._tables[at]
            return told
        last = self._sector_bytes // 4 - 1
        hops, at = divmod(at - _TABLES_IN_HEADER, last)
        sector = self._more_tables
        for _ in range(hops):
            sector = self._number(sector, last)
        return self._number(sector, at)

    def _number(self, sector: int, at: int) -> int:
        number: int
        (number,) = struct.unpack_from("<I", self._sector(sector), 4 * at)
        return number

    def _sector(self, number: int) -> bytes:
        self._stream.seek((number + 1) * self._sector_bytes)
        return self._stream.read(self._sector_bytes)


def _names_at_root(directory: bytes) -> Iterator[str]:
    """Names of what stands in no storage, as they are compared: in capitals."""
    (child,) = struct.unpack_from("<I", directory, 76)
    waiting, seen = [child], {_NONE}
    while waiting:
        entry = waiting.pop()
        if entry in seen:
            continue
        seen.add(entry)
        at = entry * _ENTRY_BYTES
        if at + _ENTRY_BYTES <= len(directory):
            name_bytes, left, right = struct.unpack_from("<H2xII", directory, at + 64)
            raw = directory[at : at + min(name_bytes, 64)]
            yield raw.decode("utf-16-le", "replace").rstrip("\0").upper()
            waiting += [left, right]
