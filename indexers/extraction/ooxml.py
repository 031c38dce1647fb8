"""Office Open XML packages, read part by part without keeping trees."""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from lxml import etree

from indexers.extraction.limits import ReadingLimits
from indexers.extraction.reading import Unreadable

_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)["']""")
_MOST_RELATIONS_BYTES = 8 << 20


class OfficePackage:
    """The parts of one file by their names. Close it, or use it in a ``with``.

    Raises Unreadable (``bomb``) when the parts together pass the limits, before any is read.
    """

    def __init__(self, path: Path, limits: ReadingLimits) -> None:
        self._zip = zipfile.ZipFile(path)
        entries = self._zip.infolist()
        if len(entries) > limits.parts or sum(e.file_size for e in entries) > limits.unpacked_bytes:
            self._zip.close()
            raise Unreadable("bomb")
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def size_bytes(self, part: str) -> int:
        """Unpacked size of a part, 0 when there is none."""
        entry = self._entries.get(part)
        return entry.file_size if entry else 0

    def largest_bytes(self) -> int:
        """Unpacked size of the largest XML part."""
        sizes = (e.file_size for name, e in self._entries.items() if name.endswith(".xml"))
        return max(sizes, default=0)

    def related(self, part: str) -> list[tuple[str, str, str]]:
        """(identifier, last word of the type, name of the part) of all parts `part` refers to."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not 0 < self.size_bytes(relations) <= _MOST_RELATIONS_BYTES:
            return []
        text = self._zip.read(self._entries[relations]).decode("utf-8", "replace")
        found = []
        for element in _RELATION.findall(text):
            told = dict(_ATTRIBUTE.findall(element))
            if told.get("TargetMode") != "External" and "Target" in told:
                target = posixpath.normpath(posixpath.join("/", folder, told["Target"])).lstrip("/")
                if target in self._entries:
                    kind = told.get("Type", "").rsplit("/", 1)[-1]
                    found.append((told.get("Id", ""), kind, target))
        return found

    def main_part(self, default: str) -> str:
        """Name of the part that the package is about."""
        found = [part for _, kind, part in self.related("") if kind == "officeDocument"]
        return found[0] if found else default

    def walk(
        self, part: str, *, forget: str, tags: Iterable[str] = ()
    ) -> Iterator[tuple[str, Any]]:
        """(``start`` or ``end``, element) through a part: of all tags, or of these local names.

        Elements whose local name is `forget` are dropped when they end, so that a part of any
        size takes little memory. Raises Unreadable (``dtd``) for a part that has one.
        """
        entry = self._entries.get(part)
        if entry is None:
            raise Unreadable("parse")
        with self._zip.open(entry) as stream:
            if _DTD.search(stream.read(4096).replace(b"\0", b"")):
                raise Unreadable("dtd")
        ending = f"}}{forget}"
        with self._zip.open(entry) as stream:
            for event, element in etree.iterparse(
                stream,
                events=("start", "end"),
                tag=[f"{{*}}{tag}" for tag in (*tags, forget)] if tags else None,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            ):
                yield event, element
                if event == "end" and str(element.tag).endswith(ending):
                    element.clear()
                    parent = element.getparent()
                    while parent is not None and element.getprevious() is not None:
                        del parent[0]


def local(element: Any) -> str:
    """The tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
