"""The contract of `Previewer` for sheets: cells as they look, whatever the file claims."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import openpyxl
import pytest

from documents.preview.embedded_previewer import EmbeddedPreviewer
from records.errors import Invalid, NotFound
from records.ports.previewer import Previewer
from records.preview import BETWEEN_CELLS, Cell, PreviewKind, Sheet
from tests.hostile import files, samples

NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture(scope="module")
def previewer() -> Iterator[Previewer]:
    made = EmbeddedPreviewer(workers=1)
    yield made
    made.close()


def book(path: Path, fill: Callable[[Any], None]) -> Path:
    made = openpyxl.Workbook()
    fill(made.worksheets[0])
    made.save(path)
    return path


def raw_sheet(path: Path, xml: str | bytes) -> Path:
    """A workbook whose one sheet is written by hand."""
    book(path, lambda _: None)
    whole = path.with_suffix(".whole")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            made.writestr(name, xml if is_sheet else source.read(name))
    return whole.rename(path)


def shown(previewer: Previewer, path: Path, *, first_row: int = 1, sheet: int = 1) -> Sheet:
    return previewer.table(path, name="a.xlsx", sheet=sheet, first_row=first_row)


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


@pytest.mark.feature("YP-06")
def test_rows_of_a_sheet_come_200_at_a_time(previewer: Previewer, tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.title = "流水"
        for number in range(1, 252):
            sheet.append([number, f"第{number}行"])

    path = book(tmp_path / "a.xlsx", fill)
    assert previewer.outline(path, name="a.xlsx").names == ("流水",)
    first = shown(previewer, path)
    assert (len(first.rows), first.next_row, first.last_row) == (200, 201, 251)
    assert first.columns == ("A", "B")
    assert first.rows[0].cells == (Cell(text="1", number=True), Cell(text="第1行"))
    rest = shown(previewer, path, first_row=201)
    assert (len(rest.rows), rest.next_row, rest.rows[-1].number) == (51, None, 251)
    with pytest.raises(NotFound):
        shown(previewer, path, sheet=2)


@pytest.mark.feature("YP-06")
@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.253, "0.0%", "25.3%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (88.5, '"¥"#,##0.00', "¥88.50"),
        (date(2026, 3, 5), 'yyyy"年"m"月"d"日"', "2026年3月5日"),
        (datetime(2026, 3, 5, 14, 30), "yyyy-mm-dd hh:mm", "2026-03-05 14:30"),  # noqa: DTZ001
        (-5, "#,##0;[Red](#,##0)", "(5)"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "[DBNum2]0", "壹拾贰"),
        (7, '0" [broken', "7"),
    ],
)
def test_a_number_looks_as_its_format_says(
    previewer: Previewer, tmp_path: Path, value: object, code: str, text: str
) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = value
        sheet["A1"].number_format = code

    cell = shown(previewer, book(tmp_path / "a.xlsx", fill)).rows[0].cells[0]
    assert cell.number
    assert cell.text.startswith(text[:1]) if "broken" in code else cell.text == text


@pytest.mark.feature("YP-06")
def test_a_formula_without_a_result_says_so_and_one_with_a_result_shows_it(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = raw_sheet(
        tmp_path / "a.xlsx",
        f'<worksheet {NAMES}><sheetData><row r="1"><c r="A1"><f>SUM(1,2)</f></c>'
        '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>',
    )
    missing, two, empty, error = shown(previewer, path).rows[0].cells
    assert (missing.missing, missing.text) == (True, "")
    assert (two.missing, two.text) == (False, "2")
    assert empty == Cell()
    assert error.text == "#DIV/0!"


@pytest.mark.feature("YP-06")
def test_merged_cells_stand_over_their_neighbours(previewer: Previewer, tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "标题"
        for row in range(2, 5):
            for column in range(1, 4):
                sheet.cell(row, column, f"{row}{column}")
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B2:B4")

    rows = shown(previewer, book(tmp_path / "a.xlsx", fill)).rows
    assert rows[0].cells == (Cell(text="标题", across=3),)
    assert [cell.down for cell in rows[1].cells] == [1, 3, 1]
    assert [cell.text for cell in rows[2].cells] == ["31", "33"]


def test_merged_ranges_that_overlap_or_run_out_of_the_sheet_do_no_harm(
    previewer: Previewer, tmp_path: Path
) -> None:
    ranges = ("A1:B2", "B2:C3", "A3:XFD1048576", "C1:A1", "ZZZZ1:A2", "A0:B0", "A9:A8", "A1")
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{row}</v></c>' for letter in "ABC")
        + "</row>"
        for row in range(1, 5)
    )
    path = raw_sheet(
        tmp_path / "a.xlsx",
        f"<worksheet {NAMES}><sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells>"
        "</worksheet>",
    )
    rows = shown(previewer, path).rows
    width = [[0] * 3 for _ in rows]
    for top, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while width[top][column]:
                column += 1
            for down in range(cell.down):
                for across in range(cell.across):
                    width[top + down][column + across] += 1
    assert width == [[1] * 3] * 4


def full_rows(count: int) -> str:
    """Rows whose first and hundredth cells hold something."""
    cells = "<row r='{0}'><c r='A{0}'><v>1</v></c><c r='CV{0}'><v>1</v></c></row>"
    return "".join(cells.format(row) for row in range(1, count + 1))


def test_ranges_that_claim_the_same_cells_again_and_again_are_left_out(
    previewer: Previewer, tmp_path: Path
) -> None:
    for count, unmerged in ((1, False), (100_000, True)):
        path = raw_sheet(
            tmp_path / "a.xlsx",
            f"<worksheet {NAMES}><sheetData>{full_rows(200)}</sheetData><mergeCells>"
            + '<mergeCell ref="A1:CV200"/>' * count
            + "</mergeCells></worksheet>",
        )
        found = shown(previewer, path)
        assert found.unmerged is unmerged
        assert (found.rows[0].cells[0].across, found.rows[0].cells[0].down) == (100, 200)


def test_of_rows_that_bear_one_number_the_first_is_shown(
    previewer: Previewer, tmp_path: Path
) -> None:
    more = "".join(f'<row r="1"><c r="A1"><v>{n}</v></c></row>' for n in range(1_000_000))
    path = raw_sheet(
        tmp_path / "a.xlsx",
        f"<worksheet {NAMES}><sheetData><row r='1'><c r='A1'><v>1</v></c></row>{more}"
        "</sheetData></worksheet>",
    )
    assert texts(shown(previewer, path)) == [["1"]]


@pytest.mark.feature("YP-06")
def test_what_a_sheet_hides_is_shown_and_told(previewer: Previewer, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in range(1, 4):
        sheet.append([f"甲{row}", f"乙{row}"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    made.create_sheet("底稿").sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    found = shown(previewer, tmp_path / "a.xlsx")
    assert [row.hidden for row in found.rows] == [False, True, False]
    assert found.hidden_columns == ("B",)
    assert texts(found)[1] == ["甲2", "乙2"]
    outline = previewer.outline(tmp_path / "a.xlsx", name="a.xlsx")
    assert (outline.names[1], outline.hidden) == ("底稿", (2,))


def test_an_empty_sheet_has_no_rows(previewer: Previewer, tmp_path: Path) -> None:
    found = shown(previewer, book(tmp_path / "a.xlsx", lambda _: None))
    assert (found.rows, found.columns, found.next_row) == ((), (), None)


def test_two_far_cells_are_a_step_from_each_other(previewer: Previewer, tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    files.xlsx_with_two_far_cells(path)
    near = shown(previewer, path)
    assert texts(near)[0][0] == "1"
    assert len(near.rows) == 1
    assert near.next_row
    far = shown(previewer, path, first_row=near.next_row)
    assert far.wider or far.rows


def test_a_sheet_of_16384_columns_shows_its_first_hundred(
    previewer: Previewer, tmp_path: Path
) -> None:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(1, 16_385))
    path = raw_sheet(
        tmp_path / "a.xlsx",
        f'<worksheet {NAMES}><cols><col min="1" max="16384" hidden="1"/></cols><sheetData>'
        f"<row>{cells}</row></sheetData></worksheet>",
    )
    found = shown(previewer, path)
    assert (len(found.columns), found.columns[-1], found.wider) == (100, "CV", True)
    assert len(found.hidden_columns) == 100


@pytest.mark.feature("YP-06")
def test_the_last_of_a_million_rows_is_shown_within_seconds(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>甲</v></c></row>'
        for n in range(1, 1_000_001)
    )
    raw_sheet(path, f"<worksheet {NAMES}><sheetData>{rows}</sheetData></worksheet>")
    begun = monotonic()
    found = shown(previewer, path, first_row=999_801)
    assert (len(found.rows), found.rows[-1].cells[0].text) == (200, "1000000")
    assert found.last_row == 1_000_000
    assert monotonic() - begun < 15


@pytest.mark.feature("SS-03")
def test_the_words_of_all_rows_are_told_sheet_by_sheet(
    previewer: Previewer, tmp_path: Path
) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(["防汛", 0.5])
    made.worksheets[0]["B1"].number_format = "0%"
    second = made.create_sheet("二")
    second["A300"] = "抗旱"
    made.save(tmp_path / "a.xlsx")
    found = previewer.words(tmp_path / "a.xlsx", name="a.xlsx")
    assert found.rows == ((1, 1, f"防汛{BETWEEN_CELLS}50%"), (2, 300, "抗旱"))
    assert not found.cut


@pytest.mark.parametrize(
    "xml",
    [
        f"<worksheet {NAMES}><sheetData><row r='1'><c r='A1'><v>1</v></c></sheetData>",
        "<sheet><row r='1'/></sheet>",
        (
            f"<!DOCTYPE x [<!ENTITY e 'boom'>]><worksheet {NAMES}><sheetData>"
            "<row r='1'><c t='str'><v>&e;</v></c></row></sheetData></worksheet>"
        ),
    ],
)
def test_a_broken_sheet_is_unreadable(previewer: Previewer, tmp_path: Path, xml: str) -> None:
    path = raw_sheet(tmp_path / "a.xlsx", xml)
    with pytest.raises(Invalid):
        shown(previewer, path)


@pytest.mark.feature("YP-06")
@pytest.mark.parametrize("charset", ["UTF-8", "GBK", "UTF-16"])
def test_a_sheet_is_read_in_the_charset_that_it_declares(
    previewer: Previewer, tmp_path: Path, charset: str
) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{charset}"?><worksheet {NAMES}><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>甲乙丙</t></is></c></row></sheetData></worksheet>'
    )
    path = raw_sheet(tmp_path / "a.xlsx", xml.encode(charset))
    assert texts(shown(previewer, path)) == [["甲乙丙"]]
    assert previewer.words(path, name="a.xlsx").rows == ((1, 1, "甲乙丙"),)


def test_a_sheet_in_a_charset_that_no_office_writes_is_unreadable(
    previewer: Previewer, tmp_path: Path
) -> None:
    xml = f'<?xml version="1.0" encoding="rot13"?><worksheet {NAMES}><sheetData/></worksheet>'
    with pytest.raises(Invalid):
        shown(previewer, raw_sheet(tmp_path / "a.xlsx", xml))


def test_numbers_of_rows_and_cells_may_be_left_out(previewer: Previewer, tmp_path: Path) -> None:
    path = raw_sheet(
        tmp_path / "a.xlsx",
        f"<x:worksheet {NAMES.replace('xmlns', 'xmlns:x')}><x:sheetData><x:row><x:c><x:v>1</x:v>"
        "</x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>",
    )
    assert texts(shown(previewer, path)) == [["1", "2"], ["3", ""]]


@pytest.mark.feature("YP-06")
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_separated_values_are_a_table_in_any_charset(
    previewer: Previewer, tmp_path: Path, charset: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('单位;金额\n"市政府办公室;一科";"1,200.50"\n'.encode(charset))
    assert previewer.outline(path, name="a.csv").kind is PreviewKind.TABLE
    found = previewer.table(path, name="a.csv", sheet=1, first_row=1)
    assert texts(found) == [["单位", "金额"], ["市政府办公室;一科", "1,200.50"]]
    assert found.rows[1].cells[1].number
    assert previewer.words(path, name="a.csv").rows[1][2].startswith("市政府办公室;一科")


def test_lines_of_separated_values_end_where_files_end_them(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("甲\u2028乙,1\r\n丙\x0b丁\x85,2\r戊\x0c,3\n".encode())
    found = previewer.table(path, name="a.csv", sheet=1, first_row=1)
    assert [cell for _, cell in texts(found)] == ["1", "2", "3"]
    assert previewer.table(path, name="a.csv", sheet=1, first_row=10**40).rows == ()


@pytest.mark.feature("YP-06")
def test_a_workbook_before_2007_looks_like_one_of_today(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = samples.xls_of_excel_97(tmp_path / "a.xls")
    outline = previewer.outline(path, name="a.xls")
    assert (outline.kind, outline.names, outline.hidden) == (
        PreviewKind.TABLE,
        ("经费", "底稿"),
        (2,),
    )
    found = previewer.table(path, name="a.xls", sheet=1, first_row=1)
    assert found.rows[0].cells == (Cell(text="执行情况", across=2),)
    assert found.rows[1].cells == (Cell(text="水泵"), Cell(text="25.3%", number=True))
    assert [row.hidden for row in found.rows] == [False, False, True]
    assert (found.last_row, found.next_row) == (3, None)
    words = previewer.words(path, name="a.xls").rows
    assert words[1:] == (
        (1, 2, f"水泵{BETWEEN_CELLS}25.3%"),
        (1, 3, "隐藏的行"),
        (2, 1, "底稿内容"),
    )
    with pytest.raises(NotFound):
        previewer.table(path, name="a.xls", sheet=3, first_row=1)


@pytest.mark.parametrize("cut", [10, 60, 200, 330])
def test_a_workbook_before_2007_that_breaks_off_does_no_harm(
    previewer: Previewer, tmp_path: Path, cut: int
) -> None:
    path = samples.xls_of_excel_97(tmp_path / "a.xls")
    path.write_bytes(path.read_bytes()[:cut])
    outline = previewer.outline(path, name="a.xls")
    assert outline.kind in (PreviewKind.TABLE, PreviewKind.TEXT)
    if outline.kind is PreviewKind.TABLE:
        previewer.table(path, name="a.xls", sheet=1, first_row=1)


def test_what_is_only_called_a_workbook_is_shown_by_its_text(
    previewer: Previewer, tmp_path: Path
) -> None:
    for name, body in (("a.xls", b"<html><table>"), ("b.et", b"\xd0\xcf\x11\xe0" + bytes(600))):
        (tmp_path / name).write_bytes(body)
        assert previewer.outline(tmp_path / name, name=name).kind is PreviewKind.TEXT


def test_an_empty_text_of_values_has_no_rows(previewer: Previewer, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert previewer.table(tmp_path / "a.csv", name="a.csv", sheet=1, first_row=1).rows == ()


def test_a_spreadsheet_is_shown_whatever_its_path_is_called(
    previewer: Previewer, tmp_path: Path
) -> None:
    blob = samples.xlsx(tmp_path / "a.xlsx").rename(tmp_path / "e3b0c442")
    sheet = previewer.table(blob, name="台账.xlsx", sheet=1, first_row=1)
    assert any(cell.text for row in sheet.rows for cell in row.cells)
