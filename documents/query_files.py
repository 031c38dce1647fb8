"""Lists of what is to be searched for: the first column of a table, or the lines of a text."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from documents.people_files import BROKEN
from records.errors import Invalid

MOST = 2_000
"""Rows of one list."""

MOST_BYTES = 2_000_000
"""Of a text, and of a workbook as it is sent: 2,000 rows of 500 characters."""

MOST_UNPACKED = 50_000_000
"""Of all parts of a workbook together, as its directory tells; more is never unpacked of a part."""


def read_query_file(path: Path, name: str = "") -> list[str]:
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
    except BROKEN as error:
        raise _unreadable(called, "not_xlsx") from error
    if len(rows) > MOST:
        raise Invalid("too_many_queries", name=called.name, most=MOST)
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise _unreadable(called, "no_rows")
    return rows


def _from_sheet(path: Path) -> Iterator[str]:
    """Formulas are what they last gave."""
    with ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise Invalid("too_many_queries", name=path.name, most=MOST)
    with (
        path.open("rb") as file,
        closing(load_workbook(file, read_only=True, data_only=True)) as book,
    ):
        for row in book.worksheets[0].iter_rows(max_col=1, values_only=True):
            value = row[0] if row else None
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            yield "" if value is None else " ".join(str(value).split())


def _from_lines(path: Path) -> Iterator[str]:
    for line in _text(path).splitlines():
        yield " ".join(line.split())


def _from_commas(path: Path) -> Iterator[str]:
    for row in csv.reader(io.StringIO(_text(path), newline="")):
        yield " ".join(row[0].split()) if row else ""


def _text(path: Path) -> str:
    """Raises UnicodeDecodeError, for what is no text as well."""
    body = path.read_bytes()
    if (at := body.find(b"\0")) >= 0:
        raise UnicodeDecodeError("utf-8", body, at, at + 1, "no text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030")


_READERS = {".xlsx": _from_sheet, ".xlsm": _from_sheet, ".csv": _from_commas}


def _unreadable(path: Path, fault: str) -> Invalid:
    return Invalid("unreadable_query_file", name=path.name, fault=fault)
