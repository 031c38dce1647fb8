"""A day at the desk in the browser: phrases, views, several at once, exports, who left."""

import csv
import io
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from records.identity import Login
from records.people.people_rows import PeopleRows
from services.exporting.export_desk import AT_ONCE
from services.flow.action_request import ActionRequest
from services.intake.ingest import Draft
from tests.e2e.office_day import manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

UNITS: list[dict[str, object]] = [
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市"},
    {"code": "office", "name": "办公室", "parent": "bureau"},
    {"code": "law", "name": "法规科", "parent": "bureau"},
]
PEOPLE: list[dict[str, object]] = [
    {"login": "registry", "name": "甲一", "unit": "office", "posts": ["机要室"]},
    {"login": "head", "name": "乙二", "unit": "law", "posts": ["科室负责人"]},
    {"login": "deputy", "name": "戊五", "unit": "law"},
    {"login": "drafter", "name": "丙三", "unit": "law"},
    {"login": "writer", "name": "己六", "unit": "office"},
    {"login": "admin", "name": "庚七", "unit": "office", "roles": ["administrator"]},
]
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


def drafted(built: Installation, login: str, count: int, *, sent: bool = False) -> None:
    """So many notices that somebody began."""
    house, caller = built.house, built.house.book.caller(Login(login))
    for number in range(count):
        fields = {"title": f"{login}的通知{number}", "body": "文", "audience": ["everyone"]}
        record = house.ingest.begin(caller, Draft(kind="notice", fields=fields)).record
        if sent:
            house.acting.act(caller, record, "submit", ActionRequest(revision=1))


@pytest.mark.feature("SW-04", "GT-06", "CX-06")
def test_a_head_keeps_a_view_and_a_phrase_and_agrees_to_several_at_once(
    enter: Enter, built: Installation
) -> None:
    drafted(built, "drafter", 3, sent=True)
    head = enter("head")
    head.goto("/kinds/notice?filter=state:review")
    head.get_by_role("button", name="保存为视图").click()
    head.get_by_label("视图名称").fill("待我审核")
    head.get_by_label("与法规科的同事共享").check()
    head.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(head.get_by_role("link", name="待我审核")).to_have_attribute("aria-current", "page")
    assert conftest.serious_faults(head) == []
    deputy = enter("deputy")
    deputy.goto("/kinds/notice")
    expect(deputy.get_by_role("link", name="待我审核（乙二）")).to_be_visible()

    expect(head.get_by_role("button", name="批量办理")).to_be_disabled()
    head.get_by_label("选择本页全部").check()
    expect(head.get_by_text("已选 3 件")).to_be_visible()
    head.get_by_role("button", name="批量办理").click()
    opinion = head.get_by_label("办理意见")
    opinion.fill("内容无误，同意。")
    head.get_by_role("button", name="保存至常用意见").click()
    expect(head.get_by_text("已保存至常用意见")).to_be_visible()
    opinion.fill("")
    head.get_by_role("button", name="内容无误，同意。", exact=True).click()
    expect(opinion).to_have_value("内容无误，同意。")
    assert conftest.serious_faults(head) == []
    head.get_by_role("button", name="同意", exact=True).click()
    expect(head.get_by_text("3 件已全部办理")).to_be_visible()
    head.reload()  # sent again: the same answer, and nothing is done twice
    expect(head.get_by_text("3 件已全部办理")).to_be_visible()
    head.goto("/phrases")
    expect(head.get_by_text("用过")).to_be_visible()

    registry = enter("registry")
    registry.goto("/tasks")
    expect(registry.get_by_text("drafter的通知")).to_have_count(3)


@pytest.mark.feature("CX-06")
def test_a_long_list_is_exported_while_its_page_is_watched(
    enter: Enter, built: Installation, tmp_path: Path
) -> None:
    drafted(built, "writer", AT_ONCE + 1)
    writer = enter("writer")
    writer.goto("/kinds/notice?sort=title")
    conftest.come_to_show(writer, writer.get_by_role("button", name="导出全部 2,001 条"))
    writer.get_by_role("button", name="导出全部 2,001 条").click()
    expect(writer.get_by_text("已开始导出")).to_be_visible()
    expect(writer.get_by_role("link", name="下载 CSV")).to_be_visible()  # the page looks by itself
    with writer.expect_download() as download:
        writer.get_by_role("link", name="下载 CSV").click()
    download.value.save_as(tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    titles = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert sorted(titles) == sorted(f"writer的通知{number}" for number in range(AT_ONCE + 1))


@pytest.mark.feature("SY-06")
def test_what_a_colleague_left_is_handed_over(enter: Enter, built: Installation) -> None:
    drafted(built, "deputy", 2)
    gone = {"login": "deputy", "name": "戊五", "unit": "law", "disabled": True}
    built.house.people.load(PeopleRows([], [gone]), lasting=True)
    admin = enter("admin")
    admin.get_by_role("link", name="无人承办").click()
    row = admin.get_by_role("listitem").filter(has_text="戊五")
    expect(row).to_contain_text("2 件")
    row.get_by_role("link", name="移交").click()
    expect(admin.get_by_text("（内容不对您开放）")).to_have_count(2)
    admin.get_by_role("combobox", name="移交给").fill("乙二")
    admin.get_by_role("option", name="乙二").first.click()
    admin.get_by_label("移交原因").fill("戊五调离")
    assert conftest.serious_faults(admin) == []
    admin.get_by_role("button", name="移交", exact=True).click()
    expect(admin.get_by_text("2 项任务已全部移交给乙二")).to_be_visible()
    head = enter("head")
    head.goto("/tasks")
    expect(head.get_by_text("deputy的通知")).to_have_count(2)
