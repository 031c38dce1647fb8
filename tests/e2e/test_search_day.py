"""A day of looking things up in the browser: keys, panes, places, bars, history, 摘录."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from records.identity import Login
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.e2e.office_day import manned
from tests.e2e.test_desk_day import PEOPLE, UNITS, Enter
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

MANY = "防汛物资。" * 3 + "其他。" * 80 + "最后说防汛物资。"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        caller = opened.house.book.caller(Login("drafter"))
        for number, (year, text) in enumerate(
            [("2021", MANY), ("2022", "防汛物资一。"), ("2024", "防汛物资二。")]
        ):
            fields = {"title": f"防汛{number}", "dated_on": f"{year}-05-06"}
            staged = opened.house.staging.receive(iter([text.encode()]), name=f"防汛{number}.txt")
            file = NewFile(f"防汛{number}.txt", staged)
            draft = Draft(kind="library_file", fields=fields, files=(file,))
            opened.house.settle(opened.house.ingest.begin(caller, draft))
        yield opened


def at_office(page: Page) -> Page:
    page.set_viewport_size({"width": 1366, "height": 768})
    return page


@pytest.mark.feature("SS-03")
def test_hits_are_walked_with_the_arrows_beside_their_passages(enter: Enter) -> None:
    page = at_office(enter("drafter"))
    page.goto("/search?q=防汛物资&sort=date")
    page.get_by_role("button", name="对照").click()
    pane = page.locator("#pane")
    expect(pane.get_by_role("heading", name="防汛2")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(pane.get_by_role("heading", name="防汛0")).to_be_visible()
    told = pane.locator(".preview [data-place-of]")
    expect(told).to_have_text("第 1 / 4 处")
    pane.locator(".preview").get_by_role("link", name="下一处").click()
    expect(told).to_have_text("第 2 / 4 处")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(told).to_have_text("第 4 / 4 处")
    expect(page.locator(".preview .mark-at")).to_be_in_viewport()
    page.reload()
    expect(page.locator("#pane").get_by_role("heading", name="防汛2")).to_be_visible()
    page.get_by_role("link", name="按更新时间").click()
    expect(page).to_have_url(re.compile("sort=changed"))
    expect(page.locator("#pane").get_by_role("heading", name="防汛")).to_be_visible()
    page.locator(".hit-link").nth(1).click()
    expect(page.locator("#pane").get_by_role("heading", name="防汛1")).to_be_visible()
    expect(page).to_have_url(re.compile("/search"))
    page.locator(".hit-link").nth(1).press("Enter")
    expect(page).to_have_url(re.compile("/records/"))


@pytest.mark.feature("SS-03")
def test_the_page_of_a_hit_leads_to_the_next_and_back(enter: Enter) -> None:
    page = at_office(enter("drafter"))
    page.goto("/search?q=防汛物资&sort=date")
    page.get_by_role("button", name="列表").click()
    page.get_by_role("link", name="防汛2", exact=True).click()
    expect(page.locator("[data-walk-at]")).to_have_text("第 1 / 3 件")
    page.get_by_role("link", name="下一件").click()
    expect(page.get_by_role("heading", name="防汛1", exact=True)).to_be_visible()
    expect(page.locator("[data-walk-at]")).to_have_text("第 2 / 3 件")
    page.get_by_text("全部命中处").click()
    expect(page.locator(".passages li")).to_have_count(1)
    page.get_by_role("link", name="返回检索结果").click()
    expect(page).to_have_url(re.compile("sort=date"))


@pytest.mark.feature("SS-04")
def test_bars_are_dragged_over_and_walked_by_keys(enter: Enter) -> None:
    page = at_office(enter("drafter"))
    page.goto("/search?q=防汛物资")
    bars = page.locator(".time-bar")
    expect(bars).to_have_count(4)
    begins, ends = bars.nth(0).bounding_box(), bars.nth(1).bounding_box()
    assert begins is not None
    assert ends is not None
    page.mouse.move(begins["x"] + 5, begins["y"] + 40)
    page.mouse.down()
    page.mouse.move(ends["x"] + 5, ends["y"] + 40, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("from=2021-01-01&to=2022-12-31"))
    expect(page.get_by_text("共 2 条")).to_be_visible()
    page.get_by_role("link", name="全部时间").click()
    expect(page.get_by_text("共 3 条")).to_be_visible()
    page.locator(".time-bar").nth(1).focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("from=2022-01-01&to=2024-12-31"))


@pytest.mark.feature("SS-04")
def test_a_facet_is_counted_when_it_is_opened_and_chosen_by_keys(enter: Enter) -> None:
    page = at_office(enter("drafter"))
    page.goto("/search?q=防汛物资")
    page.locator("summary", has_text="附件").click()
    page.get_by_role("link", name="有附件").click()
    expect(page.get_by_role("link", name="去掉条件：附件：有附件")).to_be_visible()
    expect(page.get_by_text("共 3 条")).to_be_visible()
    page.get_by_role("link", name="去掉条件：附件：有附件").click()
    expect(page).not_to_have_url(re.compile("attached"))


@pytest.mark.feature("SS-03")
def test_a_passage_is_collected_and_fetched_as_a_document(enter: Enter, tmp_path: Path) -> None:
    page = at_office(enter("drafter"))
    page.goto("/search?q=防汛物资一")
    page.get_by_role("button", name="对照").click()
    page.locator("#pane").get_by_role("button", name="加入摘录").first.dblclick()
    expect(page.get_by_text("已加入摘录").first).to_be_visible()
    page.goto("/search/excerpts")
    expect(page.locator("blockquote")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Word 文档").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.get_by_role("link", name="核对出处").click()
    expect(page.get_by_text("没有变化")).to_be_visible()


@pytest.mark.feature("SS-03")
def test_a_citation_is_copied_with_a_short_address_that_leads_to_it(enter: Enter) -> None:
    page = at_office(enter("drafter"))
    page.goto("/search?q=防汛物资&sort=date")
    page.get_by_role("button", name="对照").click()
    page.locator("#pane").get_by_role("button", name="复制引用").first.click()
    expect(page.get_by_text("已复制，可粘贴到文中")).to_be_visible()
    page.locator("[data-search]").fill("")
    page.keyboard.press("Control+V")
    typed = page.locator("[data-search]").input_value()
    assert typed.startswith("“防汛物资二。”——《防汛2》，防汛2.txt，")
    address = typed[typed.index("http") :]
    assert len(address) < 60
    page.goto(address)
    expect(page.get_by_text("即现行内容，没有变化")).to_be_visible()


@pytest.mark.feature("SS-01")
def test_the_box_offers_own_searches_before_anything_is_typed(enter: Enter) -> None:
    page = at_office(enter("drafter"))
    with page.expect_response(re.compile("/search/remembered")):
        page.goto("/search?q=标题:防汛")
    expect(page.get_by_role("link", name="去掉条件：标题含“防汛”")).to_be_visible()
    page.goto("/search")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="标题:防汛").click()
    expect(page).to_have_url(re.compile("q=%E6%A0%87%E9%A2%98"))
    page.goto("/search")
    page.get_by_role("button", name="全部清除").click()
    expect(page.get_by_text("检索记录已全部清除")).to_be_visible()
    page.get_by_role("combobox").click()
    expect(page.get_by_role("option")).to_have_count(0)
