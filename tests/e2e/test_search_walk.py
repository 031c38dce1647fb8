"""Hits walked in the browser: over pages and back, and past one that went meanwhile (SS-03)."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import Page, expect

from records.identity import Login, RecordId
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.e2e.office_day import manned
from tests.e2e.test_desk_day import PEOPLE, UNITS, Enter
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

HITS = 22


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        caller = opened.house.book.caller(Login("drafter"))
        for number in range(HITS):
            fields = {"title": f"巡堤{number:02}", "dated_on": f"2021-05-{HITS - number:02}"}
            text = f"巡堤记录{number:02}。"
            staged = opened.house.staging.receive(iter([text.encode()]), name=f"{number}.txt")
            file = NewFile(f"{number}.txt", staged)
            draft = Draft(kind="library_file", fields=fields, files=(file,))
            opened.house.settle(opened.house.ingest.begin(caller, draft))
        yield opened


def beside(page: Page) -> Page:
    """The hits beside their preview, in an order that is known."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/search?q=巡堤记录&sort=date")
    page.get_by_role("button", name="对照").click()
    expect(page.locator("#pane").get_by_role("heading", name="巡堤00")).to_be_visible()
    return page


@pytest.mark.feature("SS-03")
def test_the_arrows_lead_over_the_end_of_a_page_and_back(enter: Enter) -> None:
    page = beside(enter("drafter"))
    page.locator(".hit-link").nth(19).focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator("#pane").get_by_role("heading", name="巡堤20")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#pane").get_by_role("heading", name="巡堤21")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hit-shown .hit-link")).to_have_text("巡堤21")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".hit-shown .hit-link")).to_have_text("巡堤20")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#pane").get_by_role("heading", name="巡堤19")).to_be_visible()
    expect(page.locator(".hit-shown .hit-link")).to_have_text("巡堤19")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".hit-shown .hit-link")).to_have_text("巡堤18")


@pytest.mark.feature("SS-03")
def test_a_hit_that_is_gone_is_told_and_leaves_the_list(enter: Enter, built: Installation) -> None:
    page = beside(enter("drafter"))
    href = str(page.locator(".hit-link").nth(1).get_attribute("href"))
    record = RecordId(href.partition("?")[0].rpartition("/")[2])
    caller = built.house.book.caller(Login("drafter"))
    opened = built.house.browsing.open(caller, record)
    built.house.editing.delete(caller, record, revision=opened.newest, reason="重复")
    page.keyboard.press("ArrowDown")
    pane = page.locator("#pane")
    expect(pane.get_by_text("这份文件已删除或不再对您开放")).to_be_visible()
    expect(page.get_by_text("巡堤01")).to_have_count(0)
    expect(page.locator(".hit-link")).to_have_count(19)
    page.keyboard.press("ArrowDown")
    expect(pane.get_by_role("heading", name="巡堤02")).to_be_visible()
    page.goto(href)
    expect(page.get_by_text("这份文件已删除或不再对您开放")).to_be_visible()
    page.get_by_role("link", name="返回检索结果").click()
    expect(page.get_by_text("共 21 条", exact=True)).to_be_visible()
