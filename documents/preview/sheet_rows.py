"""Rows of a workbook as shown, some at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from documents.failing import NoSuchPage, Unshowable
from records.preview import Sheet

ROWS = 200
_MOST_COLUMNS = 100
_MOST_CHARACTERS = 2_000
"""Of one cell."""


def sheet_names(path: Path) -> tuple[str, ...]:
    """The visible sheets, in order. Raises Unshowable."""
    with _opened(path) as book:
        return tuple(sheet.title for sheet in _visible(book))


def sheet_rows(path: Path, number: int, first_row: int) -> Sheet:
    """At most 200 rows of a sheet, both counted from 1; values as last computed, no formulas."""
    with _opened(path) as book:
        sheets = _visible(book)
        if not 1 <= number <= len(sheets) or first_row < 1:
            raise NoSuchPage
        try:
            return _rows(sheets[number - 1], first_row)
        except MemoryError:
            raise
        except Exception as error:
            raise Unshowable("parse") from error


def _rows(sheet: Any, first_row: int) -> Sheet:
    # A workbook may claim a million columns for two cells.
    rows = sheet.iter_rows(
        min_row=first_row, max_row=first_row + ROWS, max_col=_MOST_COLUMNS, values_only=True
    )
    given = [_texts(row) for row in islice(rows, ROWS + 1)]
    return Sheet(
        name=sheet.title,
        first_row=first_row,
        rows=tuple(given[:ROWS]),
        more=len(given) > ROWS,
    )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook; opened as a stream, since openpyxl looks at the endings of names."""
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:
            raise Unshowable("parse") from error
        try:
            yield book
        finally:
            book.close()


def _visible(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _texts(row: tuple[Any, ...]) -> tuple[str, ...]:
    texts = [_text(value) for value in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S")
    return str(value)[:_MOST_CHARACTERS]
