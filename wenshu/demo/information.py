"""政务信息 of the demo: one issue published, one in the making, items on every step."""

from datetime import timedelta

from records.identity import Login
from records.revision import Revision
from services.house import House
from wenshu.demo.steps import acted, begun

_EDITOR = "jiayi"

_ITEMS = (
    (
        "law2",
        "wangmin",
        "信用修复“一网通办”压缩办理时限",
        "工作动态",
        "办理时限由十五日压缩至七日。",
    ),
    (
        "food2",
        "food1",
        "校园食品安全“日管控”经验做法",
        "经验做法",
        "全市学校食堂自查率达到百分之百。",
    ),
    (
        "price2",
        "price1",
        "停车收费明码标价存在的问题和建议",
        "问题建议",
        "建议统一公示牌样式和内容。",
    ),
    ("law3", "wangmin", "法规科开展行政处罚案卷评查", "工作动态", "共评查案卷一百二十件。"),
    (
        "consumer2",
        "consumer1",
        "预付卡投诉上升值得关注",
        "社情舆情",
        "投诉集中在健身、美容两个行业。",
    ),
    ("food3", "food1", "食品小作坊登记工作进展", "工作动态", "登记率达到九成。"),
)
"""Who writes, his head, title, category, text."""


def fill_information(house: House) -> None:
    """Report, adopt, refuse and publish, as the people do who would."""
    published = _issue(house, "本周要情", "一、信用修复压缩办理时限。二、校园食品安全日管控。")
    items = [_reported(house, *each) for each in _ITEMS[:-1]]
    for item, points in zip(items[:2], (5, 8), strict=True):
        acted(house, _EDITOR, item, "adopt", fields={"issue": published.record, "points": points})
    acted(house, _EDITOR, published, "publish")
    making = _issue(house, "问题与建议", "一、停车收费明码标价的问题和建议。")
    acted(house, _EDITOR, items[2], "adopt", fields={"issue": making.record, "points": 6})
    acted(house, _EDITOR, items[3], "reject", "与上期内容重复。")
    _begun(house, _ITEMS[-1])


def _issue(house: House, title: str, body: str) -> Revision:
    caller = house.book.caller(Login(_EDITOR))
    fields = {
        "title": title,
        "journal": "政务信息",
        "issued_on": (caller.today - timedelta(days=1)).isoformat(),
        "body": body,
        "audience": ["everyone"],
    }
    issue = begun(house, _EDITOR, "info_issue", fields)
    return acted(house, _EDITOR, issue, "open")


def _begun(house: House, each: tuple[str, str, str, str, str]) -> Revision:
    author, _, title, category, content = each
    fields = {"title": title, "category": category, "content": content}
    return begun(house, author, "info_item", fields)


def _reported(house: House, *each: str) -> Revision:
    author, head, title, category, content = each
    item = _begun(house, (author, head, title, category, content))
    return acted(house, head, acted(house, author, item, "report"), "pass", "同意报送。")
