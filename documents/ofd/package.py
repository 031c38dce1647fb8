"""The files inside an OFD, found as producers name them and read within limits."""

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from documents.failing import Unshowable
from documents.zips import opened_zip

_MOST_MEMBERS = 20_000
_MOST_BYTES = 512 << 20
_MOST_MEMBER_BYTES = 64 << 20
_DTD_BYTES = 4096


class OfdPackage:
    """Members by their names, which are compared without case; a backslash is a slash.

    Raises Unshowable: ``parse`` for what is no zip, ``bomb`` for more than the limits.
    """

    def __init__(self, source: Path | BinaryIO) -> None:
        self._zip = opened_zip(source)
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        if len(entries) > _MOST_MEMBERS or total > _MOST_BYTES:
            self._zip.close()
            raise Unshowable("bomb")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._entries.setdefault(_plain(entry.filename).lower(), entry)

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def find(self, location: str | None, *folders: str) -> str | None:
        """The name of a member, sought in `folders` and then from the root; None if absent."""
        location = (location or "").strip().replace("\\", "/")
        if not location:
            return None
        tried = [] if location.startswith("/") else [posixpath.join(f, location) for f in folders]
        for candidate in [*tried, location]:
            name = _plain(posixpath.normpath("/" + candidate.lstrip("/")))
            if name.lower() in self._entries:
                return name
        return None

    def read(self, name: str) -> bytes:
        """The content of a member."""
        entry = self._entries[name.lower()]
        if entry.file_size > _MOST_MEMBER_BYTES:
            raise Unshowable("bomb")
        try:
            with self._zip.open(entry) as stream:
                return stream.read(_MOST_MEMBER_BYTES)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
            raise Unshowable("parse") from error

    def xml(self, name: str) -> Any:
        """The root of an XML member, tags without namespaces, which producers get wrong."""
        content = self.read(name)
        begin = content[:_DTD_BYTES].replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in begin or b"<!ENTITY" in begin:
            raise Unshowable("parse")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
            if root is None:
                raise Unshowable("parse")
            for element in root.iter("*"):
                tag = str(element.tag)
                element.tag = tag.rpartition("}")[2].rpartition(":")[2]
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unshowable("parse") from error
        return root


def child(element: Any, name: str) -> Any:
    """The first child of this name, or None."""
    return None if element is None else next((e for e in element if e.tag == name), None)


def children(element: Any, *names: str) -> list[Any]:
    """The children of these names."""
    return [] if element is None else [e for e in element if e.tag in names]


def text_of(element: Any, name: str) -> str | None:
    """The text of the first child of this name, stripped, or None."""
    found = child(element, name)
    return (found.text or "").strip() or None if found is not None else None


def is_true(element: Any, name: str, *, default: bool) -> bool:
    """A truth value among the attributes."""
    value = (element.get(name) or "").strip().lower()
    return value in ("true", "1") if value else default


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
