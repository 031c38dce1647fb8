"""Every sample page in a real browser: no fault of access, no violation, and the keys work."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import Dialog, Page, expect

from search_ui.gallery import gallery_app
from search_ui.samples import SAMPLES
from tests.serving import served

conftest = import_module("tests.e2e.conftest")


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with served(gallery_app()) as address:
        yield f"{address}/design"


@pytest.mark.parametrize("name", ["", *SAMPLES])
def test_no_page_has_a_serious_fault_of_access_light_or_dark(
    page: Page, gallery: str, name: str
) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{gallery}/{name}".rstrip("/"))
    light = conftest.serious_faults(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert [*light, *conftest.serious_faults(page)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_is_wider_than_a_phone(page: Page, gallery: str, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{gallery}/{name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_slash_goes_to_the_search_box(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/record")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="检索文件")).to_be_focused()


def test_arrows_and_letters_walk_the_hits_and_enter_opens_one(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/search")
    for key in ("ArrowDown", "j", "k", "j"):
        page.keyboard.press(key)
    expect(page.locator(".hit-at h3")).to_contain_text("操作指引")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/records/g$"))


def test_an_action_opens_its_dialog_at_the_opinion(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/record")
    page.get_by_role("button", name="退回").click()
    dialog = page.get_by_role("dialog", name="退回")
    expect(dialog.get_by_role("textbox", name="办理意见")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_chosen_theme_outlives_the_page(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/home")
    page.locator("summary", has_text="甲一").click()
    page.get_by_role("button", name="深色").click()
    page.goto(f"{gallery}/search")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_what_was_typed_comes_back_after_the_page_was_lost(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/form")
    page.get_by_label("标题").fill("关于冬季值班的通知")
    page.get_by_label("标题").blur()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{gallery}/sign-in-expired")
    page.goto(f"{gallery}/form")
    expect(page.get_by_label("标题")).to_have_value("关于冬季值班的通知")
    expect(page.get_by_text("已恢复您上次未提交的内容")).to_be_visible()


def test_leaving_a_changed_form_asks_first(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/form")
    page.get_by_label("标题").press_sequentially("一")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.goto(f"{gallery}/home")
    assert asked == ["beforeunload"]


def test_the_drawer_of_a_phone_opens_and_closes(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{gallery}/home")
    page.get_by_role("link", name="打开导航").click()
    expect(page.get_by_role("link", name="我的云盘")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="我的云盘")).to_be_hidden()
