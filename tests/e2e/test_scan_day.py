"""A scan comes in, is read in the background, and is found by a word on its second page."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from playwright.sync_api import expect

from documents.scans.installed import model_folder
from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned
from tests.scans import drawn, pdf_of_pictures
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


@pytest.mark.feature("SS-03", "AQ-15")
@pytest.mark.skipif(model_folder() is None, reason="no engine is installed")
def test_a_scan_is_found_by_what_stands_on_its_second_page(enter: Enter, tmp_path: Path) -> None:
    page = enter("drafter")
    scan = tmp_path / "旧档.pdf"
    sheets = [drawn(tmp_path, ["封面", "卷内文件目录"]), drawn(tmp_path, ["北湖县渡口防汛预案"])]
    scan.write_bytes(pdf_of_pictures(sheets))
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(scan)
    page.get_by_role("button", name="开始上传").click()
    page.locator(".upload-list a.file-name").click()
    expect(page).to_have_url(re.compile("/records/[0-9A-Z]{26}"))
    record = page.url
    conftest.come_to_show(page, page.get_by_text("文字由识别得来，可能有误"))
    page.goto("/search?q=渡口防汛")
    conftest.come_to_show(page, page.get_by_role("link", name="旧档"))
    page.get_by_role("link", name="第 2 页").first.click()
    expect(page.locator(".page-field")).to_have_value("2")
    expect(page.get_by_text("本页文字由识别得来，可能有误，以图像为准。")).to_be_visible()
    mark = page.locator(".sheet-marks rect").first
    picture = page.locator(".sheet img").bounding_box()
    box = mark.bounding_box()
    assert picture
    assert box
    assert picture["x"] < box["x"] < box["x"] + box["width"] < picture["x"] + picture["width"]
    assert 2 < box["width"] / box["height"] < 6  # four characters
    assert conftest.serious_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    watching = enter("admin")
    watching.goto("/monitor")
    expect(watching.get_by_text("没有等待识别的文件")).to_be_visible()
    assert conftest.serious_faults(watching) == []
    assert watching.goto(re.sub("^https?://[^/]*", "", record)).status == 404  # type: ignore[union-attr]


@pytest.mark.feature("SS-03", "AQ-15")
@pytest.mark.skipif(model_folder() is None, reason="no engine is installed")
def test_a_document_is_found_by_what_stands_on_a_scan_within_it(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    document = docx.Document()
    document.add_paragraph("来文扫描件附后。")
    drawn(tmp_path, ["青石渡口维修函", "请予支持"]).save(tmp_path / "来函.png")
    document.add_picture(str(tmp_path / "来函.png"), width=Cm(12))
    document.save(str(tmp_path / "请示.docx"))
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(tmp_path / "请示.docx")
    page.get_by_role("button", name="开始上传").click()
    page.locator(".upload-list a.file-name").click()
    expect(page).to_have_url(re.compile("/records/[0-9A-Z]{26}"))
    conftest.come_to_show(page, page.get_by_text("1 幅图片的文字由识别得来，可能有误"))
    page.goto("/search?q=青石渡口")
    conftest.come_to_show(page, page.get_by_role("link", name="请示"))
    page.get_by_role("link", name="请示").first.click()
    expect(page.get_by_role("img", name="图 1")).to_be_visible()
    expect(page.locator("samp mark")).to_have_text("青石渡口")
    expect(page.get_by_text("图片中的文字由识别得来")).to_be_visible()
    assert conftest.serious_faults(page) == []
