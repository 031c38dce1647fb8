"""What a browser prints by itself, whatever it was asked by: its menu asks no script."""

import io
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, Route, expect
from reportlab.pdfgen.canvas import Canvas

from gate.lanes import Lane, shares_of
from search_ui.shown.preview.pages import MOST_BY_MENU
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
    return shown(enter, tmp_path / f"规定 {tmp_path.name}.pdf", PAGES)


def shown(enter: Enter, path: Path, pages: int) -> Page:
    """The page of a record whose file has so many pages."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    for number in range(1, pages + 1):
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


def words(printed: pypdfium2.PdfDocument) -> str:
    """What stands on its pages, without the breaks of lines."""
    return re.sub(r"[\r\n]", "", "".join(page.get_textpage().get_text_range() for page in printed))


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


@pytest.mark.feature("CX-04")
def test_a_page_that_does_not_come_is_named_on_paper(paged: Page) -> None:
    paged.route(re.compile(r"page-picture.*page=3"), lambda it: it.fulfill(status=429))
    paged.reload()
    expect(paged.locator(".sheet img")).to_have_js_property("complete", True)  # noqa: FBT003
    printed = pypdfium2.PdfDocument(io.BytesIO(paged.pdf(format="A4")))
    assert "第 3 页未能取得，请用“打印”按钮。" in words(printed)


@pytest.mark.feature("CX-04")
def test_of_a_long_file_the_page_that_is_read_is_printed_and_says_how_all_are(
    enter: Enter, tmp_path: Path
) -> None:
    page = shown(enter, tmp_path / "汇编.pdf", MOST_BY_MENU + 1)
    expect(page.locator(".sheet img")).to_have_js_property("complete", True)  # noqa: FBT003
    assert page.locator(".pages-printed img").count() == 0
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    (dark,) = ink(printed)
    assert dark > 0
    assert "本文件共 21 页，这里只打印了第 1 页；要打印全部，请用“打印”按钮。" in words(printed)


@pytest.mark.feature("CX-04")
def test_what_is_printed_by_its_button_is_asked_for_again_where_it_was_refused(paged: Page) -> None:
    refused: list[str] = []

    def once(it: Route) -> None:
        if it.request.url in refused:
            it.continue_()
        else:
            refused.append(it.request.url)
            it.fulfill(status=429)

    paged.context.route("**/page-picture*", once)
    paged.context.add_init_script("window.print = () => { document.body.dataset.printed = '1'; }")
    paged.goto(str(paged.locator("[data-print-way]").get_attribute("href")))
    expect(paged.locator("body[data-printed]")).to_be_visible()
    assert len(refused) == PAGES
    for picture in paged.locator(".sheet-page").all():
        assert picture.evaluate("it => it.naturalWidth") > 0


def test_one_person_may_ask_at_once_for_all_that_the_menu_prints() -> None:
    assert shares_of(2)[Lane.PREVIEW].present_each > MOST_BY_MENU
