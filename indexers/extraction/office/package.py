"""Office Open XML packages: their parts, and how these refer to each other."""

import posixpath
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self
from urllib.parse import unquote

from indexers.extraction.office.markup import Attributes, MarkupTaker, feed
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import unpack

_PIECE_BYTES = 65_536
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, RuntimeError)
"""What zipfile, and readers of what is in it, raise for what is broken or not known to them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One part refers to another."""

    key: str
    kind: str
    """The last word of its type, such as ``header``."""
    part: str


class OfficePackage:
    """The parts of one file by their names. Close it, or use it in a ``with``.

    Raises Unreadable (``bomb``) when the parts together pass the limits, before any is read.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._zip = zipfile.ZipFile(reading.path)
        limits = reading.limits
        entries = self._zip.infolist()
        if len(entries) > limits.parts or sum(e.file_size for e in entries) > limits.unpacked_bytes:
            self._zip.close()
            raise Unreadable("bomb")
        # Names are told apart without regard to case (ECMA-376 part 2, 6.2.2.3).
        self._entries = {_key(entry.filename): entry for entry in entries}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def holds(self, part: str) -> bool:
        """Whether there is such a part."""
        return _key(part) in self._entries

    def size_bytes(self, part: str) -> int:
        """Unpacked size of a part, 0 when there is none."""
        entry = self._entries.get(_key(part))
        return entry.file_size if entry else 0

    def related(self, part: str) -> list[Relation]:
        """The parts that `part` refers to; those of the package itself for an empty name.

        Raises as `feed`.
        """
        folder, name = posixpath.split(part)
        told = _Relations()
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.holds(relations):
            self.feed(relations, told)
        found = []
        for key, kind, target in told.found:
            for spelling in (target, unquote(target)):
                path = posixpath.normpath(posixpath.join("/", folder, spelling)).lstrip("/")
                if self.holds(path):
                    found.append(Relation(key, kind, path))
                    break
        return found

    def feed(self, part: str, taker: MarkupTaker) -> None:
        """Tell `taker` what stands in a part; raises as `markup.feed`, ``parse`` for none."""
        with self._zip.open(self._entry(part)) as stream:
            feed(self._pieces(stream), taker)

    def unpack(self, part: str) -> Path:
        """Copy a part to a file of its own. Raises Unreadable (``bomb``)."""
        entry = self._entry(part)
        with self._zip.open(entry) as stream:
            return unpack(
                self._reading,
                part,
                stream.read,
                declared_bytes=entry.file_size,
                packed_bytes=entry.compress_size,
            )

    def _pieces(self, stream: IO[bytes]) -> Iterator[bytes]:
        while piece := stream.read(_PIECE_BYTES):
            yield piece
            if time.monotonic() > self._reading.budget.ends_at:
                raise Exhausted("timeout")

    def _entry(self, part: str) -> zipfile.ZipInfo:
        entry = self._entries.get(_key(part))
        if entry is None:
            raise Unreadable("parse")
        return entry


class _Relations(MarkupTaker):
    """Takes identifier, kind and target of each relation within the package."""

    tags = frozenset({"Relationship"})

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, _tag: str, attributes: Attributes, /) -> None:
        if attributes.get("TargetMode") != "External" and "Target" in attributes:
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self.found.append((attributes.get("Id", ""), kind, attributes["Target"]))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
