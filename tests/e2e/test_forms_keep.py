"""Forms in the browser lose nothing: reload, way back, error, ended session, two windows."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from records.identity import Login
from services.intake.ingest import Draft
from tests.api.conftest import PASSWORD, PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned, pick
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


def chips(page: Page) -> Locator:
    return page.locator('[data-name="audience"] .pick')


def filled_in(page: Page, title: str, file: Path) -> None:
    """A notice with two readers, a third one half typed, and a file."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/records/new/notice")
    page.get_by_label("标题").fill(title)
    page.get_by_label("正文").first.fill("请各科室做好值班。")
    pick(page, "发布范围", "办公室")
    pick(page, "发布范围", "全体人员")
    page.get_by_role("combobox", name="发布范围").type("法规")
    file.write_text("值班表", "utf-8")
    page.locator("input[type=file]").first.set_input_files(file)


def stands_again(page: Page, title: str, file: Path) -> None:
    expect(page.get_by_label("标题")).to_have_value(title)
    expect(chips(page)).to_have_count(2)
    expect(page.get_by_role("combobox", name="发布范围")).to_have_value("")
    expect(page.get_by_text(f"请重新选择文件：{file.name}")).to_be_visible()
    assert conftest.serious_faults(page) == []


@pytest.mark.feature("GT-05")
def test_a_reload_brings_back_what_was_chosen_and_names_the_file_to_choose_again(
    enter: Enter, tmp_path: Path
) -> None:
    page, file = enter("drafter"), tmp_path / "值班表.txt"
    filled_in(page, "关于重新载入的通知", file)
    page.reload()
    stands_again(page, "关于重新载入的通知", file)
    chips(page).first.click()  # one is taken away, and stays away
    page.reload()
    expect(chips(page)).to_have_count(1)


@pytest.mark.feature("LG-05")
def test_after_an_ended_session_the_form_stands_as_it_was_and_names_its_files(
    enter: Enter, tmp_path: Path
) -> None:
    page, file = enter("drafter"), tmp_path / "值班表.txt"
    filled_in(page, "关于会话结束的通知", file)
    page.context.clear_cookies()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_label("用户名").fill("drafter")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    stands_again(page, "关于会话结束的通知", file)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name="关于会话结束的通知").first).to_be_visible()


def test_enter_in_a_picker_sends_nothing_and_tells_who_is_not_known(
    enter: Enter, built: Installation
) -> None:
    page = enter("drafter")
    own = built.house.book.caller(Login("drafter"))
    made = built.house.settle(
        built.house.ingest.begin(own, Draft(kind="folder", fields={"title": "共享资料"}))
    )
    page.goto(f"/records/{made.record}/share")
    field = page.get_by_role("combobox", name="添加授权对象")
    field.fill("乙二")
    page.keyboard.press("Enter")  # the only one who fits is taken
    expect(page.locator(".grants tbody tr")).to_have_count(1)
    expect(page.locator(".grants tbody use").first).to_have_attribute("href", re.compile("#user$"))
    field.fill("不存在的人")
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有找到“不存在的人”，请从列表中选择。")).to_be_visible()
    expect(page.locator(".grants tbody tr")).to_have_count(1)
    page.get_by_role("button", name="保存", exact=True).click()  # refused by the server as well
    expect(page.get_by_text("没有叫“不存在的人”的单位、角色或人员。")).to_be_visible()
    expect(page.get_by_text("unit:代码")).to_have_count(0)
    expect(page.locator(".grants tbody tr")).to_contain_text("乙二")
    expect(field).to_have_value("不存在的人")
    assert conftest.serious_faults(page) == []


@pytest.mark.feature("GT-05")
def test_the_way_back_after_saving_leads_to_what_was_made_and_not_to_a_second_one(
    enter: Enter, built: Installation
) -> None:
    page = enter("drafter")
    page.goto("/records/new/notice")
    page.get_by_label("标题").fill("只起草一次的通知")
    page.get_by_label("正文").first.fill("文")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").get_by_text("已保存").first).to_be_visible()
    made = page.url
    page.go_back()
    expect(page).to_have_url(made)
    expect(page.get_by_text("您刚才填写的内容已经保存")).to_be_visible()
    page.goto("/records/new/notice")  # another one is another one
    expect(page.get_by_label("标题")).to_have_value("")
    own = built.house.book.caller(Login("drafter"))
    rows = built.house.lists.own.recent(own, size=50).rows
    titles = [row.revision.fields.get("title") for row in rows]
    assert titles.count("只起草一次的通知") == 1


@pytest.mark.feature("GT-05")
def test_the_second_window_in_which_a_record_is_changed_is_told(
    enter: Enter, built: Installation
) -> None:
    own = built.house.book.caller(Login("drafter"))
    fields = {"title": "两个窗口", "body": "文"}
    made = built.house.settle(built.house.ingest.begin(own, Draft(kind="notice", fields=fields)))
    first = enter("drafter")
    first.goto(f"/records/{made.record}/edit")
    second = first.context.new_page()
    second.goto(f"/records/{made.record}/edit")
    expect(second.get_by_text("您已在另一个窗口中打开同一份内容")).to_be_visible()
    expect(first.get_by_text("您已在另一个窗口中打开同一份内容")).to_have_count(0)
    assert conftest.serious_faults(second) == []


def test_a_password_is_reset_only_after_a_question_of_the_house(enter: Enter) -> None:
    page, asked = enter("admin"), []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto("/people/person/public")
    page.get_by_role("button", name="重置密码").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("重置戊五的密码？原密码将立即失效。")
    question.get_by_role("button", name="取消").click()
    expect(page.locator(".code")).to_have_count(0)
    page.get_by_role("button", name="重置密码").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.locator(".code")).to_be_visible()
    assert asked == []  # the browser asked nothing
