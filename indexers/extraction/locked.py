"""Tells an encrypted office file without opening it."""

import mmap
from pathlib import Path

_OLE_HEAD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def holds_encrypted_package(path: Path) -> bool:
    """Whether it is an encrypted docx, xlsx or pptx: an OLE file with a stream of that name."""
    with path.open("rb") as stream:
        if not stream.read(4).startswith(_OLE_HEAD):
            return False
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(_ENCRYPTED_PACKAGE) >= 0
