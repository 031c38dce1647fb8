"""The zip of an exchange file: its manifest, and its members unpacked within limits (FW-25).

Whatever `zipfile` raises for strange bytes is told as a broken file.
"""

import errno
import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, BinaryIO

from pydantic import Field, ValidationError

from records.errors import Invalid
from records.frozen import Frozen

FORMAT = "wenshu-exchange"
VERSION = 1
MANIFEST = "manifest.json"
MOST_FILES = 500
_MOST_MANIFEST_BYTES = 1 << 20
_PIECE_BYTES = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,  # made by a version that it does not know
    ValueError,  # names that are no UTF-8, places before the beginning
    OverflowError,
)
"""What `zipfile` raises for bytes that are no zip, found by changing each byte of one."""
_KNOWN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
"""Bit 0 of the flags of a member (APPNOTE.TXT, 4.4.4)."""


class ExchangedFile(Frozen):
    """A file of the paper, as its manifest names it."""

    part: str = Field(max_length=40)
    name: str = Field(max_length=255)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size_bytes: int = Field(ge=1)


class Manifest(Frozen):
    """What the receiver's record begins with."""

    format: str
    version: int
    kind: str
    fields: dict[str, Any]
    files: tuple[ExchangedFile, ...] = Field(max_length=MOST_FILES)
    issued_on: date
    sent_by: str = Field(max_length=200)
    record: str = Field(max_length=40)
    revision: int
    level: str | None = Field(default=None, max_length=10)
    """密级 of the paper, by its name; None is 公开."""


class ExchangePackage:
    """A package that is open, its manifest read; `digest` is that of the manifest."""

    def __init__(self, package: zipfile.ZipFile, manifest: Manifest, digest: str) -> None:
        self._package = package
        self.manifest = manifest
        self.digest = digest

    def pieces(self, number: int) -> Iterator[bytes]:
        """The bytes of the file of this number. Raises Invalid (``bad_exchange``).

        Whoever takes them has faults of his own, which are not told as those of the package.
        """
        with _told_as_broken():
            stream = self._package.open(member_of(number))
        with stream:
            while True:
                with _told_as_broken():
                    piece = stream.read(_PIECE_BYTES)
                if not piece:
                    return
                yield piece


@contextmanager
def opened_package(source: BinaryIO, *, most_bytes: int) -> Iterator[ExchangePackage]:
    """The package of a file. Nothing is unpacked but its manifest.

    Raises Invalid (``bad_exchange``, ``exchange_newer``; ``body_too_large`` for members that are
    larger together than `most_bytes`).
    """
    with _told_as_broken():
        package = zipfile.ZipFile(source)
    with package:
        _refuse_unreadable(package)
        # What a member says of its size is as much as `zipfile` gives of it.
        if sum(each.file_size for each in package.infolist()) > most_bytes:
            raise Invalid("body_too_large", max_bytes=most_bytes)
        manifest, digest = _manifest_of(package)
        names = map(member_of, range(1, len(manifest.files) + 1))
        if manifest.format != FORMAT or not set(names) <= set(package.namelist()):
            raise Invalid("bad_exchange", field="file")
        yield ExchangePackage(package, manifest, digest)


def member_of(number: int) -> str:
    """Under which name a file lies in the package."""
    return f"files/{number}"


@contextmanager
def _told_as_broken() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Invalid("bad_exchange", field="file") from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # that is a place before the beginning of a file
            raise
        raise Invalid("bad_exchange", field="file") from error


def _refuse_unreadable(package: zipfile.ZipFile) -> None:
    """Raises Invalid (``bad_exchange``) for members too many, locked, or packed otherwise."""
    members = package.infolist()
    unreadable = any(
        each.compress_type not in _KNOWN or each.flag_bits & _ENCRYPTED for each in members
    )
    if unreadable or len(members) > MOST_FILES + 1 or MANIFEST not in package.namelist():
        raise Invalid("bad_exchange", field="file")


def _manifest_of(package: zipfile.ZipFile) -> tuple[Manifest, str]:
    with _told_as_broken(), package.open(MANIFEST) as stream:
        body = stream.read(_MOST_MANIFEST_BYTES + 1)
    if len(body) > _MOST_MANIFEST_BYTES:
        raise Invalid("bad_exchange", field="file")
    try:
        told: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("bad_exchange", field="file") from error
    if isinstance(told, dict) and told.get("format") == FORMAT and told.get("version") != VERSION:
        raise Invalid("exchange_newer", field="file")
    try:
        return Manifest.model_validate(told), hashlib.sha256(body).hexdigest()
    except ValidationError as error:
        raise Invalid("bad_exchange", field="file") from error
