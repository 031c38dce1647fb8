"""Sheets of OpenDocument as they look."""

import zipfile
from pathlib import Path
from time import process_time

import pytest

from documents.failing import NoSuchPage, Unshowable
from documents.preview import open_sheets
from documents.preview.kind import Kind, kind_of
from documents.preview.open_sheets import open_row_words, open_sheet_names, open_sheet_rows
from records.preview import BETWEEN_CELLS, Sheet
from tests.hostile import samples

BOOK = """
<table:table table:name="经费" table:style-name="seen">
<table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-column table:number-columns-repeated="16382"/>
<table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"
 office:value-type="string"><text:p>2026年<text:span>经费</text:span><text:s text:c="2"/>表</text:p>
<office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row><table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row table:visibility="filter">
<table:table-cell office:value-type="float" office:value="0.253"><text:p>25.3%</text:p>
</table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-03-05">
<text:p>2026年3月5日</text:p></table:table-cell>
<table:table-cell table:formula="of:=[.A1]"/></table:table-row>
<table:table-row table:number-rows-repeated="300"><table:table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"
 table:number-columns-repeated="2"><text:p>甲</text:p><text:p>乙</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="1048271">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table>
<table:table table:name="藏" table:style-name="unseen"><table:table-row>
<table:table-cell>
<text:p>内<table:table><table:table-row>
<table:table-cell><text:p>深</text:p></table:table-cell>
</table:table-row></table:table></text:p></table:table-cell></table:table-row></table:table>
"""
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(path: Path, body: str, *, manifest: str = "<m/>") -> Path:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(
        f'xmlns:{short}="{space}{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"),
                            ("style", "style"))
    )  # fmt: skip
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("seen", "true"), ("unseen", "false"))
    )
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", MIMETYPE)
        out.writestr("META-INF/manifest.xml", manifest)
        out.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def texts(sheet: Sheet) -> dict[int, list[str]]:
    return {row.number: [cell.text for cell in row.cells] for row in sheet.rows}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return ods(tmp_path / "a.ods", BOOK)


@pytest.mark.feature("YP-06")
def test_cells_stand_as_the_file_says_they_look(book: Path) -> None:
    assert kind_of(book, "a.ods") is Kind.OPEN_SHEETS
    assert open_sheet_names(book) == (("经费", False), ("藏", True))
    sheet = open_sheet_rows(book, 1, 1)
    assert (sheet.name, sheet.columns, sheet.hidden_columns) == ("经费", ("A", "B", "C"), ("B",))
    head = sheet.rows[0].cells
    assert [(cell.text, cell.across, cell.down) for cell in head] == [("2026年经费  表", 3, 2)]
    assert texts(sheet)[3] == ["25.3%", "2026年3月5日", ""]
    percent, day, formula = sheet.rows[2].cells
    assert (percent.number, day.number, formula.missing) == (True, True, True)
    assert [row.hidden for row in sheet.rows] == [False, False, True]
    assert (sheet.next_row, sheet.last_row) == (304, 305)


@pytest.mark.feature("YP-06")
def test_rows_that_are_told_once_for_many_stand_each_at_its_number(book: Path) -> None:
    sheet = open_sheet_rows(book, 1, 305)
    assert (texts(sheet), sheet.next_row, sheet.last_row) == ({305: ["甲\n乙"] * 2}, None, 305)
    assert open_sheet_rows(book, 1, 400).rows == ()
    found = open_row_words(book).rows
    assert [(sheet, row) for sheet, row, _ in found] == [(1, 1), (1, 3), (1, 304), (1, 305), (2, 1)]
    assert found[1][2] == BETWEEN_CELLS.join(["25.3%", "2026年3月5日"])


@pytest.mark.feature("YP-06")
def test_a_table_within_a_cell_is_no_sheet(book: Path) -> None:
    assert texts(open_sheet_rows(book, 2, 1)) == {1: ["内 深 "]}
    with pytest.raises(NoSuchPage):
        open_sheet_rows(book, 3, 1)


def test_what_is_locked_or_broken_says_so(tmp_path: Path) -> None:
    locked = ods(tmp_path / "a", "", manifest="<m><encryption-data/></m>")
    with pytest.raises(Unshowable, match="encrypted"):
        open_sheet_names(locked)
    broken = ods(tmp_path / "b", "<table:table>")
    with pytest.raises(Unshowable, match="parse"):
        open_sheet_names(broken)


def test_counts_that_are_lies_cost_nothing(tmp_path: Path) -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="99999999999999999999">'
        '<table:table-cell table:number-columns-repeated="999999999"'
        ' table:number-rows-spanned="99999999"><text:p>多</text:p></table:table-cell>'
        "</table:table-row>"
    )
    path = ods(tmp_path / "a", f'<table:table table:name="甲">{rows * 3}</table:table>')
    sheet = open_sheet_rows(path, 1, 1)
    assert (len(sheet.rows), len(sheet.columns), sheet.wider) == (200, 100, True)
    assert open_row_words(path).cut


def test_of_a_large_sheet_only_the_rows_that_are_shown_are_read(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>单元</text:p></table:table-cell>'
    row = f"<table:table-row>{cell * 12}</table:table-row>"
    path = ods(tmp_path / "a", f'<table:table table:name="甲">{row * 15_000}</table:table>')
    began_s = process_time()
    assert open_sheet_names(path) == (("甲", False),)
    named_s = process_time()
    assert texts(open_sheet_rows(path, 1, 14_990)).keys() == set(range(14_990, 15_001))
    assert open_sheet_rows(path, 1, 1).next_row == 201
    assert named_s - began_s < 1.5
    assert process_time() - named_s < 4.0


def test_a_file_that_takes_too_long_says_so_before_its_worker_is_killed(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_NAMED_S", "_SHOWN_S", "_COUNTED_S"):
        monkeypatch.setattr(open_sheets, name, -1.0)
    with pytest.raises(Unshowable, match="timeout"):
        open_sheet_names(book)
    with pytest.raises(Unshowable, match="timeout"):
        open_sheet_rows(book, 1, 1)
    assert open_row_words(book).cut


def test_of_words_that_are_told_once_for_a_million_rows_no_more_than_so_many_are_counted(
    tmp_path: Path,
) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell>'
        f"<text:p>{'长' * 2_000}</text:p></table:table-cell></table:table-row>"
    )
    found = open_row_words(ods(tmp_path / "a", f'<table:table table:name="甲">{row}</table:table>'))
    assert found.cut
    assert 4_000_000 < sum(len(words) for _, _, words in found.rows) <= 5_000_000


def test_no_row_stands_behind_the_last_that_a_sheet_can_have(tmp_path: Path) -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/>'
        '</table:table-row><table:table-row table:number-rows-repeated="10">'
        "<table:table-cell><text:p>末</text:p></table:table-cell></table:table-row>"
    )
    path = ods(tmp_path / "a", f'<table:table table:name="甲">{rows}</table:table>')
    sheet = open_sheet_rows(path, 1, 1)
    assert (sheet.next_row, sheet.last_row) == (1_048_571, 1_048_576)
    assert len(open_sheet_rows(path, 1, 1_048_571).rows) == 6
    assert open_row_words(path).rows[-1] == (1, 1_048_576, "末")


def test_another_document_of_the_format_is_no_workbook(tmp_path: Path) -> None:
    path = samples.docx_plain(tmp_path / "a")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("mimetype", MIMETYPE)
    assert kind_of(path, "a.docx") is Kind.WORD
