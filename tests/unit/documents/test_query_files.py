"""Lists of what is to be searched for."""

from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from documents.query_files import MOST, read_query_file
from records.errors import Invalid
from records.queries.asked_rows import AskedRow, Unread
from tests.hostile.files import replace_member


def words(rows: list[AskedRow]) -> list[str]:
    return [row.words for row in rows]


def workbook(path: Path, *rows: str | float | datetime | None) -> Path:
    """A workbook whose first column holds these values."""
    book = Workbook()
    for number, value in enumerate(rows, 1):
        book.worksheets[0].cell(number, 1, value)
        book.worksheets[0].cell(number, 2, "另一列")
    book.save(path)
    return path


def test_rows_are_told_as_they_stand_and_empty_ones_keep_their_place(tmp_path: Path) -> None:
    day = datetime(2026, 1, 10)  # noqa: DTZ001 - a sheet knows no zone
    rows = ("某某有限公司", None, "渝府发〔2017〕12号", 2017, 12.0, " 两 词\n三 ", day)
    read = read_query_file(workbook(tmp_path / "list.xlsx", *rows))
    told = ["某某有限公司", "", "渝府发〔2017〕12号", "2017", "12", "两 词 三", "2026-01-10"]
    assert words(read) == told
    assert not any(row.unread for row in read)


def test_a_formula_without_a_stored_result_is_no_empty_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", "甲", "=A1&1", "乙", "=1+1")
    sheet = "xl/worksheets/sheet1.xml"
    body = ZipFile(path).read(sheet).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    replace_member(path, sheet, body)
    assert read_query_file(path) == [
        AskedRow("甲"),
        AskedRow("=A1&1", Unread.FORMULA),
        AskedRow("乙"),
        AskedRow("2"),
    ]


def test_a_formula_of_several_cells_is_told_as_it_is_written(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", "甲", "=A1&1")
    sheet = "xl/worksheets/sheet1.xml"
    body = ZipFile(path).read(sheet).replace(b"<f>A1", b'<f t="array" ref="A2:A3">A1')
    replace_member(path, sheet, body)
    assert read_query_file(path)[1] == AskedRow("=A1&1", Unread.FORMULA)


def test_a_formula_whose_result_is_a_fault_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", "甲", "#N/A")
    assert read_query_file(path)[1] == AskedRow("#N/A", Unread.FAULT)


def test_a_text_has_one_on_each_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\ufeff甲\n\n乙 丙\r\n\n", "utf-8")
    assert words(read_query_file(path)) == ["甲", "", "乙 丙"]


def test_no_more_rows_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("甲\n" * MOST, "utf-8")
    assert len(read_query_file(path)) == MOST
    path.write_text("甲\n" * (MOST + 1), "utf-8")
    with pytest.raises(Invalid) as refused:
        read_query_file(path)
    assert refused.value.reason == "too_many_queries"


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("list.xlsx", b"PK\x03\x04 no book", "not_xlsx"),
        ("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked"),
        ("list.txt", b"\xff\xfe\x00\x01", "no_text"),
        ("list.csv", b"\xff\xff\xff", "no_text"),
        ("list.txt", b"\n \n", "no_rows"),
        ("missing.txt", None, "no_file"),
        ("", None, "unreadable"),
    ],
)
def test_what_is_no_list_says_why(
    tmp_path: Path, name: str, content: bytes | None, fault: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        read_query_file(path)
    assert (refused.value.reason, refused.value.facts["fault"]) == ("unreadable_query_file", fault)


def test_tables_of_commas_and_old_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "kept-under-a-digest"
    path.write_bytes('"防汛, 应急",x\n\n信用'.encode("gb18030"))
    assert words(read_query_file(path, "清单.csv")) == ["防汛, 应急", "", "信用"]
    assert read_query_file(path, "清单.txt")[0].words == '"防汛, 应急",x'


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part in ("xl/sharedStrings.xml", "xl/workbook.xml"):
            with archive.open(part, "w") as file:
                for _ in range(30):
                    file.write(b" " * 1_000_000)
    with pytest.raises(Invalid) as refused:
        read_query_file(path)
    assert refused.value.reason == "too_many_queries"
