"""通知 with 反馈 in the browser: written, published, answered, urged, exported (features.md B8)."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office_day import Enter, office, pick, take

conftest = import_module("tests.e2e.conftest")

UNITS: list[dict[str, object]] = [
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市"},
    {"code": "office", "name": "办公室", "parent": "bureau"},
    {"code": "law", "name": "法规科", "parent": "bureau"},
    {"code": "food", "name": "食品科", "parent": "bureau"},
]
PEOPLE: list[dict[str, object]] = [
    {"login": "clerk", "name": "丙三", "unit": "law"},
    {"login": "head", "name": "乙二", "unit": "law", "posts": ["科室负责人"]},
    {"login": "registry", "name": "甲一", "unit": "office", "posts": ["机要室"]},
    {"login": "food", "name": "食一", "unit": "food"},
    {"login": "food2", "name": "食二", "unit": "food"},
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product in one process."""
    with office(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as at:
        yield at


def published(enter: Enter) -> tuple[Page, str]:
    """起草 by a clerk, 审核 by the head, 发布 by 机要室; the clerk's page and its address."""
    clerk, head, registry = enter("clerk"), enter("head"), enter("registry")
    clerk.goto("/notices")
    clerk.get_by_role("link", name="新建通知公告").last.click()
    clerk.get_by_label("标题").fill("关于报送年终总结的通知")
    clerk.get_by_label("正文").fill("请各科室报送年终总结。")
    pick(clerk, "发布范围", "食品科")
    clerk.get_by_label("需要反馈").check()
    clerk.get_by_label("反馈截止").fill("2099-12-31")
    clerk.get_by_role("button", name="保存", exact=True).click()
    take(clerk, "送审")
    for page, action in ((head, "同意"), (registry, "发布")):
        page.goto(clerk.url)
        take(page, action)
    return clerk, clerk.url


@pytest.mark.feature("TZ-01", "TZ-02", "TZ-03", "TZ-04")
def test_a_recipient_answers_with_a_file_and_the_publisher_urges_the_rest(
    enter: Enter, tmp_path: Path
) -> None:
    clerk, url = published(enter)
    food = enter("food")
    food.goto("/notices")
    row = food.locator(".row-line", has_text="关于报送年终总结的通知")
    conftest.come_to_show(food, row)
    expect(row).to_contain_text("12月31日前反馈")
    row.get_by_role("link").click()
    panel = food.locator(".panel-answer")
    expect(panel).to_contain_text("请于2099年12月31日前提交")
    assert conftest.serious_faults(food) == []
    panel.get_by_role("button", name="提交反馈").click()
    food.get_by_label("反馈内容").fill("已报送，见附件。")
    file = tmp_path / "总结.txt"
    file.write_text("全年总结", "utf-8")
    panel.locator("input[type=file]").set_input_files(file)
    panel.get_by_role("button", name="提交反馈").click()
    expect(food.get_by_role("status").get_by_text("已提交反馈")).to_be_visible()
    expect(food.locator(".panel-answer")).to_contain_text("由食一提交")

    clerk.goto(url)
    clerk.get_by_role("link", name="查看名单").click()
    table = clerk.locator(".receipt-table")
    expect(table.locator("tr", has_text="食一")).to_contain_text("已报送，见附件。")
    expect(table.locator("tr", has_text="食二")).to_contain_text("未读")
    assert conftest.serious_faults(clerk) == []
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename == "关于报送年终总结的通知——反馈情况.xlsx"
    clerk.get_by_role("button", name="催办（1）").click()
    expect(clerk.get_by_text("已催办 1 个对象")).to_be_visible()
    clerk.get_by_role("link", name="未反馈 1").click()
    expect(clerk.locator(".receipt-table tbody tr")).to_have_count(1)


@pytest.mark.feature("TZ-06")
def test_a_correction_is_told_anew_and_the_newest_text_stands(enter: Enter) -> None:
    clerk, url = published(enter)
    food = enter("food")
    food.goto(url)
    clerk.reload()
    clerk.get_by_role("button", name="更正并重新通知").click()
    dialog = clerk.get_by_role("dialog", name="更正并重新通知")
    dialog.get_by_label("正文").fill("请各科室报送年终总结和附表。")
    dialog.get_by_role("textbox", name="办理意见").fill("补充附表")
    dialog.get_by_role("button", name="更正并重新通知").click()
    expect(clerk.get_by_role("status").get_by_text("已更正并重新通知").first).to_be_visible()
    food.goto("/notices")
    conftest.come_to_show(food, food.locator(".row-unread", has_text="关于报送年终总结的通知"))
    food.goto(url)
    expect(food.locator(".paper")).to_contain_text("报送年终总结和附表")
