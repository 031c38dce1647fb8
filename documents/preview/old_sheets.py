"""Sheets of workbooks before 2007 (xls, et) as they look, some rows at a time."""

import io
import struct
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import xlrd

from documents.failing import NoSuchPage, Unshowable
from documents.preview.merged_cells import Merged
from documents.preview.sheet_cells import MOST_CHARACTERS, MOST_COLUMNS, Row
from documents.preview.sheet_window import ROWS, window_of
from notation.cell_formats import CellFormat
from records.preview import BETWEEN_CELLS, Cell, RowWords, Sheet

_COUNTED_CELLS = 200_000
_BROKEN = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, OSError, ValueError, LookupError, AssertionError),
    *(TypeError, AttributeError, struct.error, UnicodeError, OverflowError),
)
"""What the library raises for workbooks that are broken or locked."""


def old_sheet_names(path: Path) -> tuple[tuple[str, bool], ...]:
    """The name of each sheet in order, and whether it is hidden. Raises Unshowable."""
    book = _opened(path)
    return tuple((sheet.name, bool(sheet.visibility)) for sheet in book.sheets())


def old_sheet_rows(path: Path, number: int, first_row: int) -> Sheet:
    """At most 200 rows of a sheet, both counted from 1. Raises Unshowable, NoSuchPage."""
    book = _opened(path)
    if not 1 <= number <= book.nsheets or first_row < 1:
        raise NoSuchPage
    sheet = book.sheet_by_index(number - 1)
    try:
        return _window(sheet, _shower(book), first_row)
    except _BROKEN as error:
        raise Unshowable("parse") from error


def old_row_words(path: Path) -> RowWords:
    """The texts of the cells of each row, sheet by sheet, up to a number of cells."""
    book = _opened(path)
    shown, left = _shower(book), _COUNTED_CELLS
    rows: list[tuple[int, int, str]] = []
    try:
        for number, sheet in enumerate(book.sheets(), 1):
            for at in range(sheet.nrows):
                row = _row(sheet, at, shown)
                left -= len(row.cells)
                if left < 0:
                    return RowWords(rows=tuple(rows), cut=True)
                words = BETWEEN_CELLS.join(cell.text for cell in row.cells.values())
                if words:
                    rows.append((number, at + 1, words))
    except _BROKEN as error:
        raise Unshowable("parse") from error
    return RowWords(rows=tuple(rows))


def _window(sheet: Any, shown: Callable[[Any], Cell], first_row: int) -> Sheet:
    last_shown = min(first_row + ROWS - 1, sheet.nrows)
    rows = [_row(sheet, at, shown) for at in range(first_row - 1, last_shown)]
    filled = [at + 1 for at in range(last_shown, sheet.nrows) if _is_filled(sheet, at)]
    given = [row for row in rows if row.cells]
    return window_of(
        sheet.name,
        first_row,
        given,
        ranges=_ranges(sheet),
        hidden=lambda columns: tuple(n for n in range(1, columns + 1) if _is_hidden(sheet, n - 1)),
        following=filled[0] if filled else None,
        last=filled[-1] if filled else given[-1].number if given else 0,
    )


def _row(sheet: Any, at: int, shown: Callable[[Any], Cell]) -> Row:
    cells: dict[int, Cell] = {}
    wider = False
    for column, cell in enumerate(sheet.row(at), 1):
        made = shown(cell)
        if made.text and column <= MOST_COLUMNS:
            cells[column] = made
        wider = wider or (bool(made.text) and column > MOST_COLUMNS)
    info = sheet.rowinfo_map.get(at)
    return Row(at + 1, cells, hidden=bool(info and info.hidden), wider=wider)


def _is_filled(sheet: Any, at: int) -> bool:
    return any(kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) for kind in sheet.row_types(at))


def _is_hidden(sheet: Any, column: int) -> bool:
    info = sheet.colinfo_map.get(column)
    return bool(info and info.hidden)


def _ranges(sheet: Any) -> Iterator[Merged]:
    for top, beneath, left, beside in sheet.merged_cells:
        yield Merged(top + 1, left + 1, beneath, beside)


def _shower(book: Any) -> Callable[[Any], Cell]:
    """What makes a cell of one of the library's."""

    @cache
    def form(style: int) -> CellFormat:
        key = book.xf_list[style].format_key
        return CellFormat(str(book.format_map[key].format_str)[:1_000])

    def shown(cell: Any) -> Cell:
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            text = form(cell.xf_index).shown(repr(cell.value), from_1904=bool(book.datemode))
            return Cell(text=text[:MOST_CHARACTERS], number=True)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return Cell(text="TRUE" if cell.value else "FALSE")
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return Cell(text=str(xlrd.error_text_from_code.get(cell.value, "#N/A")))
        return Cell(text=str(cell.value)[:MOST_CHARACTERS])

    return shown


def _opened(path: Path) -> Any:
    try:
        return xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    except _BROKEN as error:
        raise Unshowable("parse") from error
