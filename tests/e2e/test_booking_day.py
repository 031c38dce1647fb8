"""A booking day of four people in the browser (features.md B15)."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office_day import Enter, office, take

conftest = import_module("tests.e2e.conftest")

UNITS: list[dict[str, object]] = [
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市"},
    {"code": "office", "name": "办公室", "parent": "bureau"},
    {"code": "law", "name": "法规科", "parent": "bureau"},
]
PEOPLE: list[dict[str, object]] = [
    {"login": "rooms", "name": "会一", "unit": "office", "posts": ["会议室管理员"]},
    {"login": "clerk", "name": "丙三", "unit": "law"},
    {"login": "other", "name": "丁四", "unit": "law"},
    {"login": "reader", "name": "戊五", "unit": "office"},
]
RECORD = re.compile("/records/[0-9A-Z]{26}$")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with office(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as at:
        yield at


def next_week(page: Page, room: str) -> None:
    """The week after this one: none of its hours has passed."""
    page.goto("/kinds/room_booking/calendar")
    page.get_by_role("link", name="下一周").click()
    page.get_by_role("link", name=room).first.click()
    expect(page.get_by_role("heading", name=room)).to_be_visible()


def drag(page: Page, day: int, first: int, last: int) -> None:
    """From one free half hour of a day to another."""
    slots = page.locator(".week-day").nth(day).locator("a.slot")
    slots.nth(first).hover()
    page.mouse.down()
    slots.nth(last).hover()
    page.mouse.up()
    page.wait_for_url("**/records/new/room_booking**")


def booked(page: Page, title: str) -> None:
    """Fill in what the drag did not, save and submit."""
    page.get_by_label("会议名称").fill(title)
    page.get_by_label("联系人").fill("丙三")
    page.get_by_label("联系电话").fill("63020001")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(RECORD)
    take(page, "提交")


@pytest.mark.feature("HY-01", "HY-02", "HY-03", "HY-04", "HY-06")
def test_a_room_is_set_up_booked_by_a_drag_approved_seen_by_all_and_taken_over(
    enter: Enter,
) -> None:
    # “会议室维护 (name, place, seats, equipment, open hours, disabled)” (HY-01)
    rooms = enter("rooms")
    rooms.goto("/kinds/room_booking/calendar")
    expect(rooms.get_by_text("还没有可以预订的会议室")).to_be_visible()
    rooms.get_by_role("link", name="登记会议室").click()
    rooms.get_by_label("名称").fill("第一会议室")
    rooms.get_by_label("地点").fill("三楼")
    rooms.get_by_label("座位数").fill("20")
    rooms.get_by_label("投影").check()
    rooms.get_by_label("开放起").fill("08:00")
    rooms.get_by_label("开放止").fill("18:00")
    rooms.get_by_role("button", name="保存").click()
    expect(rooms.locator(".facts").first).to_contain_text("投影")

    # “预订申请” (HY-02): room and times are those of the drag
    clerk = enter("clerk")
    conftest.come_to_show(clerk, clerk.get_by_role("link", name="会议室", exact=True))
    next_week(clerk, "第一会议室")
    assert conftest.serious_faults(clerk) == []
    drag(clerk, 1, 2, 5)
    expect(clerk.get_by_label("开始时间")).to_have_value(re.compile("T09:00$"))
    expect(clerk.get_by_label("结束时间")).to_have_value(re.compile("T11:00$"))
    expect(clerk.get_by_label("会议室", exact=False).first).to_contain_text("第一会议室")
    booked(clerk, "食品安全专题会")

    # “审批” (HY-03): of two for one time the second is told that it is taken
    other = enter("other")
    next_week(other, "第一会议室")
    drag(other, 1, 3, 4)
    booked(other, "预算评审会")
    rooms.goto(clerk.url)
    take(rooms, "批准")
    rooms.goto(other.url)
    rooms.get_by_role("button", name="批准", exact=True).click()
    dialog = rooms.get_by_role("dialog", name="批准", exact=True)
    dialog.get_by_role("textbox", name="办理意见").fill("可以")
    dialog.get_by_role("button", name="批准", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("9:30”已被占用")
    expect(dialog.get_by_role("textbox", name="办理意见")).to_have_value("可以")
    dialog.get_by_role("button", name="返回").click()
    take(rooms, "驳回", "该时段已安排")

    # “calendar of use” (HY-04): whoever is signed in
    reader = enter("reader")
    next_week(reader, "第一会议室")
    conftest.come_to_show(reader, reader.get_by_role("link", name="食品安全专题会"))
    expect(reader.get_by_text("预算评审会")).to_have_count(0)
    feed = reader.get_by_role("link", name="订阅日历").get_attribute("href")
    assert feed is not None
    told = reader.request.get(feed).text()
    assert "SUMMARY:食品安全专题会" in told

    # “使用登记/取消/释放” (HY-06), and 征用
    rooms.goto(clerk.url)
    take(rooms, "征用", "市局会议使用")
    clerk.reload()
    expect(clerk.locator(".slip")).to_contain_text("市局会议使用")
    next_week(clerk, "第一会议室")
    expect(clerk.get_by_role("link", name="食品安全专题会")).to_have_count(0)
