"""The units and people of the demo: a city bureau, its sections and three districts."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any
from zlib import crc32

from records.people.people_rows import PeopleRows

PASSWORD = "Wenshu#2026"  # noqa: S105 - printed on the first start, for a demo on this machine
"""The password of the sign-ins of the demo."""

SIGN_INS = (
    (
        "jiayi",
        "甲一",
        "办公室（机要室、督查室、信息编审、会议室管理员、车管员、稿件管理员、档案员、库管理员），可阅内部文件",
    ),
    ("wangmin", "王敏", "法规科科室负责人、督查管理员，可阅秘密文件"),
    ("law2", "吴静", "法规科科员，起草通知和发文，由王敏审核"),
    ("zhoujun", "周军", "局领导，审签发文、批示收文"),
    ("heyan", "何艳", "办公室主任（初审、复审），拟办收文"),
    ("liping", "李平", "北湖区局科员，只能看到对本单位和全体开放的文件"),
    ("beihu-check1", "王勇军", "北湖区局执法科科室负责人，审核李平起草的文件"),
    ("admin", "系统管理员", "机构与人员、运行监测；阅览文件的权限与普通人员相同"),
)

BUREAU = "bureau"
SECTIONS = {
    "office": "办公室",
    "law": "法规科",
    "food": "食品安全监管科",
    "equipment": "特种设备安全监察科",
    "price": "价格监督检查科",
    "registry": "登记注册科",
    "consumer": "消费者权益保护科",
    "finance": "财务科",
    "personnel": "人事科",
}
DISTRICTS = {"beihu": "北湖区", "nanshan": "南山区", "dongjiang": "东江区"}
DISTRICT_SECTIONS = {"office": "办公室", "check": "执法科"}

_FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "明华强芳敏静丽军洋勇艳杰娟涛超霞平刚桂英文斌辉玲宁波琳健雪峰"

_OFFICE_POSTS = {
    ("office", 1): ["文印室"],
    ("office", 2): ["印章管理员"],
    ("office", 3): ["发文员"],
}

Row = dict[str, Any]


def people_rows() -> PeopleRows:
    """Units and about sixty people; those with sign-ins have a password, the others none."""
    organ = {"level": "市", "profile": "市局"}
    units: list[Row] = [{"code": BUREAU, "name": "渝州市市场监督管理局", **organ}]
    units += [{"code": c, "name": name, "parent": BUREAU} for c, name in SECTIONS.items()]
    for code, name in DISTRICTS.items():
        district = {"level": "区", "profile": "区县局", "parent": BUREAU}
        units.append({"code": code, "name": f"{name}市场监督管理局", **district})
        units += [
            {"code": f"{code}-{section}", "name": told, "parent": code}
            for section, told in DISTRICT_SECTIONS.items()
        ]
    return PeopleRows(units, list(_people()))


def _people() -> Iterator[Row]:
    keeping = ["会议室管理员", "车管员", "稿件管理员", "档案员"]
    posts = ["机要室", "督查室", "信息编审", *keeping]
    yield _row("jiayi", "甲一", "office", posts=posts, roles=["staff", "archivist", "librarian"])
    yield _row("wangmin", "王敏", "law", posts=["科室负责人", "督查管理员"], clearance="秘密")
    yield _row("zhoujun", "周军", BUREAU, posts=["局领导"], clearance="秘密")
    reviewing = ["办公室主任", "办公室初审", "办公室复审"]
    yield _row("heyan", "何艳", "office", posts=reviewing)
    yield _row("sunli", "孙莉", BUREAU, posts=["局领导"], clearance="秘密")
    yield _row("liping", "李平", "beihu-check", clearance="公开")
    yield _row("admin", "系统管理员", "office", roles=["administrator"], clearance="公开")
    names = _names()
    for section in SECTIONS:
        heads = [] if section == "law" else ["科室负责人", "督查管理员"]
        for number in range(4):
            posts = heads if number == 0 else _OFFICE_POSTS.get((section, number), [])
            yield _row(f"{section}{number + 1}", next(names), section, posts=posts)
    for district in DISTRICTS:
        for section in DISTRICT_SECTIONS:
            for number in range(3):
                head = ["科室负责人", "督查管理员"]
                office = [
                    ["机要室", "文印室", "信息编审", "稿件管理员", "档案员"],
                    ["办公室主任", "办公室初审", "办公室复审"],
                ]
                leaders = [["主要领导"], ["分管领导"]]
                others = office if section == "office" else leaders
                posts = [head, *others][number]
                login = f"{district}-{section}{number + 1}"
                yield _row(login, next(names), f"{district}-{section}", posts=posts)


def _row(login: str, name: str, unit: str, **more: Any) -> Row:
    row: Row = {"login": login, "name": name, "unit": unit, "clearance": "内部", **more}
    row |= _reached(login, hidden=bool({"局领导", "主要领导"} & {*row.get("posts", [])}))
    if login in {each for each, _, _ in SIGN_INS}:
        row["password"] = PASSWORD
    return row


def _reached(login: str, *, hidden: bool) -> Row:
    """Telephones that nobody has: 5555 of the city, mobiles that begin with 000."""
    number = crc32(login.encode()) % 10_000
    told = {
        "phone": f"023-5555{number:04}",
        "mobile": f"0001234{number:04}",
        "room": f"{number % 500 + 100}",
    }
    return {
        **told,
        "mail": f"{login}@bureau.example",
        **({"mobile_readers": ["post:office/办公室主任"]} if hidden else {}),
    }


def _names() -> Iterator[str]:
    """Plain names, none twice within the first few hundred."""
    given = cycle(_GIVEN)
    for round_ in range(len(_GIVEN)):
        for family in _FAMILIES:
            second = _GIVEN[(round_ * 7) % len(_GIVEN)] if round_ % 2 else ""
            yield f"{family}{next(given)}{second}"
