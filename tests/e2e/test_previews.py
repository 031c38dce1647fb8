"""Previews in the browser: steps, what is looked for, pages in small, tiles of the drive."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from playwright.sync_api import FrameLocator, Page, expect

from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned
from tests.hostile import samples
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


def uploaded(page: Page, file: Path) -> None:
    """One record that holds the file; its page."""
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(file)
    page.get_by_role("button", name="开始上传").click()
    page.locator(".upload-list a.file-name").click()
    expect(page).to_have_url(re.compile("/records/[0-9A-Z]{26}"))


def sought(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="在本文件中查找").fill(words)
    page.get_by_role("button", name="查找", exact=True).click()
    expect(page).to_have_url(re.compile("find="))


@pytest.mark.feature("SS-03", "YP-06")
def test_words_are_looked_for_in_a_pdf_and_walked_with_the_keyboard(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    words = tuple(f"第{n}页防汛与防汛" if n % 10 == 0 else f"第{n}页" for n in range(1, 41))
    uploaded(page, samples.pdf(tmp_path / "汇编.pdf", pages=words))
    sought(page, "防汛")
    told = page.locator("[data-place-of]")
    expect(told).to_have_text("第 1 / 8 处")
    expect(page.locator(".mark-at")).to_be_in_viewport()
    page.keyboard.press("n")
    expect(told).to_have_text("第 2 / 8 处")
    page.keyboard.press("n")
    expect(told).to_have_text("第 3 / 8 处")
    expect(page.get_by_label("第")).to_have_value("20")
    expect(page.locator(".page-strip [aria-current]")).to_be_in_viewport()
    small = page.locator(".page-strip [aria-current] img")
    expect(small).to_have_js_property("complete", value=True)
    assert small.evaluate("image => image.naturalWidth") > 0
    page.get_by_role("link", name="上一处").click()
    expect(told).to_have_text("第 2 / 8 处")
    page.get_by_role("spinbutton").fill("33")
    page.get_by_role("spinbutton").press("Enter")
    expect(page.locator(".sheet-text")).to_contain_text("第33页")
    page.get_by_role("link", name="150%").click()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".sheet-zoomed")).to_be_visible()
    assert conftest.serious_faults(page) == []


@pytest.mark.feature("SS-03", "YP-06")
def test_a_workbook_is_read_sheet_by_sheet_on_a_phone_too(enter: Enter, tmp_path: Path) -> None:
    page = enter("drafter")
    book = openpyxl.Workbook()
    for number in range(1, 301):
        book.worksheets[0].append([number, 0.253, "防汛物资" if number == 250 else "其他"])
        book.worksheets[0].cell(number, 2).number_format = "0.0%"
    book.create_sheet("汇总")["A1"] = "防汛合计"
    book.save(tmp_path / "台账.xlsx")
    uploaded(page, tmp_path / "台账.xlsx")
    expect(page.get_by_role("columnheader", name="C")).to_be_visible()
    expect(page.get_by_role("cell", name="25.3%").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    sought(page, "防汛")
    expect(page.locator("td .mark-at")).to_be_in_viewport()
    page.get_by_role("link", name="下一处").click()
    expect(page.get_by_role("link", name="汇总")).to_have_attribute("aria-current", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert conftest.serious_faults(page) == []


@pytest.mark.feature("YP-06")
def test_words_are_marked_in_a_document_drawn_as_it_looks(enter: Enter, tmp_path: Path) -> None:
    page = enter("drafter")
    document = Document()
    for number in range(60):
        paragraph = document.add_paragraph(f"第{number}段，防")
        paragraph.add_run("汛").bold = True
    document.save(str(tmp_path / "长文.docx"))
    uploaded(page, tmp_path / "长文.docx")
    sought(page, "防汛")
    page.get_by_role("button", name="原样式").click()
    frame = page.frame_locator(".original iframe")
    expect(frame.locator('mark[data-place="59"]')).to_have_count(2)
    for _ in range(3):
        page.get_by_role("link", name="上一处").click()
    expect(page.locator("[data-place-of]")).to_have_text("第 58 / 60 处")
    expect(frame.locator('mark[data-place="57"]').first).to_be_in_viewport()


@pytest.mark.feature("YP-06")
def test_the_drive_is_looked_at_in_tiles(enter: Enter, tmp_path: Path) -> None:
    page = enter("drafter")
    page.goto("/drive")
    page.get_by_role("link", name="上传到此处").click()
    page.locator("#upload-files").set_input_files(samples.pdf(tmp_path / "汇编.pdf"))
    page.get_by_role("button", name="开始上传").click()
    expect(page.locator(".upload-list a.file-name")).to_be_visible()
    page.goto("/drive")
    page.get_by_role("link", name="缩略图").click()
    small = page.locator(".drive-tiles .thumb img")
    expect(small).to_have_js_property("complete", value=True)
    assert small.evaluate("image => image.naturalWidth") > 0
    page.reload()
    expect(page.locator(".drive-tiles .drive-row")).to_have_count(1)
    assert conftest.serious_faults(page) == []


def paper(path: Path, *, of: str) -> Path:
    """A letterhead with a drawn line, moved text, an own style of all paragraphs, page numbers."""
    document = Document()
    document.styles["Normal"].font.size = Pt(16)
    spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    issuer = document.add_paragraph(of)
    issuer._p.get_or_add_pPr().append(parse_xml(f'<w:jc {spaces} w:val="distribute"/>'))
    line = (
        f'<w:r {spaces}><w:pict><v:shape type="#_x0000_t32" strokecolor="red" strokeweight="2pt" '
        'style="position:absolute;margin-top:30pt;width:400pt;height:0"/></w:pict></w:r>'
    )
    issuer._p.append(parse_xml(line))
    by = 'w:id="1" w:author="甲" w:date="2026-11-30T08:00:00Z"'
    moved = document.add_paragraph()
    for name, text in (("moveTo", "搬来的话"), ("moveFrom", "搬走的话")):
        run = f"<w:{name} {spaces} {by}><w:r><w:t>{text}</w:t></w:r></w:{name}>"
        moved._p.append(parse_xml(run))
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    number = f'<w:fldSimple {spaces} w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    document.sections[0].footer.paragraphs[0]._p.append(parse_xml(number))
    document.save(str(path))
    return path


@pytest.mark.feature("YP-06")
def test_a_paper_is_drawn_as_word_would_where_the_library_does_not(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    uploaded(page, paper(tmp_path / "红头.docx", of="渝州市局"))
    page.get_by_role("button", name="原样式").click()
    frame = page.frame_locator(".original iframe")
    issuer = frame.locator("p", has_text="渝州市局")
    expect(issuer).to_have_css("text-align-last", "justify")
    expect(issuer.locator("span").first).to_have_css("font-size", "21.3333px")
    expect(issuer.locator("svg line")).to_have_attribute("stroke", "red")
    expect(issuer.locator("svg")).to_be_visible()
    expect(frame.locator("footer")).to_have_text(["1", "2"])
    expect(frame.get_by_text("搬来的话")).to_be_visible()
    expect(frame.get_by_text("搬走的话")).to_have_count(0)


def numbered(footer: BaseOxmlElement, *, page: str, pages: str) -> None:
    """Both numbers as they were saved: one field in one element, the other in several runs."""
    w = nsdecls("w")
    footer.append(
        parse_xml(f'<w:fldSimple {w} w:instr="PAGE"><w:r><w:t>{page}</w:t></w:r></w:fldSimple>')
    )
    for inner in (
        '<w:t xml:space="preserve"> / </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> NUMPAGES  \\* MERGEFORMAT </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{pages}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        footer.append(parse_xml(f"<w:r {w}>{inner}</w:r>"))


def a_document(text: str) -> WordDocument:
    """One paragraph."""
    document = Document()
    document.add_paragraph(text)
    return document


def drawn(page: Page, document: WordDocument, path: Path) -> FrameLocator:
    """The frame in which it was drawn as it looks."""
    document.save(str(path))
    uploaded(page, path)
    page.get_by_role("button", name="原样式").click()
    return page.frame_locator(".original iframe")


@pytest.mark.feature("YP-06")
def test_pages_that_word_broke_where_they_were_full_keep_the_numbers_that_were_saved(
    enter: Enter, tmp_path: Path
) -> None:
    document = Document()
    for number in range(150):
        document.add_paragraph(f"第{number}段，长文")
    numbered(document.sections[0].footer.paragraphs[0]._p, page="1", pages="7")
    frame = drawn(enter("drafter"), document, tmp_path / "七页.docx")
    expect(frame.get_by_text("第149段，长文")).to_be_visible()
    expect(frame.locator("footer")).to_have_text(["1 / 7"])


@pytest.mark.feature("YP-06")
def test_pages_are_counted_as_their_sections_say_where_each_is_broken_by_hand(
    enter: Enter, tmp_path: Path
) -> None:
    document = Document()
    w = nsdecls("w")
    document.add_paragraph("目录")
    document.sections[0]._sectPr.append(parse_xml(f'<w:pgNumType {w} w:fmt="upperRoman"/>'))
    body = document.add_section(WD_SECTION.NEW_PAGE)._sectPr
    for numbers in body.findall(qn("w:pgNumType")):
        body.remove(numbers)
    body.append(parse_xml(f'<w:pgNumType {w} w:fmt="numberInDash" w:start="1"/>'))
    document.add_paragraph("正文").add_run().add_break(WD_BREAK.PAGE)
    document.add_section(WD_SECTION.CONTINUOUS)
    document.add_paragraph("同一页")
    for section in document.sections:
        section.footer.is_linked_to_previous = False
        numbered(section.footer.paragraphs[0]._p, page="3", pages="3")
    frame = drawn(enter("drafter"), document, tmp_path / "分节.docx")
    expect(frame.get_by_text("同一页")).to_be_visible()
    expect(frame.locator("footer")).to_have_text(["I / 3", "- 1 - / 3", "- 2 - / 3", "- 2 - / 3"])


@pytest.mark.feature("YP-06")
def test_tracked_changes_are_shown_as_it_looks_too_and_the_way_of_looking_is_kept(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    uploaded(page, paper(tmp_path / "修订.docx", of="渝州县局"))
    page.get_by_role("button", name="原样式").click()
    frame = page.frame_locator(".original iframe")
    expect(frame.get_by_text("搬来的话")).to_be_visible()
    page.get_by_role("link", name="显示修订").click()
    expect(frame.locator("ins", has_text="搬来的话")).to_be_visible()
    expect(frame.locator("del", has_text="搬走的话")).to_be_visible()
    page.get_by_role("button", name="原样式").click()
    page.reload()
    expect(page.locator(".paper-office")).to_be_visible()
    expect(page.locator(".original")).to_have_count(0)


@pytest.mark.feature("YP-06")
def test_a_large_document_is_drawn_as_it_looks_only_when_that_is_asked_for(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    frame = drawn(page, a_document("小文件"), tmp_path / "小.docx")
    expect(frame.get_by_text("小文件")).to_be_visible()
    path = tmp_path / "大.docx"
    a_document("大文件").save(str(path))
    with ZipFile(path, "a", ZIP_STORED) as archive:
        archive.writestr("word/media/image9.bin", bytes(20 * 1024 * 1024))
    uploaded(page, path)
    expect(page.locator(".paper-office")).to_be_visible()
    expect(page.locator(".original")).to_have_count(0)
    page.get_by_role("button", name="原样式").click()
    expect(frame.get_by_text("大文件")).to_be_visible()
