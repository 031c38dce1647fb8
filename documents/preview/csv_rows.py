"""Rows of a text of separated values, some at a time, as those of a sheet."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from documents.failing import NoSuchPage, Unshowable
from documents.preview.merged_cells import column_letters
from documents.preview.sheet_cells import MOST_CHARACTERS, MOST_COLUMNS
from documents.preview.sheet_window import ROWS
from notation.charset import decode
from records.preview import BETWEEN_CELLS, Cell, RowWords, Sheet, SheetRow

_MOST_BYTES = 64 << 20
_COUNTED_CELLS = 200_000
_LAST_LINE = _MOST_BYTES + 1
"""Beyond the last of any: each has a byte at least."""
_SAMPLE_LINES = 20
_SIGNS = ",\t;|"


def csv_rows(path: Path, first_row: int) -> Sheet:
    """At most 200 lines from this one on, counted from 1. Raises Unshowable, NoSuchPage."""
    if first_row < 1:
        raise NoSuchPage
    first_row = min(first_row, _LAST_LINE)
    lines = _lines(path)
    for _ in islice(lines, first_row - 1):
        pass
    shown = list(islice(lines, ROWS))
    columns = max((min(len(line), MOST_COLUMNS) for line in shown), default=0)
    rest = sum(1 for _ in lines)
    last = first_row - 1 + len(shown)
    return Sheet(
        name="",
        first_row=first_row,
        columns=tuple(column_letters(n) for n in range(1, columns + 1)),
        rows=tuple(
            SheetRow(number=number, cells=_cells(line, columns))
            for number, line in enumerate(shown, first_row)
        ),
        next_row=last + 1 if rest else None,
        last_row=last + rest if shown else 0,
        wider=any(len(line) > MOST_COLUMNS for line in shown),
    )


def csv_words(path: Path) -> RowWords:
    """The texts of the cells of each line, up to a number of cells."""
    rows: list[tuple[int, int, str]] = []
    left = _COUNTED_CELLS
    for number, line in enumerate(_lines(path), 1):
        left -= len(line)
        if left < 0:
            return RowWords(rows=tuple(rows), cut=True)
        words = BETWEEN_CELLS.join(text[:MOST_CHARACTERS] for text in line[:MOST_COLUMNS] if text)
        if words:
            rows.append((1, number, words))
    return RowWords(rows=tuple(rows))


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise Unshowable("too_large")
    text = decode(data)
    csv.field_size_limit(len(text) + 1)
    # Lines end in CR, LF or both; `splitlines` would break cells at U+2028, NEL, VT and FF too.
    sample = list(islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_separator(sample))
    except csv.Error as error:
        raise Unshowable("parse") from error


def _separator(lines: list[str]) -> str:
    """The sign that stands most often in the first lines; a comma where none does."""
    found = Counter(sign for line in lines for sign in line if sign in _SIGNS)
    return found.most_common(1)[0][0] if found else ","


def _cells(line: list[str], columns: int) -> tuple[Cell, ...]:
    given = [Cell(text=text[:MOST_CHARACTERS], number=_is_number(text)) for text in line[:columns]]
    return (*given, *(Cell() for _ in range(columns - len(given))))


def _is_number(text: str) -> bool:
    plain = text.strip().removesuffix("%").replace(",", "").lstrip("+-¥￥$")
    return plain.isascii() and plain.replace(".", "", 1).isdigit() and len(plain) < 16
