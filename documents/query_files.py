"""Lists of what is to be searched for: the first column of a table, or the lines of a text."""

import csv
import io
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from documents.people_files import BROKEN
from records.errors import Invalid
from records.queries.asked_rows import AskedRow, Unread

MOST = 2_000
"""Rows of one list."""

MOST_BYTES = 2_000_000
"""Of a text, and of a workbook as it is sent: 2,000 rows of 500 characters."""

MOST_UNPACKED = 50_000_000
"""Of all parts of a workbook together, as its directory tells; more is never unpacked of a part."""


_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file begins so (MS-CFB, 2.2): an old workbook, or a new one behind a password."""


_OTHER_FILES = (b"PK\x03\x04", _LOCKED, b"%PDF-")
"""What other files than texts begin with: an xlsb, an old workbook, a PDF."""


class _OtherFileError(Exception):
    """The file is none of those that are read here; `fault` is a word of languages.faults."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def read_query_file(path: Path, name: str = "") -> list[AskedRow]:
    """What each row asks for, an empty text for an empty row; no empty rows at the end.

    `name` is its own where it lies under another. Raises Invalid: ``unreadable_query_file`` (with
    ``name`` and ``fault``), ``too_many_queries``.
    """
    called = Path(name or path.name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Invalid("too_many_queries", name=called.name, most=MOST)
        read = _READERS.get(called.suffix.lower(), _from_lines)
        rows = list(islice(read(path), MOST + 1))
    except FileNotFoundError as error:
        raise _unreadable(called, "no_file") from error
    except UnicodeDecodeError as error:
        raise _unreadable(called, "no_text") from error
    except OSError as error:
        raise _unreadable(called, "unreadable") from error
    except _OtherFileError as error:
        raise _unreadable(called, error.fault) from error
    except BROKEN as error:
        raise _unreadable(called, "not_xlsx") from error
    if len(rows) > MOST:
        raise Invalid("too_many_queries", name=called.name, most=MOST)
    while rows and not rows[-1].words:
        rows.pop()
    if not rows:
        raise _unreadable(called, "no_rows")
    return rows


def _from_sheet(path: Path) -> Iterator[AskedRow]:
    """Formulas are what they last gave; the sheet is read twice, for one that gave nothing."""
    with path.open("rb") as file:
        if file.read(len(_LOCKED)) == _LOCKED:
            raise _OtherFileError("locked")
    with ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise Invalid("too_many_queries", name=path.name, most=MOST)
    with (
        closing(_first_column(path, stored=True)) as values,
        closing(_first_column(path, stored=False)) as written,
    ):
        for (value, kind), (formula, formula_kind) in zip(values, written, strict=True):
            if value is None and formula_kind == "f":
                yield AskedRow(_written(formula), Unread.FORMULA)
            elif kind == "e":
                yield AskedRow(str(value), Unread.FAULT)
            else:
                yield _asked(_in_words(value))


def _written(formula: object) -> str:
    """A formula as it stands in its cell; one of several cells has its text in itself."""
    return str(getattr(formula, "text", None) or (formula if isinstance(formula, str) else "="))


def _first_column(path: Path, *, stored: bool) -> Generator[tuple[object, str]]:
    """Value and type of each cell: what formulas gave, or as they are written."""
    with (
        path.open("rb") as file,
        closing(load_workbook(file, read_only=True, data_only=stored)) as book,
    ):
        for row in book.worksheets[0].iter_rows(max_col=1):
            yield (row[0].value, row[0].data_type) if row else (None, "n")


def _in_words(value: object) -> str:
    """Whole numbers without a point, days without an hour: as the sheet shows them."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return "" if value is None else str(value)


def _from_lines(path: Path) -> Iterator[AskedRow]:
    return map(_asked, _text(path).splitlines())


def _from_commas(path: Path) -> Iterator[AskedRow]:
    for row in csv.reader(io.StringIO(_text(path), newline="")):
        yield _asked(row[0] if row else "")


def _asked(text: str) -> AskedRow:
    return AskedRow(" ".join(text.split()))


def _text(path: Path) -> str:
    """Raises UnicodeDecodeError, for what is no text as well; _OtherFileError."""
    body = path.read_bytes()
    if body.startswith(_OTHER_FILES):
        raise _OtherFileError("not_xlsx")
    if (at := body.find(b"\0")) >= 0:
        raise UnicodeDecodeError("utf-8", body, at, at + 1, "no text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030")


_READERS = {".xlsx": _from_sheet, ".xlsm": _from_sheet, ".csv": _from_commas}


def _unreadable(path: Path, fault: str) -> Invalid:
    return Invalid("unreadable_query_file", name=path.name, fault=fault)
