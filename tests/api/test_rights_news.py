"""What an administrator does to rights and passwords does not stay unseen (SY-02, AQ-14)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import SignIn
from wenshu.building.installation import Installation

PEOPLE = "/api/v1/people"
SET = "Given#12345"


@pytest.fixture
def officer(built: Installation, sign_in: SignIn) -> TestClient:
    row = {"login": "officer", "name": "辛八", "unit": "office", "roles": ["security_officer"]}
    built.house.people.load(PeopleRows([], [row]), lasting=True)
    return sign_in("officer")


def load(admin: TestClient, **row: Any) -> None:
    answer = admin.post(PEOPLE, json={"people": [row]})
    assert answer.status_code == 200, answer.text


def told(built: Installation, reader: TestClient) -> list[dict[str, Any]]:
    """The records of changed rights that the reader finds."""
    while not built.drain.empty():
        built.drain.round()
    hits = reader.get("/api/v1/search", params={"kind": "rights_change"}).json()["hits"]
    return [reader.get(f"/api/v1/records/{hit['id']}").json() for hit in hits]


def cookie(client: TestClient) -> dict[str, str]:
    return {"Cookie": f"wenshu_session={client.headers['Authorization'].split()[1]}"}


@pytest.mark.feature("AQ-14")
def test_rights_that_an_administrator_gives_himself_are_told_to_the_security_officer(
    built: Installation, sign_in: SignIn, officer: TestClient
) -> None:
    admin = sign_in("admin")
    own = {"login": "admin", "name": "庚七", "unit": "office", "roles": ["administrator", "staff"]}
    load(admin, **own, clearance="绝密", posts=["机要室"])
    (news,) = told(built, officer)
    assert news["title"] == "庚七（admin）的权限有变更"
    for line in ("涉密等级：内部 → 绝密", "岗位：无 → 机要室", "全体工作人员", "庚七（admin）"):
        assert line in news["fields"]["detail"]
    assert [news["id"]] == [task["id"] for task in officer.get("/api/v1/tasks").json()["tasks"]]
    assert news["title"] in admin.get("/notices", headers=cookie(admin)).text


@pytest.mark.feature("SY-02")
def test_a_person_is_told_of_his_own_rights_and_of_nobody_elses(
    built: Installation, sign_in: SignIn
) -> None:
    load(sign_in("admin"), login="reader", name="丁四", unit="law", clearance="公开")
    person, other = sign_in("reader"), sign_in("head")
    (news,) = told(built, person)
    assert "所在单位：食品科 → 法规科" in news["fields"]["detail"]
    assert news["title"] in person.get("/notices", headers=cookie(person)).text
    assert told(built, other) == []


def test_the_same_row_again_is_no_news(
    built: Installation, sign_in: SignIn, officer: TestClient
) -> None:
    load(sign_in("admin"), login="reader", name="丁四", unit="food")
    assert told(built, officer) == []


def test_the_security_officer_ticks_off_what_he_has_looked_into(
    built: Installation, sign_in: SignIn, officer: TestClient
) -> None:
    load(sign_in("admin"), login="reader", name="丁四", unit="law")
    (news,) = told(built, officer)
    address = f"/api/v1/records/{news['id']}/actions/verify"
    given = {"revision": 1, "opinion": "", "idempotency_key": "k"}
    assert sign_in("reader").post(address, json=given).status_code == 403
    assert officer.post(address, json=given).status_code == 200
    assert officer.get("/api/v1/tasks").json()["total"] == 0
    assert [each["state"] for each in told(built, sign_in("reader"))] == ["verified"]


def test_new_accounts_are_told_to_the_security_officer(
    built: Installation, sign_in: SignIn, officer: TestClient
) -> None:
    load(sign_in("admin"), login="puppet", name="傀儡", unit="office", posts=["机要室"])
    (news,) = told(built, officer)
    assert "傀儡（puppet）：办公室，机要室，全体工作人员，内部" in news["fields"]["detail"]


@pytest.mark.feature("LG-04")
def test_a_password_that_somebody_else_set_is_good_for_setting_another_only(
    built: Installation, sign_in: SignIn, nobody: TestClient, officer: TestClient
) -> None:
    load(sign_in("admin"), login="reader", name="丁四", unit="food", password=SET)
    answer = nobody.post("/api/v1/session", json={"login": "reader", "password": SET}).json()
    assert answer["must_set_password"]
    bearer = {"Authorization": f"Bearer {answer['token']}"}
    for address in ("/api/v1/tasks", "/api/v1/search", "/api/v1/records/x"):
        refused = nobody.get(address, headers=bearer)
        assert (refused.status_code, refused.json()["reason"]) == (403, "must_set_password")
    (news,) = told(built, officer)
    assert news["title"] == "丁四（reader）的密码由他人设置"

    change = {"old": SET, "new": "Own#98765"}
    own = nobody.post("/api/v1/session/password", json=change, headers=bearer).json()
    bearer = {"Authorization": f"Bearer {own['token']}"}
    assert nobody.get("/api/v1/tasks", headers=bearer).status_code == 200
    assert len(told(built, sign_in("reader"))) == 1


@pytest.mark.feature("LG-04")
def test_the_page_asks_for_another_password_and_opens_no_session(
    sign_in: SignIn, nobody: TestClient
) -> None:
    load(sign_in("admin"), login="reader", name="丁四", unit="food", password=SET)
    form = {"login": "reader", "password": SET, "next": "/"}
    page = nobody.post("/sign-in", data=form, headers={"Origin": "http://testserver"})
    assert 'action="/set-password"' in page.text
    assert "set-cookie" not in page.headers


@pytest.mark.feature("LG-07")
def test_a_one_time_code_in_the_place_of_a_password_is_told(
    built: Installation, sign_in: SignIn, officer: TestClient
) -> None:
    admin = sign_in("admin")
    headers = {**cookie(admin), "Origin": "http://testserver"}
    assert admin.post("/people/person/reader/reset", headers=headers).status_code == 200
    (news,) = told(built, officer)
    assert news["title"] == "丁四（reader）的密码由他人设置"
