"""The people of 发文 and 收文 of a bureau and a district, and papers on their way."""

import io
from collections.abc import Mapping
from typing import Any

from docx import Document
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, SignIn
from tests.api.office import act, begun
from wenshu.building.installation import Installation

UNITS: tuple[Mapping[str, object], ...] = (
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市", "profile": "市局"},
    {"code": "print", "name": "文印室", "parent": "bureau"},
    {"code": "price", "name": "价格科", "parent": "bureau"},
    {
        "code": "county",
        "name": "北湖县市场监督管理局",
        "level": "县",
        "parent": "bureau",
        "profile": "区县局",
    },
    {"code": "countyoffice", "name": "县办公室", "parent": "county"},
    {"code": "station", "name": "南山工商所", "level": "所", "parent": "county", "profile": "简易"},
)

OFFICERS: tuple[Mapping[str, object], ...] = (
    {"login": "printer", "name": "印一", "unit": "print", "posts": ["文印室"]},
    {"login": "first", "name": "初一", "unit": "office", "posts": ["办公室初审"]},
    {"login": "second", "name": "复一", "unit": "office", "posts": ["办公室复审"]},
    {"login": "director", "name": "主一", "unit": "office", "posts": ["办公室主任"]},
    {"login": "watch", "name": "督一", "unit": "office", "posts": ["督查室"]},
    {"login": "chief", "name": "局一", "unit": "bureau", "posts": ["局领导"]},
    {"login": "deputy", "name": "局二", "unit": "bureau", "posts": ["局领导"]},
    {"login": "pricehead", "name": "价一", "unit": "price", "posts": ["科室负责人"]},
    {"login": "foodhead", "name": "食一", "unit": "food", "posts": ["科室负责人"]},
    {"login": "countyregistry", "name": "县机一", "unit": "countyoffice", "posts": ["机要室"]},
    {"login": "countydirector", "name": "县主一", "unit": "countyoffice", "posts": ["办公室主任"]},
    {"login": "countydeputy", "name": "县分一", "unit": "county", "posts": ["分管领导"]},
    {"login": "countychief", "name": "县主任一", "unit": "county", "posts": ["主要领导"]},
    {"login": "boss", "name": "张一", "unit": "station", "posts": ["主要领导"]},
    {"login": "sealer", "name": "王一", "unit": "station", "posts": ["印章管理员"]},
    {"login": "clerk", "name": "刘一", "unit": "station", "posts": ["收发员", "发文员"]},
    {"login": "writer", "name": "写一", "unit": "station"},
)

PAPER = {
    "title": "关于开展食品安全专项整治的通知",
    "note": "请审核",
    "code": "渝市监发",
    "urgency": "加急",
    "scope": "内部",
    "disclosure": "不公开发布",
    "why_not": "内部工作安排",
    "main_to": "各区县市场监督管理局",
    "receivers": ["county"],
}


def staffed(built: Installation, *more: Mapping[str, object]) -> None:
    """Bureau, district and a station with everybody their papers go through."""
    rows = [{**person, "password": PASSWORD} for person in (*OFFICERS, *more)]
    built.house.people.load(PeopleRows([*UNITS], rows), lasting=True)


def a_docx(*paragraphs: str) -> bytes:
    """A Word file."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_file(client: TestClient, record: str, part: str, name: str, body: bytes) -> None:
    """Put a file into a part of a record."""
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    answer = client.post(
        f"/api/v1/records/{record}/files",
        files={"file": (name, body)},
        data={"part": part},
        headers={"If-Match": f'"{revision}"'},
    )
    assert answer.status_code in {200, 201}, answer.text


def drafted(client: TestClient, **fields: Any) -> str:
    """A 发文 with its text; its identifier."""
    record = begun(client, "outgoing", **{**PAPER, **fields})
    with_file(client, record, "body", "正文.docx", a_docx("各区县局：", "请认真开展专项整治。"))
    return record


def done(client: TestClient, record: str, label: str, **given: Any) -> None:
    """Take an action that must succeed."""
    answer = act(client, record, label, **given)
    assert answer.status_code == 200, (label, answer.text)


def in_hub(sign_in: SignIn, **fields: Any) -> tuple[str, TestClient]:
    """A paper that has come to the registry, and the registry."""
    record = drafted(sign_in("drafter"), **fields)
    done(sign_in("drafter"), record, "发送")
    done(sign_in("head"), record, "发送")
    return record, sign_in("registry")


def issued(sign_in: SignIn, **fields: Any) -> str:
    """A paper of the bureau that is issued."""
    record, registry = in_hub(sign_in, **fields)
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        done(registry, record, label)
    return record


def registered(sign_in: SignIn, **fields: Any) -> str:
    """A paper from outside that the bureau's registry has entered."""
    paper = {
        "title": "关于报送数据的函",
        "from_unit": "市政府办公厅",
        "from_number": "渝府办函〔2026〕9号",
    }
    return begun(sign_in("registry"), "incoming", **{**paper, **fields})


def worked_off(sign_in: SignIn, record: str, **fields: Any) -> None:
    """A registered paper, distributed to one section, answered and closed."""
    registry = sign_in("registry")
    done(registry, record, "发送")
    done(sign_in("director"), record, "拟办送分发", opinion="请办")
    done(registry, record, "分发", fields={"main_unit": "law", **fields})
    done(sign_in("head"), record, "反馈", opinion="已办")
    done(registry, record, "办结")
