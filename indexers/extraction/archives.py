"""Readers of containers: zip, tar, and single compressed files."""

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Protocol

from indexers.extraction.old_zip import IMPLODED, SHRUNK, exploded, unshrunk
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import display_name, is_system_file, unpack
from records.text import ExtractionStatus

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_LZMA_BYTES = 128 << 20
FOLDER = Unreadable("folder", ExtractionStatus.EMPTY)
SYSTEM_FILE = Unreadable("system_file", ExtractionStatus.EMPTY)
_LOCKED = Unreadable("encrypted", ExtractionStatus.ENCRYPTED)
_UNKNOWN_COMPRESSION = Unreadable("compression", ExtractionStatus.UNSUPPORTED)
_COMPRESSIONS = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
"""Those that zipfile unpacks."""
_MOST_OLD_BYTES = 16 << 20
"""Of a member in a method that is unpacked here, at some 700 KB a second."""
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


def read_zip(reading: Reading) -> None:
    """Every member as a part of its own, names decoded as Chinese tools write them."""
    with zipfile.ZipFile(reading.path) as archive:
        entries = archive.infolist()
        for number, entry in enumerate(entries):
            _zip_member(reading, archive, entry)
            if reading.budget.parts_left <= 0 and number + 1 < len(entries):
                raise Exhausted("too_many_parts")
    files = [entry for entry in entries if not entry.is_dir()]
    if files and all(entry.flag_bits & _ENCRYPTED_FLAG for entry in files):
        raise _LOCKED


def _zip_member(reading: Reading, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = _zip_name(entry)
    told, skipped = None, True
    if entry.is_dir():
        told = FOLDER
    elif is_system_file(name):
        told = SYSTEM_FILE
    elif entry.flag_bits & _ENCRYPTED_FLAG:
        told, skipped = _LOCKED, False
    elif entry.compress_type not in _COMPRESSIONS and not _is_old(entry):
        told, skipped = _UNKNOWN_COMPRESSION, False
    if told is not None:
        reading.unread(name, entry.file_size, told, skipped=skipped)
        return
    try:
        if _is_old(entry):
            pieces = _Pieces(_unpacked(reading, entry))
            _member(reading, name, pieces, entry.file_size, entry.compress_size)
            return
        with archive.open(entry) as stream:
            _member(reading, name, stream, entry.file_size, entry.compress_size)
    except (*_BROKEN, RuntimeError):
        reading.unread(name, entry.file_size, Unreadable("parse"))


def _is_old(entry: zipfile.ZipInfo) -> bool:
    small = max(entry.file_size, entry.compress_size) <= _MOST_OLD_BYTES
    return entry.compress_type in (SHRUNK, IMPLODED) and small


def _unpacked(reading: Reading, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member in a method of PKZIP 1; its bytes stand behind a header of their own."""
    with reading.path.open("rb") as stream:
        stream.seek(entry.header_offset + 26)
        stream.seek(sum(struct.unpack("<HH", stream.read(4))), 1)
        packed = stream.read(entry.compress_size)
    if entry.compress_type == SHRUNK:
        yield from unshrunk(packed, entry.file_size)
    else:
        yield from exploded(packed, entry.file_size, flags=entry.flag_bits)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Pieces:
    """Pieces as a stream; `read` gives one after the other, whatever it is asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int, /) -> bytes:  # noqa: ARG002 - as streams are asked
        return next((piece for piece in self._pieces if piece), b"")


def _member(reading: Reading, name: str, stream: _Readable, declared: int, packed: int) -> None:
    try:
        path = unpack(reading, name, stream.read, declared_bytes=declared, packed_bytes=packed)
    except Unreadable as told:
        reading.unread(name, declared, told)
        return
    reading.member(name, path)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Without the UTF-8 flag zipfile reads CP437, but Chinese tools wrote UTF-8 or GBK there."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG and not name.isascii():
        raw = name.encode("cp437", "replace")
        for charset in ("utf-8", "gb18030"):
            try:
                name = raw.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    return display_name(name)


def read_tar(reading: Reading) -> None:
    """Every regular member as a part of its own; links and devices are only accounted for.

    What stands behind a header that makes no sense is told as lost (``parse``).
    """
    with tarfile.open(reading.path, mode="r:", errors="surrogateescape") as archive:
        for member in archive:
            raw = member.name.encode("utf-8", "surrogateescape")
            try:
                name = display_name(raw.decode("utf-8"))
            except UnicodeDecodeError:
                name = display_name(raw.decode("gb18030", "replace"))
            stream = archive.extractfile(member) if member.isreg() else None
            if member.isdir():
                reading.unread(name, 0, FOLDER, skipped=True)
            elif is_system_file(name):
                reading.unread(name, member.size, SYSTEM_FILE, skipped=True)
            elif stream is None:
                told = Unreadable("link", ExtractionStatus.UNSUPPORTED)
                reading.unread(name, 0, told, skipped=True)
            else:
                _member(reading, name, stream, member.size, member.size)
            if reading.budget.parts_left <= 0:
                raise Exhausted("too_many_parts")
        end = archive.offset
    _refuse_more(reading, end)


def _refuse_more(reading: Reading, end: int) -> None:
    """Raises Unreadable unless the archive ends here: tarfile takes a broken header for an end."""
    with reading.path.open("rb") as stream:
        stream.seek(end)
        block = stream.read(tarfile.BLOCKSIZE)
    if block.strip(b"\0"):
        raise Unreadable("parse")


def read_compressed(reading: Reading) -> None:
    """The one file inside, named as the outer one without its last suffix.

    Of a file that breaks off, what was unpacked is read, and the rest told as lost (``parse``).
    """
    inner = reading.name
    for suffix in (".gz", ".bz2", ".xz", ".tgz", ".tbz", ".tbz2", ".txz"):
        if inner.lower().endswith(suffix):
            inner = inner[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
            break
    with reading.path.open("rb") as raw:
        stream = _UntilBroken(_decompressor(reading.suffix, raw))
        path = unpack(reading, inner, stream.read, declared_bytes=0, packed_bytes=0)
    if not stream.broken or path.stat().st_size:
        reading.member(display_name(inner), path)
    if stream.broken:
        raise Unreadable("parse")


class _UntilBroken:
    """A stream that ends where it cannot be unpacked any further."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self.broken = False

    def read(self, size: int, /) -> bytes:
        try:
            return self._read(size)
        except _BROKEN:
            self.broken = True
            return b""


def _decompressor(suffix: str, raw: IO[bytes]) -> Callable[[int], bytes]:
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=raw).read1  # what there is, before the error
    if suffix == ".bz2":
        return bz2.BZ2File(raw).read1
    # The header of an xz file names the memory it wants, which may be gigabytes.
    decompressor = lzma.LZMADecompressor(memlimit=_LZMA_BYTES)

    def read(size: int) -> bytes:
        while not decompressor.eof:
            chunk = raw.read(size) if decompressor.needs_input else b""
            if not chunk and decompressor.needs_input:
                raise EOFError
            if got := decompressor.decompress(chunk, max_length=size):
                return got
        return b""

    return read
