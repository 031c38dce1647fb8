"""Sheets of OpenDocument (ods) as they look, some rows at a time (ODF 1.3 part 3, 9).

The file says of each cell what it shows, in the format that it has, so that nothing is computed.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

from lxml import etree

from documents.failing import NoSuchPage, Unshowable
from documents.preview.merged_cells import Merged
from documents.preview.open_cells import (
    hidden_columns,
    merged_from,
    open_row,
    repeated,
    shows_something,
)
from documents.preview.sheet_cells import Row
from documents.preview.sheet_window import ROWS, window_of
from documents.preview.zipped_xml import Element, attribute, local, read_part
from documents.zips import opened_zip
from records.preview import BETWEEN_CELLS, RowWords, Sheet

LAST_ROW = 1_048_576
_COUNTED_CELLS = 200_000
_COUNTED_CHARACTERS = 5_000_000
_COUNTED_S = 4.0
"""As of another workbook (`sheet_rows`)."""
_NAMED_S = 6.0
"""What is not gone through by then is shown as text: each of its pages would take as long."""
_SHOWN_S = 15.0
"""Below the time that a worker has: a file that takes too long says so, and kills nobody."""
_MOST_SHEETS = 1_000
_MOST_RANGES = 100_000
_READ = tuple(f"{{*}}{name}" for name in ("style", "table", "table-column", "table-row"))
_BROKEN = (
    etree.XMLSyntaxError, ValueError, OSError, RuntimeError, EOFError, zipfile.BadZipFile, KeyError,
)  # fmt: skip


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
    """The name of each sheet in order, and whether it is hidden.

    Raises Unshowable, ``timeout`` where the file is too large for its rows to be shown in time.
    """
    found = _read(path, within_s=_NAMED_S)
    return tuple((each.name, each.hidden) for each in found if isinstance(each, _Begin))


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
    for at, end, element in rows:
        if at <= last_shown:
            begun = merged_from(element, at)
            ranges += [each for each in begun if _reaches(each, first_row, last_shown)]
            del ranges[_MOST_RANGES:]
        if not shows_something(element):
            continue
        if at <= last_shown and end >= first_row:
            row = open_row(element)
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
    """The texts of the cells of each row, sheet by sheet; of cells, characters and time so many.

    Raises Unshowable.
    """
    rows: list[tuple[int, int, str]] = []
    left, room, number, at = _COUNTED_CELLS, _COUNTED_CHARACTERS, 0, 1
    try:
        for each in _read(path, within_s=_COUNTED_S):
            if isinstance(each, _Begin):
                number, at = number + 1, 1
            elif not isinstance(each, _Columns):
                cells = open_row(each).cells
                words = BETWEEN_CELLS.join(cell.text for cell in cells.values() if cell.text)
                end = min(at + repeated(each, "number-rows-repeated"), LAST_ROW + 1)
                for row in range(at, end if words else at):
                    left, room = left - len(cells), room - len(words)
                    if left < 0 or room < 0:
                        return RowWords(rows=tuple(rows), cut=True)
                    rows.append((number, row, words))
                at = end
    except Unshowable as failed:
        if failed.why != "timeout":
            raise
        return RowWords(rows=tuple(rows), cut=True)
    return RowWords(rows=tuple(rows))


def _sheet(
    path: Path, number: int
) -> tuple[str, list[_Columns], Iterator[tuple[int, int, Element]]]:
    """Name, columns and rows of one sheet, as `_numbered` gives them. Raises as its reader.

    Columns are told before the rows, but some may come between them; the list grows meanwhile.
    """
    given = _read(path, within_s=_SHOWN_S)
    sheets = 0
    for each in given:
        sheets += isinstance(each, _Begin)
        if sheets == number and isinstance(each, _Begin):
            columns: list[_Columns] = []
            return each.name, columns, _numbered(given, columns)
    raise NoSuchPage


def _numbered(
    given: Iterator[_Begin | _Columns | Element], columns: list[_Columns]
) -> Iterator[tuple[int, int, Element]]:
    """Rows of one sheet, each with the first and the last number at which it stands."""
    at = 1
    for each in given:
        if isinstance(each, _Begin) or at > LAST_ROW:
            return
        if isinstance(each, _Columns):
            columns.append(each)
        else:
            count = repeated(each, "number-rows-repeated")
            yield at, min(at + count - 1, LAST_ROW), each
            at += count


def _reaches(each: Merged, first: int, last: int) -> bool:
    return each.top <= last and each.bottom >= first


class _Timed:
    """A part that is read up to a moment. Raises Unshowable (``timeout``) after it."""

    def __init__(self, stream: IO[bytes], within_s: float) -> None:
        self._stream = stream
        self._until_s = monotonic() + within_s

    def read(self, size: int) -> bytes:
        """At most so many bytes, as they come."""
        if monotonic() > self._until_s:
            raise Unshowable("timeout")
        return self._stream.read(size)


def _read(path: Path, *, within_s: float) -> Iterator[_Begin | _Columns | Element]:
    """Sheets, their columns and their rows, in order; a row is gone when the next is asked for.

    Raises Unshowable, ``timeout`` when so much time was taken.
    """
    with opened_zip(path) as archive:
        if b"encryption-data" in (read_part(archive, "META-INF/manifest.xml") or b""):
            raise Unshowable("encrypted")
        try:
            with archive.open("content.xml") as stream:
                found = etree.iterparse(
                    _Timed(stream, within_s),
                    events=("start", "end"),
                    tag=_READ,
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                )
                yield from _told(found)
        except _BROKEN as error:
            raise Unshowable("parse") from error


def _told(found: Iterator[tuple[str, Element]]) -> Iterator[_Begin | _Columns | Element]:
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
            yield element
            _forget(element)


def _forget(row: Element) -> None:
    """A row that was read, and those before it: a sheet has a million of them."""
    row.clear()
    table = row.getparent()
    while table is not None and row.getprevious() is not None:
        del table[0]
