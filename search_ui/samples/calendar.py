"""Samples of the calendar of what can be booked."""

from dataclasses import replace

from search_ui.samples.shell import Sample
from search_ui.views.calendar import (
    Block,
    CalendarCell,
    CalendarPage,
    CalendarRow,
    Day,
    Slot,
    WeekLine,
    WeeklyForm,
    WeeklyOutcome,
)
from search_ui.views.fields import FormField
from search_ui.views.shell import Crumb, Tab

MEETING = Block("食品安全专题会", "9:00–10:30", "丙三", "/records/a", place="at-5 for-6")
ASKED = Block("预算评审", "14:00–15:00", "乙二", "/records/b", "warning", "待审批", "at-25 for-4")


def _slot(row: int) -> Slot:
    at = f"2026-11-23T{8 + row // 2:02}:{'30' if row % 2 else '00'}"
    free = "/records/new/room_booking" if 2 < row < 20 and row not in (2, 3, 4) else None
    return Slot(at, at, f"预订 {at}", f"at-{2 * row + 1} for-2", free)


DAYS = tuple(
    Day(
        f"周{weekday}",
        f"11月{23 + n}日",
        today=n == 0,
        slots=tuple(map(_slot, range(24))),
        blocks=(MEETING, ASKED) if n in (0, 3) else (),
    )
    for n, weekday in enumerate("一二三四五六日")
)
ONE = CalendarPage(
    "会议室",
    "2026年11月23日—11月29日",
    (
        Tab("全部会议室", "/kinds/room_booking/calendar"),
        Tab("第一会议室", "/kinds/room_booking/calendar?of=a", current=True),
        Tab("视频会议室", "/kinds/room_booking/calendar?of=b"),
    ),
    "/kinds/room_booking/calendar?week=1",
    "/kinds/room_booking/calendar?week=2",
    "/kinds/room_booking/calendar",
    DAYS,
    one="第一会议室",
    facts="三楼 · 座位数 20 · 投影、视频会议 · 08:00—18:00",
    hours=tuple((f"{h}:00", f"at-{(h - 8) * 4 + 1} for-4") for h in range(8, 20)),
    one_href="/records/a",
    feed_href="/kinds/room_booking/calendar/a.ics",
    book_href="/records/new/room_booking?room=a",
    weekly_href="/kinds/room_booking/calendar/weekly?room=a",
)
FREE = CalendarCell((), "/records/new/room_booking", "预订第一会议室，11月24日")
ALL = replace(
    ONE,
    tabs=(replace(ONE.tabs[0], current=True), replace(ONE.tabs[1], current=False)),
    one="",
    facts="",
    one_href=None,
    feed_href=None,
    new_href="/records/new/room",
    rows=(
        CalendarRow(
            "第一会议室",
            "/kinds/room_booking/calendar?of=a",
            "三楼 · 座位数 20",
            (CalendarCell((MEETING, ASKED)), *[FREE] * 6),
        ),
        CalendarRow(
            "视频会议室",
            "/kinds/room_booking/calendar?of=b",
            "五楼 · 座位数 60",
            (CalendarCell(()), *[FREE] * 6),
        ),
    ),
)
WEEKLY = WeeklyForm(
    (Crumb("会议室", "/kinds/room_booking/calendar"), Crumb("每周例会")),
    "/kinds/room_booking/calendar/weekly",
    "/kinds/room_booking/calendar",
    (
        FormField(
            "weeks", "连续周数", "integer", "4", required=True, error="请填写 1 至 26 之间的整数。"
        ),
        FormField("begins", "开始时间", "instant", "2026-11-30T09:00", required=True),
    ),
    "sample",
    "还没有填写：会议名称。",
)
OUTCOME = WeeklyOutcome(
    WEEKLY.crumbs,
    "已提交 3 次预订，跳过 1 次",
    (WeekLine("2026年11月30日 9:00", "/records/a", "待审批"),),
    (WeekLine("2026年12月7日 9:00", None, "2026年12月7日 9:00 已被占用。"),),
    "/kinds/room_booking/calendar",
)
CALENDARS = {
    "rooms": Sample("calendar", ALL, "rooms"),
    "rooms-one": Sample("calendar", ONE, "rooms"),
    "rooms-none": Sample("calendar", replace(ALL, tabs=ALL.tabs[:1], rows=()), "rooms"),
    "rooms-weekly": Sample("calendar_weekly", WEEKLY, "rooms"),
    "rooms-repeated": Sample("calendar_repeated", OUTCOME, "rooms"),
}
