"""Sheets of OpenDocument (ods) as they look, some rows at a time (ODF 1.3 part 3, 9).

The file says of each cell what it shows, in the format that it has, so that nothing is computed.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from documents.failing import NoSuchPage, Unshowable
from documents.preview.merged_cells import Merged
from documents.preview.open_cells import OpenRow, hidden_columns, open_row, repeated
from documents.preview.sheet_cells import Row
from documents.preview.sheet_window import ROWS, window_of
from documents.preview.zipped_xml import Element, attribute, local, read_part
from documents.zips import opened_zip
from records.preview import BETWEEN_CELLS, RowWords, Sheet

LAST_ROW = 1_048_576
_COUNTED_CELLS = 200_000
_MOST_SHEETS = 1_000
_MOST_RANGES = 100_000
_READ = tuple(f"{{*}}{name}" for name in ("style", "table", "table-column", "table-row"))
_BROKEN = (etree.XMLSyntaxError, ValueError, OSError, RuntimeError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class _Begin:
    """A sheet begins."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Columns:
    """So many columns follow those before."""

    count: int
    hidden: bool


def open_sheet_names(path: Path) -> tuple[tuple[str, bool], ...]:
    """The name of each sheet in order, and whether it is hidden. Raises Unshowable."""
    return tuple((each.name, each.hidden) for each in _read(path) if isinstance(each, _Begin))


def open_sheet_rows(path: Path, number: int, first_row: int) -> Sheet:
    """At most 200 rows of a sheet, both counted from 1. Raises Unshowable, NoSuchPage."""
    if number < 1 or not 1 <= first_row <= LAST_ROW:
        raise NoSuchPage
    name, columns, rows = _sheet(path, number)
    last_shown = first_row + ROWS - 1
    shown: list[Row] = []
    ranges: list[Merged] = []
    following: int | None = None
    last = 0
    for at, row in rows:
        end = at + row.count - 1
        ranges += [each for each in row.merged(at) if _reaches(each, first_row, last_shown)]
        del ranges[_MOST_RANGES:]
        if not row.cells and not row.wider:
            continue
        shown += [
            Row(each, row.cells, hidden=row.hidden, wider=row.wider)
            for each in range(max(at, first_row), min(end, last_shown) + 1)
        ]
        if end > last_shown and following is None:
            following = max(at, last_shown + 1)
        last = end
    return window_of(
        name,
        first_row,
        shown,
        ranges=iter(ranges),
        hidden=lambda count: hidden_columns(((each.count, each.hidden) for each in columns), count),
        following=following,
        last=last,
    )


def open_row_words(path: Path) -> RowWords:
    """The texts of the cells of each row, sheet by sheet, up to a number of cells."""
    rows: list[tuple[int, int, str]] = []
    left, number, at = _COUNTED_CELLS, 0, 1
    for each in _read(path):
        if isinstance(each, _Begin):
            number, at = number + 1, 1
        elif isinstance(each, OpenRow):
            words = BETWEEN_CELLS.join(cell.text for cell in each.cells.values() if cell.text)
            for row in range(at, at + each.count if words else at):
                left -= len(each.cells)
                if left < 0:
                    return RowWords(rows=tuple(rows), cut=True)
                rows.append((number, row, words))
            at += each.count
    return RowWords(rows=tuple(rows))


def _sheet(path: Path, number: int) -> tuple[str, list[_Columns], Iterator[tuple[int, OpenRow]]]:
    """Name, columns and rows of one sheet, each row with its number. Raises as its reader.

    Columns are told before the rows, but some may come between them; the list grows meanwhile.
    """
    given = _read(path)
    sheets = 0
    for each in given:
        sheets += isinstance(each, _Begin)
        if sheets == number and isinstance(each, _Begin):
            columns: list[_Columns] = []
            return each.name, columns, _numbered(given, columns)
    raise NoSuchPage


def _numbered(
    given: Iterator[_Begin | _Columns | OpenRow], columns: list[_Columns]
) -> Iterator[tuple[int, OpenRow]]:
    at = 1
    for each in given:
        if isinstance(each, _Begin) or at > LAST_ROW:
            return
        if isinstance(each, _Columns):
            columns.append(each)
        else:
            yield at, each
            at += each.count


def _reaches(each: Merged, first: int, last: int) -> bool:
    return each.top <= last and each.bottom >= first


def _read(path: Path) -> Iterator[_Begin | _Columns | OpenRow]:
    """Sheets, their columns and their rows, in order. Raises Unshowable."""
    with opened_zip(path) as archive:
        if b"encryption-data" in (read_part(archive, "META-INF/manifest.xml") or b""):
            raise Unshowable("encrypted")
        try:
            with archive.open("content.xml") as stream:
                found = etree.iterparse(
                    stream,
                    events=("start", "end"),
                    tag=_READ,
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                )
                yield from _told(found)
        except KeyError as error:
            raise Unshowable("parse") from error
        except _BROKEN as error:
            raise Unshowable("parse") from error


def _told(found: Iterator[tuple[str, Element]]) -> Iterator[_Begin | _Columns | OpenRow]:
    """What the elements say; a table within a cell is none of the sheets."""
    unseen: set[str] = set()
    depth = sheets = 0
    for event, element in found:
        name = local(element)
        if name == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1 and sheets < _MOST_SHEETS:
                sheets += 1
                hidden = attribute(element, "style-name") in unseen
                yield _Begin(attribute(element, "name"), hidden)
        elif event == "start" or depth > 1:
            continue
        elif name == "style":
            if any(attribute(each, "display") == "false" for each in element):
                unseen.add(attribute(element, "name"))
            element.clear()
        elif name == "table-column":
            is_hidden = attribute(element, "visibility") in ("collapse", "filter")
            yield _Columns(repeated(element, "number-columns-repeated"), is_hidden)
        else:
            yield open_row(element)
            _forget(element)


def _forget(row: Element) -> None:
    """A row that was read, and those before it: a sheet has a million of them."""
    row.clear()
    table = row.getparent()
    while table is not None and row.getprevious() is not None:
        del table[0]
