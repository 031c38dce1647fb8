"""Tables as files: every cell is text, whatever it begins with."""

import csv
import io
from collections.abc import Iterator, Sequence

import openpyxl
import pytest

from documents.tables import CsvTableWriter, XlsxTableWriter
from records.ports.table_writer import TableWriter

HEADER = ("标题", "页数")
ROWS = [
    ('=HYPERLINK("http://x","y")', "3"),
    ("@SUM(A1)", "-5"),
    ('第一行\n第二行，“引号”"', ""),
    ("控制符\x0b", "半个\ud800"),
]


def written(writer: TableWriter, rows: Sequence[tuple[str, ...]]) -> bytes:
    return b"".join(writer.write("列表：a/b", HEADER, rows=iter(rows)))


@pytest.mark.feature("CX-06")
def test_a_sheet_holds_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(XlsxTableWriter(), ROWS))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 5
    assert sheet["A2"].value == ROWS[0][0]
    assert sheet["A4"].value == ROWS[2][0]


def test_a_sheet_has_a_title_that_office_programs_take_and_keeps_its_header_in_sight() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(XlsxTableWriter(), ROWS)))
    assert book.worksheets[0].title == "列表：a b"
    assert book.worksheets[0].freeze_panes == "A2"


@pytest.mark.feature("CX-06")
def test_a_csv_begins_with_its_mark_and_runs_nothing() -> None:
    text = written(CsvTableWriter(), ROWS[:3]).decode("utf-8")
    assert text.startswith("\ufeff标题,页数\r\n")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows[1] == [f"'{ROWS[0][0]}", "3"]
    assert rows[2] == ["'@SUM(A1)", "-5"], "a number may be negative"
    assert rows[3] == [ROWS[2][0], ""]


def test_rows_are_taken_as_they_are_written() -> None:
    taken = 0

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal taken
        for number in range(1_000):
            taken += 1
            yield (str(number), "")

    pieces = CsvTableWriter().write("a", HEADER, rows=rows())
    next(pieces)
    next(pieces)
    assert taken < 1_000
