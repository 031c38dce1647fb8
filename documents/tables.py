"""Tables as CSV and XLSX, written row by row."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_ROWS_AT_ONCE = 200
_PIECE_BYTES = 1 << 18
_CELL_LENGTH = 32_767
"""Characters of a cell (ECMA-376 as Excel reads it); the rest of a longer text is left out."""

_TITLE_LENGTH = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9.,]+")


class CsvTableWriter:
    """Implements `records.ports.table_writer.TableWriter`: RFC 4180, UTF-8 with a mark.

    Office programs take UTF-8 for something else without the mark, and run what begins like a
    formula: an apostrophe before it keeps it text (OWASP, CSV injection).
    """

    suffix = "csv"
    media_type = "text/csv; charset=utf-8"

    def write(
        self,
        title: str,  # noqa: ARG002 - there is no place for one
        header: Sequence[str],
        *,
        rows: Iterable[Sequence[str]],
    ) -> Iterator[bytes]:
        """As the port says; the title stands nowhere."""
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(header)
        yield "\ufeff".encode()
        for number, row in enumerate(rows, 1):
            table.writerow([_harmless(cell) for cell in row])
            if number % _ROWS_AT_ONCE == 0:
                yield _taken(text)
        yield _taken(text)


class XlsxTableWriter:
    """Implements `records.ports.table_writer.TableWriter`: one sheet, its header kept in sight.

    The whole file is written to a temporary one before its first byte is given.
    """

    suffix = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(
        self, title: str, header: Sequence[str], *, rows: Iterable[Sequence[str]]
    ) -> Iterator[bytes]:
        """As the port says; the title is that of the sheet."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:_TITLE_LENGTH] or "1")
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, text) for text in header])
        for row in rows:
            sheet.append([_cell(sheet, text) for text in row])
        with tempfile.TemporaryFile() as file:
            book.save(file)
            file.seek(0)
            while piece := file.read(_PIECE_BYTES):
                yield piece


def _cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    whole = ILLEGAL_CHARACTERS_RE.sub("", text).encode(errors="replace").decode()
    cell = WriteOnlyCell(sheet, whole[:_CELL_LENGTH])
    cell.data_type = "s"  # else a text that begins with = is a formula
    return cell


def _harmless(text: str) -> str:
    whole = text.encode(errors="replace").decode()
    is_run = whole.startswith(_LIKE_FORMULA) and not _NUMBER.fullmatch(whole)
    return f"'{whole}" if is_run else whole


def _taken(text: io.StringIO) -> bytes:
    taken = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return taken
