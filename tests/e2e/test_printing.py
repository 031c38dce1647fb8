"""What a browser prints by itself, whatever it was asked by: its menu asks no script."""

import io
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

PAGES = 4


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


@pytest.fixture
def paged(enter: Enter, tmp_path: Path) -> Page:
    """The page of a record whose file has several pages."""
    path = tmp_path / "规定.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for number in range(1, PAGES + 1):
        canvas.rect(72, 72, 40 * number, 500, fill=1)  # each fuller than the one before
        canvas.showPage()
    canvas.save()
    page = enter("drafter")
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(path)
    page.get_by_role("button", name="开始上传").click()
    page.locator(".upload-list a.file-name").click()
    expect(page).to_have_url(re.compile("/records/[0-9A-Z]{26}"))
    return page


def ink(printed: pypdfium2.PdfDocument) -> list[int]:
    """How many points of each page are dark."""
    return [
        sum(page.render(scale=0.25, grayscale=True).to_pil().histogram()[:128]) for page in printed
    ]


@pytest.mark.feature("CX-04")
def test_of_a_file_with_pages_all_are_printed_in_order_and_none_is_empty(paged: Page) -> None:
    come = paged.locator(".page-desk")
    conftest.come_to_show(paged, come)
    asked: list[str] = []
    paged.on("request", lambda it: asked.append(it.url) if "page-picture" in it.url else None)
    paged.reload()
    expect(paged.locator(".sheet img")).to_have_js_property("complete", True)  # noqa: FBT003
    assert len(asked) == 1, "who reads is sent one page"
    printed = pypdfium2.PdfDocument(io.BytesIO(paged.pdf(format="A4")))
    dark = ink(printed)
    assert len(dark) == PAGES
    assert dark == sorted(set(dark)), "each page once, in order"
    assert dark[0] > 0
    expect(come).to_be_visible()
    expect(paged.locator(".pages-printed")).to_be_hidden()
