"""Rows of a workbook as shown, some at a time."""

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
    book = _opened(path)
    try:
        return tuple(sheet.title for sheet in _visible(book))
    finally:
        book.close()


def sheet_rows(path: Path, number: int, first_row: int) -> Sheet:
    """At most 200 rows of a sheet, both counted from 1; values as last computed, no formulas."""
    book = _opened(path)
    try:
        sheets = _visible(book)
        if not 1 <= number <= len(sheets) or first_row < 1:
            raise NoSuchPage
        sheet = sheets[number - 1]
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
    except (NoSuchPage, MemoryError):
        raise
    except Exception as error:
        raise Unshowable("parse") from error
    finally:
        book.close()


def _opened(path: Path) -> Any:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:
        raise Unshowable("parse") from error


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
