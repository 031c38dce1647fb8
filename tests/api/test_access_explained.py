"""权限说明: which rule opens a record to somebody, told to its owner and to security officers."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import RecordId
from records.people.people_rows import PeopleRows
from records.rights.explaining import explained
from records.rights.reading import filter_for, may_read
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import begun
from wenshu.building.installation import Installation

OFFICER = {"login": "officer", "name": "安一", "unit": "office", "roles": ["security_officer"]}


@pytest.fixture
def record(built: Installation, sign_in: SignIn) -> str:
    """A file of the archivist, open to the people of the county."""
    built.house.people.load(PeopleRows([], [{**OFFICER, "password": PASSWORD}]), lasting=True)
    grants = [
        {"to": "unit:county", "right": "read"},
        {"to": "person:head", "right": "read", "until": "2020-01-01"},
    ]
    answer = sign_in("keeper").post(
        "/api/v1/files",
        files={"file": ("通讯录.txt", "通讯录".encode())},
        data={
            "level": "内部",
            "fields": json.dumps({"title": "内部通讯录"}),
            "grants": json.dumps(grants),
        },
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def told(client: TestClient, record: str, login: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/records/{record}/access/{login}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.feature("AQ-14")
def test_the_rule_that_opens_it_stands_first(sign_in: SignIn, record: str) -> None:
    answer = told(sign_in("keeper"), record, "reader")
    assert answer["open"]
    first = answer["rules"][0]
    assert (first["source"], first["to"], first["carried"]) == ("grant", "unit:county", True)


@pytest.mark.feature("AQ-14")
@pytest.mark.parametrize(
    ("login", "why"),
    [
        ("reader", "授权：北湖县市场监督管理局（含下级）"),
        ("public", "文件的密级（内部）高于他的可阅密级"),
        ("head", "给他的授权已经到期"),
        ("drafter", "没有一条规则与他相符"),
        ("keeper", "文件所有人：己六"),
        ("admin", "没有一条规则与他相符"),
    ],
)
def test_the_owner_reads_why_on_the_page(browse: Browse, record: str, login: str, why: str) -> None:
    page = browse("keeper").get("/access", params={"record": record, "person": login})
    assert page.status_code == 200
    assert why in page.text


@pytest.mark.feature("AQ-14")
def test_a_security_officer_learns_the_rules_and_not_what_it_is(
    sign_in: SignIn, browse: Browse, record: str
) -> None:
    assert told(sign_in("officer"), record, "reader")["open"]
    page = browse("officer").get("/access", params={"record": record, "person": "reader"}).text
    assert "无权查看标题" in page
    assert "内部通讯录" not in page
    assert "权限说明" in browse("officer").get("/").text


@pytest.mark.feature("AQ-14")
@pytest.mark.parametrize("login", ["reader", "head", "admin"])
def test_to_everybody_else_there_is_no_such_record(
    sign_in: SignIn, browse: Browse, record: str, login: str
) -> None:
    nothing = sign_in(login).get("/api/v1/records/01ZZZZZZZZZZZZZZZZZZZZZZZZ/access/reader")
    answer = sign_in(login).get(f"/api/v1/records/{record}/access/reader")
    assert (answer.status_code, nothing.status_code) == (404, 404)
    assert answer.json()["detail"] == nothing.json()["detail"]
    page = browse(login).get("/access", params={"record": record, "person": "reader"})
    assert page.status_code == 404
    assert "授权" not in page.text.split("<main")[1]


@pytest.mark.feature("AQ-14")
def test_the_explanation_is_the_decision_for_everybody(
    built: Installation, sign_in: SignIn, record: str
) -> None:
    drafter = sign_in("drafter")
    notice = begun(drafter, "notice", title="关于检查", body="正文", audience=["unit:county"])
    organisation = built.house.book.current()
    log, kinds = built.house.administration.access._log, built.house.kinds
    seen = set()
    for number in (record, notice):
        if number == notice:
            drafter.post(f"/api/v1/records/{notice}/actions/submit", json={"revision": 1})
        revision = log.latest(RecordId(number))
        kind = kinds.of(revision)
        for person in organisation.people:
            today = built.house.book.caller(person.login).today
            reader = organisation.reader(person.login, today)
            decided = may_read(kind, revision, filter_for(reader, today))
            assert explained(kind, revision, reader, today).is_open is decided
            seen.add(decided)
    assert seen == {True, False}


@pytest.mark.feature("AQ-14")
def test_the_form_takes_an_address_and_a_name(browse: Browse, record: str) -> None:
    keeper = browse("keeper")
    asked = {"record": f"http://testserver/records/{record}?q=x", "person_add": "丁四"}
    assert "可以查看这份文件" in keeper.get("/access", params=asked).text
    unknown = keeper.get("/access", params={"record": record, "person_add": "没有这人"})
    assert unknown.status_code == 404
    assert f'value="{record}"' in unknown.text
    assert keeper.get("/access").status_code == 200
    assert "权限说明" in keeper.get(f"/records/{record}").text
