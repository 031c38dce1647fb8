"""Rows of a workbook as they look, some at a time."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from documents.failing import NoSuchPage, Unshowable
from documents.preview.merged_cells import merged_ranges
from documents.preview.row_pieces import LAST_ROW, row_pieces
from documents.preview.sheet_cells import hidden_columns, read_rows
from documents.preview.sheet_window import ROWS, window_of
from documents.preview.workbook import SheetPart, Workbook
from documents.preview.zipped_xml import as_utf8
from documents.zips import opened_zip
from records.preview import BETWEEN_CELLS, RowWords, Sheet

_COUNTED_CELLS = 200_000
"""Of a workbook, where all its words are asked for: about 2 s of a core."""
_COUNTED_S = 4.0
"""How long that may take on a busy machine; the rest is not counted then, and it is said."""
_ROWS_AT_ONCE = 1_000


def sheet_names(path: Path) -> tuple[tuple[str, bool], ...]:
    """The name of each sheet in order, and whether it is hidden. Raises Unshowable."""
    with _opened(path) as book:
        return tuple((sheet.name, sheet.hidden) for sheet in book.sheets)


def sheet_rows(path: Path, number: int, first_row: int) -> Sheet:
    """At most 200 rows of a sheet, both counted from 1; values as last computed, no formulas."""
    with _opened(path) as book:
        if not 1 <= number <= len(book.sheets) or first_row < 1:
            raise NoSuchPage
        sheet = book.sheets[number - 1]
        with _rows_of(book, sheet) as pieces:
            return _window(book, sheet.name, pieces, first_row)


def row_words(path: Path) -> RowWords:
    """The texts of the cells of each row, sheet by sheet, up to a number of cells."""
    rows: list[tuple[int, int, str]] = []
    left, until_s = _COUNTED_CELLS, monotonic() + _COUNTED_S
    with _opened(path) as book:
        for number, sheet in enumerate(book.sheets, 1):
            with _rows_of(book, sheet) as pieces:
                head = next(pieces)[1]
                for some in _some(pieces):
                    for row in read_rows(book, head, some):
                        texts = [cell.text for cell in row.cells.values() if cell.text]
                        left -= len(row.cells)
                        if texts:
                            rows.append((number, row.number, BETWEEN_CELLS.join(texts)))
                    if left < 0 or monotonic() > until_s:
                        return RowWords(rows=tuple(rows), cut=True)
    return RowWords(rows=tuple(rows))


def _window(
    book: Workbook, name: str, pieces: Iterator[tuple[int, bytes]], first_row: int
) -> Sheet:
    head = next(pieces, (0, b""))[1]
    last_shown = first_row + ROWS - 1
    shown: dict[int, bytes] = {}
    following: int | None = None
    last, tail = 0, b""
    for number, piece in pieces:
        if first_row <= number <= last_shown:
            shown.setdefault(number, piece)  # of a number that comes again, the first
        elif number > last_shown:
            following = min(following or number, number)
        last, tail = max(last, number), piece
    return window_of(
        name,
        first_row,
        read_rows(book, head, list(shown.items())),
        ranges=merged_ranges(tail, first_row, last_shown),
        hidden=lambda columns: hidden_columns(head, columns),
        following=following,
        last=last,
    )


def _some(pieces: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    some: list[tuple[int, bytes]] = []
    for each in pieces:
        some.append(each)
        if len(some) == _ROWS_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


@contextmanager
def _rows_of(book: Workbook, sheet: SheetPart) -> Iterator[Iterator[tuple[int, bytes]]]:
    """The pieces of a sheet, its head first; of a sheet without cells only an empty head."""
    if not sheet.part or sheet.part not in book.archive.namelist():
        yield iter([(0, b"")])
        return
    try:
        stream = book.archive.open(sheet.part)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
        raise Unshowable("parse") from error
    with stream:
        pieces = row_pieces(as_utf8(stream))
        yield (each for each in pieces if each[0] <= LAST_ROW)


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    with opened_zip(path) as archive:
        yield Workbook(archive)
