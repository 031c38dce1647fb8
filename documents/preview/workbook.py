"""A workbook as its parts tell it: its sheets in order, its texts, how its cells are shown."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from documents.failing import Unshowable
from documents.preview.zipped_xml import (
    Element,
    attribute,
    elements,
    local,
    parsed,
    read_part,
    targets,
)
from notation.cell_formats import CellFormat, built_in

MAIN = "xl/workbook.xml"
_MOST_SHEETS = 2_000
_MOST_FORMATS = 4_000
_MOST_CODE = 1_000
"""Characters of a format; Excel writes at most 255."""
_MOST_CHARACTERS = 2_000
"""Of one cell."""
_MOST_SHARED = 50_000_000
"""Characters of shared texts that are kept at a time."""
YES = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet; `part` is empty for what has no cells (a chart on a sheet of its own)."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """An opened xlsx. Numbers of sheets are those of extraction: hidden ones count too."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Raises Unshowable where there is no workbook in the zip."""
        self.archive = archive
        data = read_part(archive, MAIN)
        if data is None:
            raise Unshowable("parse")
        related = targets(archive, MAIN)
        book = parsed(data)
        self.from_1904 = any(
            attribute(each, "date1904") in YES
            for each in book.iter("{*}workbookPr")
            if each.getparent() is book
        )
        self.sheets = tuple(
            _sheet(each, related) for each in list(book.iter("{*}sheet"))[:_MOST_SHEETS]
        )
        parts = dict(related.values())
        self._read: list[str] = []
        self._unread = self._shared(parts.get("sharedStrings", ""))
        self._formats = self._read_formats(parts.get("styles", ""))

    def shown(self, value: str, style: str) -> str:
        """A number as a cell of this style shows it."""
        at = int(style) if style.isdecimal() and len(style) < 7 else 0
        found = self._formats[at] if at < len(self._formats) else None
        return (found or CellFormat("General")).shown(value, from_1904=self.from_1904)

    def text(self, at: int) -> str:
        """A text that cells share, by its place; empty where there is none."""
        while at >= len(self._read) and (found := next(self._unread, None)) is not None:
            self._read.append(found)
        return self._read[at] if at < len(self._read) else ""

    def _shared(self, part: str) -> Iterator[str]:
        if part not in self.archive.namelist():
            return
        left = _MOST_SHARED
        with self.archive.open(part) as stream:
            for each in elements(stream, "si"):
                text = string_of(each)
                left -= len(text)
                yield text if left > 0 else ""

    def _read_formats(self, part: str) -> list[CellFormat]:
        data = read_part(self.archive, part) if part else None
        if data is None:
            return []
        styles = parsed(data)
        codes = {
            attribute(each, "numFmtId"): attribute(each, "formatCode")[:_MOST_CODE]
            for each in list(styles.iterfind("{*}numFmts/{*}numFmt"))[:_MOST_FORMATS]
        }
        made: dict[str, CellFormat] = {}
        formats: list[CellFormat] = []
        for each in styles.iterfind("{*}cellXfs/{*}xf"):
            key = attribute(each, "numFmtId") or "0"
            if key not in made:
                made[key] = CellFormat(codes.get(key) or built_in(key))
            formats.append(made[key])
        return formats


def string_of(element: Element) -> str:
    """The text of ``si`` or ``is``, without how it is pronounced."""
    pieces = (
        each.text or ""
        for each in element.iter("{*}t")
        if (parent := each.getparent()) is None or local(parent) != "rPh"
    )
    return "".join(pieces)[:_MOST_CHARACTERS]


def _sheet(element: Element, related: dict[str, tuple[str, str]]) -> SheetPart:
    kind, part = related.get(attribute(element, "id"), ("", ""))
    return SheetPart(
        attribute(element, "name"),
        part if kind == "worksheet" else "",
        attribute(element, "state") in ("hidden", "veryHidden"),
    )
