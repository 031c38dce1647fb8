"""督查 and 会议室 of the demo: items on their way, rooms, a booking of next week."""

from dataclasses import dataclass
from datetime import timedelta

from records.identity import Login
from services.flow.change import NewFile
from services.house import House
from wenshu.demo.steps import acted, begun


@dataclass(frozen=True, slots=True)
class _Item:
    """One item, and who of its units has answered."""

    title: str
    source: str
    main: str
    assisting: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


_ITEMS = (
    _Item("关于食品安全专项整治落实情况的督查", "领导指示", "food", ("law", "price"), ("price1",)),
    _Item("关于信用修复事项办理时限的督查", "会议", "law"),
)

_ROOMS = (("第一会议室", "三楼东侧", 40), ("视频会议室", "五楼", 20))


def fill_affairs(house: House) -> None:
    """Begin them, as the people do who would."""
    for each in _ITEMS:
        _item(house, each)
    rooms = [begun(house, "jiayi", "room", _room(*each)) for each in _ROOMS]
    day = house.book.caller(Login("jiayi")).today + timedelta(days=7)
    fields = {
        "room": rooms[0].record,
        "title": "年终检查工作布置会",
        "begins": f"{day}T09:00",
        "ends": f"{day}T11:00",
        "contact": "王敏",
        "phone": "6012",
    }
    booking = begun(house, "wangmin", "room_booking", fields)
    booking = acted(house, "wangmin", booking, "submit")
    acted(house, "jiayi", booking, "approve")


def _item(house: House, each: _Item) -> None:
    today = house.book.caller(Login("jiayi")).today
    fields = {
        "title": each.title,
        "source": each.source,
        "given_on": today.isoformat(),
        "due_on": (today + timedelta(days=14)).isoformat(),
        "main_unit": each.main,
        "assisting": list(each.assisting),
        "requirement": "请按职责分工办理，并于办结时间前提交办理情况。",
    }
    staged = house.staging.receive([f"{each.title}\n请办理。\n".encode()], name="批示.txt")
    file = NewFile("批示.txt", staged, "original")
    try:
        item = begun(house, "jiayi", "supervision", fields, file)
    finally:
        house.staging.discard([staged])
    item = acted(house, "jiayi", item, "assign")
    for login in each.answered:
        item = acted(house, login, item, "report", "已按要求核查，情况附后。")


def _room(title: str, place: str, seats: int) -> dict[str, object]:
    return {
        "title": title,
        "place": place,
        "seats": seats,
        "equipment": ["投影", "音响"],
        "open_from": "08:00",
        "open_to": "18:00",
    }
