"""Previews in the browser: steps, what is looked for, pages in small, tiles of the drive."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page, expect

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
