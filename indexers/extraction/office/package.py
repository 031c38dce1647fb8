"""Office Open XML packages: their parts, and how these refer to each other."""

import posixpath
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import IO, Self
from urllib.parse import unquote

from indexers.extraction.office.markup import MarkupTaker, feed
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import unpack

_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)["']""")
_MOST_RELATIONS_BYTES = 8 << 20
_PIECE_BYTES = 65_536


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
        """The parts that `part` refers to; those of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not 0 < self.size_bytes(relations) <= _MOST_RELATIONS_BYTES:
            return []
        text = self._zip.read(self._entries[_key(relations)]).decode("utf-8", "replace")
        found = []
        for element in _RELATION.findall(text):
            told = dict(_ATTRIBUTE.findall(element))
            if told.get("TargetMode") == "External" or "Target" not in told:
                continue
            kind = told.get("Type", "").rsplit("/", 1)[-1]
            for target in (unescape(told["Target"]), unquote(unescape(told["Target"]))):
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if self.holds(path):
                    found.append(Relation(told.get("Id", ""), kind, path))
                    break
        return found

    def main_part(self, default: str) -> str:
        """Name of the part that the package is about."""
        found = [each.part for each in self.related("") if each.kind == "officeDocument"]
        return found[0] if found else default

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


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
