"""Text of xlsx."""

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from records.text import ExtractionStatus
from tests.hostile import files, office, samples
from tests.hostile.office import RELATED, SHEET
from tests.reading import read, words


def pages(path: Path) -> dict[int | None, str]:
    found = read(path)
    assert (found.status.value, found.reason) == ("ok", None)
    return {page.page: page.text for page in found.parts[0].pages}


def workbook(
    path: Path,
    sheet: str,
    *,
    strings: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Path:
    """A workbook of one sheet, whose XML is given; `kinds` from the sheet's folder."""
    root = f'xmlns="{SHEET}" xmlns:r="{RELATED}"'
    book = f'<workbook {root}><sheets><sheet name="表" r:id="s"/></sheets></workbook>'
    told = [("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "strings.xml")]
    refers = [(f"r{n}", kind, name) for n, (name, kind) in enumerate((kinds or {}).items())]
    return office.package(
        path,
        "xl/workbook.xml",
        {
            "xl/workbook.xml": book,
            "xl/strings.xml": f"<sst {root}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {root}>{sheet}</worksheet>",
            **{f"xl/worksheets/{name}": body for name, body in (parts or {}).items()},
        },
        {"xl/workbook.xml": told, "xl/worksheets/sheet1.xml": refers},
    )


def test_days_and_shares_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    day = date(2017, 3, 5)
    shown: tuple[tuple[date | float, str], ...] = (
        (day, "yyyy-mm-dd"),
        (day, 'yyyy"年"m"月"d"日"'),
        (0.125, "0.0%"),
    )
    for at, (value, code) in enumerate(shown, 1):
        sheet.cell(1, at, value).number_format = code
    book.save(tmp_path / "a.xlsx")
    assert pages(tmp_path / "a.xlsx")[1] == "Sheet\n2017-03-05\t2017年3月5日\t12.5%\t"


def test_every_sheet_is_a_page_with_its_name_hidden_ones_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "经费"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "藏着的话"
    hidden.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    found = pages(tmp_path / "a.xlsx")
    assert (found[1], found[2]) == ("经费", "底稿\n藏着的话\t")


def test_comments_headers_and_charts_stand_with_their_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["月份", "雨量"])
    sheet.append(["七月", 300])
    sheet["A1"].comment = Comment("请核对", "李四")
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "内部资料"
    sheet.oddHeader.center.font = "宋体,Bold"
    chart = BarChart()
    chart.title = "全年雨量"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    sheet.add_chart(chart)
    book.create_sheet("二")
    book.save(tmp_path / "a.xlsx")
    found = pages(tmp_path / "a.xlsx")
    for word in ("请核对", "内部资料", "全年雨量"):
        assert word in found[1]
        assert word not in found[2]
    assert "宋体" not in found[1]


def test_each_sort_of_cell_is_read(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c>'
        '<c t="inlineStr"><is><t>内联</t><rPh><t>うち</t></rPh></is></c>'
        '<c t="str"><f>A1</f><v>公式的值</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'
        '<c t="s"><v>9</v></c><c t="s"><v>x</v></c><c><f>1+1</f></c><c s="7"><v>3.5</v></c></row>'
        "</sheetData>"
    )
    strings = "<si><r><t>共</t></r><r><t>享</t></r><rPh><t>ともに</t></rPh></si>"
    path = workbook(tmp_path / "a.xlsx", sheet, strings=strings)
    assert pages(path)[1].split() == ["表", "共享", "内联", "公式的值", "TRUE", "#N/A", "3.5"]


def test_threaded_comments_text_boxes_and_embedded_files_are_read(tmp_path: Path) -> None:
    box = office.element("a:wsDr", "<a:sp><a:p><a:r><a:t>框内</a:t></a:r></a:p></a:sp>")
    parts: dict[str, str | bytes] = {
        "thread.xml": "<a><threadedComment><text>讨论</text></threadedComment></a>",
        "drawing.xml": box,
        "list.txt": "沙袋".encode(),
    }
    kinds = {"thread.xml": "threadedComment", "drawing.xml": "drawing", "list.txt": "package"}
    found = read(workbook(tmp_path / "a.xlsx", "<sheetData/>", parts=parts, kinds=kinds))
    assert words(found.parts[0]).split() == ["表", "讨论", "框内"]
    assert [(part.path, words(part)) for part in found.parts[1:]] == [("list.txt", "沙袋")]


def test_a_workbook_that_counts_days_from_1904_is_told_apart(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = date(2017, 3, 5)
    path = tmp_path / "a.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        told = archive.read("xl/workbook.xml").decode()
    more = '<extLst><ext><x:workbookPr xmlns:x="x"/></ext></extLst></workbook>'
    extended = told.replace("</workbook>", more)
    files.replace_member(path, "xl/workbook.xml", extended.encode())
    assert "2017-03-05" in pages(path)[1]


def test_a_broken_sheet_costs_no_other_and_is_told(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "a.xlsx", "<sheetData><row><c><v>7</v></c></row>"))
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert words(found.parts[0]).split() == ["表", "7"]


def test_more_shared_strings_than_are_held_are_told(tmp_path: Path) -> None:
    sheet = '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>20</v></c></row></sheetData>'
    strings = "<si><t>第一</t></si>" + f"<si><t>{'长' * 1_000_000}</t></si>" * 20
    found = read(workbook(tmp_path / "a.xlsx", sheet, strings=strings))
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "too_long")
    assert words(found.parts[0]).split() == ["表", "第一"]


def test_a_sheet_with_very_many_links_keeps_its_comments(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        "<sheetData/>",
        parts={"comments.xml": "<comments><comment><text><t>批注</t></text></comment></comments>"},
        kinds={"comments.xml": "comments"},
    )
    link = '<Relationship Id="l{}" Type="hyperlink" TargetMode="External" Target="http://a/{}"/>'
    links = "".join(link.format(n, "x" * 100) for n in range(60_000))
    with zipfile.ZipFile(path) as archive:
        told = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    told = told.replace("<Relationship ", f"{links}<Relationship ", 1)
    assert len(told) > 8 << 20
    files.replace_member(path, "xl/worksheets/_rels/sheet1.xml.rels", told.encode())
    assert "批注" in pages(path)[1]


@pytest.mark.parametrize("broken", ["xl/worksheets/_rels/sheet1.xml.rels", "_rels/.rels"])
def test_broken_relations_are_told_and_keep_no_cell_out(tmp_path: Path, broken: str) -> None:
    path = workbook(tmp_path / "a.xlsx", "<sheetData><row><c><v>7</v></c></row></sheetData>")
    files.replace_member(path, broken, b"<no xml")
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert words(found.parts[0]).split() == ["表", "7"]


def test_a_module_among_the_sheets_is_no_loss(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "<sheetData/>")
    with zipfile.ZipFile(path) as archive:
        told = archive.read("xl/workbook.xml").decode()
    extended = told.replace("</sheets>", '<sheet name="Module1" r:id=""/></sheets>')
    files.replace_member(path, "xl/workbook.xml", extended.encode())
    assert pages(path) == {1: "表", 2: "Module1"}


def test_a_sheet_that_is_named_but_not_there_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "")
    rest = samples.relations(("t", "sharedStrings", "strings.xml"))
    files.replace_member(path, "xl/_rels/workbook.xml.rels", rest.encode())
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert words(found.parts[0]) == "表"
