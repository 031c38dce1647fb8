"""Lists of what is to be searched for: the first column of a sheet, or the lines of a text."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from openpyxl import load_workbook

from documents.people_files import BROKEN
from records.errors import Invalid

MOST = 2_000
"""Rows of one list."""


def read_query_file(path: Path) -> list[str]:
    """What each row asks for, an empty text for an empty row; no empty rows at the end.

    Raises Invalid: ``unreadable_query_file`` (with ``name`` and ``fault``), ``too_many_queries``.
    """
    try:
        read = _from_sheet if path.suffix.lower() in (".xlsx", ".xlsm") else _from_lines
        rows = list(islice(read(path), MOST + 1))
    except FileNotFoundError as error:
        raise _unreadable(path, "no_file") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "not_text") from error
    except OSError as error:
        raise _unreadable(path, "unreadable") from error
    except BROKEN as error:
        raise _unreadable(path, "not_xlsx") from error
    if len(rows) > MOST:
        raise Invalid("too_many_queries", name=path.name, most=MOST)
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise _unreadable(path, "no_rows")
    return rows


def _from_sheet(path: Path) -> Iterator[str]:
    """Formulas are what they last gave."""
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
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        yield " ".join(line.split())


def _unreadable(path: Path, fault: str) -> Invalid:
    return Invalid("unreadable_query_file", name=path.name, fault=fault)
