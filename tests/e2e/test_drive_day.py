"""A day with the drive in the browser: dropped, asked, tried again, moved, deleted, restored."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, office

conftest = import_module("tests.e2e.conftest")

DROP = """([selector, files]) => {
  const carried = new DataTransfer();
  for (const [name, text] of files) carried.items.add(new File([text], name, {type: 'text/plain'}));
  const area = document.querySelector(selector);
  const init = {dataTransfer: carried, bubbles: true, cancelable: true};
  for (const type of ['dragover', 'drop']) area.dispatchEvent(new DragEvent(type, init));
}"""
"""Files that come by the mouse."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product in one process."""
    with office(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as at:
        yield at


def drop(page: Page, *files: tuple[str, str]) -> None:
    page.evaluate(DROP, [".drive-list", [list(each) for each in files]])


def line(page: Page, title: str) -> Locator:
    return page.locator(".drive-row").filter(has_text=title)


def new_folder(page: Page, title: str) -> None:
    page.get_by_role("button", name="新建文件夹").click()
    page.get_by_label("文件夹名称").fill(title)
    page.get_by_role("button", name="新建", exact=True).click()
    expect(page.get_by_text("文件夹已建好")).to_be_visible()


def chosen_way(page: Page, title: str, way: str) -> None:
    line(page, title).get_by_label(f"“{title}”的操作").click()
    line(page, title).get_by_role("link", name=way, exact=True).click()


@pytest.mark.feature("YP-01", "YP-05")
def test_what_is_dropped_onto_the_list_is_there_and_can_be_tidied_up(enter: Enter) -> None:
    page = enter("drafter")
    page.goto("/drive")
    new_folder(page, "检查资料")
    drop(page, ("清单.txt", "一"), ("台账.txt", "二"))
    expect(page.get_by_text("文件已上传到此处")).to_be_visible()
    expect(line(page, "清单.txt")).to_be_visible()
    assert conftest.serious_faults(page) == []

    chosen_way(page, "清单.txt", "重命名")
    page.get_by_label("新名称").fill("物资清单")
    page.get_by_role("button", name="保存").click()
    expect(line(page, "物资清单.txt")).to_be_visible()

    for title in ("物资清单.txt", "台账.txt"):
        line(page, title).get_by_role("checkbox").check()
    expect(page.get_by_text("已选 2 项")).to_be_visible()
    page.get_by_role("button", name="移动").click()
    page.get_by_label("检查资料").check()
    assert conftest.serious_faults(page) == []
    page.get_by_role("button", name="移动到所选文件夹").click()
    expect(page.get_by_role("heading", name="检查资料")).to_be_visible()
    expect(page.locator(".drive-row")).to_have_count(2)

    page.get_by_label("全选").check()
    page.get_by_role("button", name="删除").click()
    expect(page.get_by_text("30 天内可在回收站中恢复")).to_be_visible()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.get_by_text("已删除 2 项，可在回收站中恢复")).to_be_visible()
    expect(page.get_by_text("这里还没有文件")).to_be_visible()
    page.get_by_role("link", name="回收站").click()
    assert conftest.serious_faults(page) == []
    row = page.get_by_role("listitem").filter(has_text="物资清单")
    row.get_by_role("button", name="恢复").click()
    expect(page.get_by_role("heading", name="检查资料")).to_be_visible()
    expect(page.locator(".drive-row")).to_have_count(1)
    page.goto("/drive/bin")
    page.get_by_role("button", name="清空回收站").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("清空后不能再恢复")
    question.get_by_role("button", name="取消").click()
    expect(page.get_by_text("台账")).to_be_visible()
    page.get_by_role("button", name="清空回收站").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.get_by_text("回收站是空的")).to_be_visible()


@pytest.mark.feature("YP-01", "YP-02")
def test_one_name_twice_is_asked_about_and_uploading_here_leads_back(
    enter: Enter, tmp_path: Path
) -> None:
    page, path = enter("drafter"), tmp_path / "通知.txt"
    page.goto("/drive")
    new_folder(page, "来文")
    line(page, "来文").get_by_role("link", name="来文").click()
    page.get_by_role("link", name="上传到此处").click()
    expect(page.get_by_role("heading", name="上传到“来文”")).to_be_visible()
    expect(page.get_by_label("类别", exact=True)).to_have_count(0)
    assert conftest.serious_faults(page) == []
    for text in ("一", "二", "三"):
        path.write_text(text, "utf-8")
        page.locator("#upload-files").set_input_files(path)
        page.get_by_role("button", name="开始上传").click()
        if text == "一":
            expect(page.get_by_text("1 个文件已全部上传")).to_be_visible()
            page.get_by_role("button", name="清空已完成的").click()
            expect(page.locator(".upload-list li")).to_have_count(0)
            continue
        last = page.locator(".upload-list li").last
        expect(last).to_contain_text("已有同名文件，未上传")
        last.get_by_role("button", name="作为新版本" if text == "二" else "保留两份").click()
        expect(last).to_contain_text("已作为新版本上传" if text == "二" else "已上传")
    page.get_by_role("link", name="返回文件夹").click()
    titles = page.locator(".drive-row .row-title")
    expect(titles).to_have_text(["通知.txt", "通知（2）.txt"])
    titles.first.click()
    expect(page.get_by_role("navigation", name="当前位置")).to_contain_text("来文")
    expect(page.locator(".file-facts")).to_contain_text("第 2 版")


def test_a_file_that_did_not_come_through_is_tried_again_or_taken_away(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    page.goto("/upload?kind=drive_file")
    for name in ("断网.txt", "多余.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    page.locator("#upload-files").set_input_files([tmp_path / "断网.txt", tmp_path / "多余.txt"])
    page.context.set_offline(True)
    page.get_by_role("button", name="开始上传").click()
    lines = page.locator(".upload-list li")
    expect(lines.first).to_contain_text("网络不通，未上传")
    expect(page.get_by_text("已上传 0 个，2 个没有上传")).to_be_visible()
    page.context.set_offline(False)
    lines.last.get_by_role("button", name="移除").click()
    lines.first.get_by_role("button", name="重试").click()
    expect(page.get_by_text("1 个文件已全部上传")).to_be_visible()
    page.goto("/drive")
    expect(line(page, "断网.txt")).to_have_count(1)
    expect(line(page, "多余.txt")).to_have_count(0)


@pytest.mark.feature("YP-03")
def test_a_shared_folder_is_found_under_shared_with_me_and_only_read(enter: Enter) -> None:
    page = enter("drafter")
    page.goto("/drive")
    new_folder(page, "共享资料")
    line(page, "共享资料").get_by_role("link", name="共享资料").click()
    expect(page.get_by_role("heading", name="共享资料")).to_be_visible()
    drop(page, ("办法.txt", "一"))
    expect(line(page, "办法.txt")).to_be_visible()
    page.get_by_role("link", name="共享文件夹").click()
    page.get_by_role("combobox", name="添加授权对象").fill("乙二")
    page.get_by_role("option", name="乙二").click()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已共享给：乙二")).to_be_visible()
    other = enter("head")
    other.goto("/drive/shared")
    conftest.come_to_show(other, line(other, "共享资料"))
    line(other, "共享资料").get_by_role("link", name="共享资料").click()
    expect(line(other, "办法.txt")).to_be_visible()
    expect(other.get_by_role("checkbox")).to_have_count(0)
    expect(other.get_by_role("link", name="上传到此处")).to_have_count(0)
    assert conftest.serious_faults(other) == []


@pytest.mark.feature("YP-01")
def test_a_new_folder_that_cannot_be_keeps_its_name_in_the_dialog(enter: Enter) -> None:
    page = enter("head")
    page.goto("/drive")
    new_folder(page, "资料")
    page.get_by_role("button", name="新建文件夹").click()
    page.get_by_label("文件夹名称").fill("资料")
    page.get_by_role("button", name="新建", exact=True).click()
    expect(page.get_by_text("这里已有名为“资料”的文件夹")).to_be_visible()
    expect(page.get_by_label("文件夹名称")).to_have_value("资料")
    page.get_by_label("文件夹名称").fill("资料二")
    page.get_by_role("button", name="新建", exact=True).click()
    expect(line(page, "资料二")).to_be_visible()
