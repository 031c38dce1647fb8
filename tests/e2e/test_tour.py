"""The tour of the interface on the first visit, and 今日安排 beside it (GT-10, GT-09)."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import expect

from tests.e2e.bureau import people, units
from tests.e2e.office_day import Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with manned(tmp_path_factory.mktemp("data"), units(), people()) as opened:
        yield opened


@pytest.mark.feature("GT-10", "GT-09")
def test_it_walks_step_by_step_frames_what_it_tells_of_and_goes_by_one_click(enter: Enter) -> None:
    page = enter("drafter")
    tour = page.get_by_role("region", name="界面引导")
    expect(tour.get_by_text("主导航", exact=True)).to_be_visible()
    expect(page.locator(".tour-framed")).to_have_attribute("data-tour", "rail")
    expect(tour.get_by_role("button", name="上一步")).to_be_disabled()
    tour.get_by_role("button", name="下一步").click()
    expect(tour.get_by_text("主导航", exact=True)).to_be_hidden()
    expect(page.locator(".tour-framed")).to_have_attribute("data-tour", "search")
    assert conftest.serious_faults(page) == []
    tour.get_by_role("button", name="不再显示").click()
    expect(tour).to_have_count(0)
    page.get_by_role("link", name="帮助").first.click()
    page.get_by_role("link", name="重看界面引导").click()
    expect(tour).to_be_visible()

    page.get_by_role("link", name="工作助手").first.click()
    page.get_by_label("添加计划").fill("写完年终总结")
    page.get_by_label("完成期限").fill("2026-01-05")
    page.locator("#plan").get_by_role("button", name="添加").click()
    expect(page.get_by_role("status").get_by_text("已保存").first).to_be_visible()
    page.goto("/")
    today = page.get_by_role("region", name="今日安排")
    expect(today.get_by_text("写完年终总结")).to_be_visible()  # its day is over
    expect(tour).to_have_count(0)
