"""The organisation over HTTP: what a row may say, and what a new password ends."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import PASSWORD, Browse, SignIn
from wenshu.building.installation import Installation

PEOPLE = "/api/v1/people"


def load(client: TestClient, **row: Any) -> Any:
    return client.post(PEOPLE, json={"people": [{"name": "新人", "unit": "office", **row}]})


@pytest.mark.parametrize("login", [".dot", "..", "字" * 17, "clock"])
def test_a_login_that_the_store_or_the_clock_needs_otherwise_changes_nothing(
    sign_in: SignIn, built: Installation, login: str
) -> None:
    answer = load(sign_in("admin"), login=login, password=PASSWORD)
    assert (answer.status_code, answer.json()["reason"]) == (422, "bad_people_file")
    assert login not in {person.login for person in built.house.book.current().people}


@pytest.mark.parametrize("login", ["甲一", "字" * 16, "𠀀" * 16, "a" * 60, "wang.min@office"])
def test_ordinary_logins_are_taken(sign_in: SignIn, nobody: TestClient, login: str) -> None:
    assert load(sign_in("admin"), login=login, password=PASSWORD).status_code == 200
    given = {"login": login, "password": PASSWORD}
    assert nobody.post("/api/v1/session", json=given).status_code == 200


def test_an_account_that_was_disabled_finds_no_session_when_it_is_enabled_again(
    sign_in: SignIn,
) -> None:
    person, admin = sign_in("reader"), sign_in("admin")
    row = {"login": "reader", "name": "丁四", "unit": "food"}
    assert person.get("/api/v1/tasks").status_code == 200
    for disabled in (True, False):
        assert load(admin, **row, disabled=disabled).status_code == 200
        assert person.get("/api/v1/tasks").status_code == 401


def test_a_password_set_for_a_person_ends_his_sessions(sign_in: SignIn) -> None:
    person, other, admin = sign_in("reader"), sign_in("head"), sign_in("admin")
    row = {"login": "reader", "name": "丁四", "unit": "food"}
    assert load(admin, **row).status_code == 200
    assert person.get("/api/v1/tasks").status_code == 200
    assert load(admin, **row, password="Other#12345").status_code == 200
    assert person.get("/api/v1/tasks").status_code == 401
    assert other.get("/api/v1/tasks").status_code == 200


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"password": "abc"}, "weak_password"),
        ({"password": ["Abc#12345"]}, "string_type"),
        ({"clearance": ["公开"]}, "string_type"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_number(
    sign_in: SignIn, built: Installation, given: dict[str, Any], fault: str
) -> None:
    fresh = {"login": "fresh", "name": "新人", "unit": "office"}
    rows = [{**fresh, "password": PASSWORD}, {**fresh, "login": "second", **given}]
    answer = sign_in("admin").post(PEOPLE, json={"people": rows})
    assert (answer.status_code, answer.json()["reason"]) == (422, "bad_people_file")
    facts = answer.json()["facts"]
    assert (facts["row"], facts["field"], facts["fault"]) == (2, *given, fault)
    assert "fresh" not in {person.login for person in built.house.book.current().people}


def test_a_record_is_opened_to_a_post_that_is_picked(sign_in: SignIn, browse: Browse) -> None:
    browser = browse("drafter")
    items = browser.get("/people/suggest/audience", params={"q": "办公室机要"}).json()["items"]
    assert items == [{"token": "post:office/机要室", "label": "机要室", "detail": "办公室"}]
    assert browser.get("/people/suggest/units", params={"q": "机要"}).json()["items"] == []
    given = {"kind": "notice", "fields": {"title": "一", "body": "文", "audience": ["everyone"]}}
    grants = [{"to": items[0]["token"]}]
    made = sign_in("drafter").post("/api/v1/records", json={**given, "grants": grants})
    address = f"/api/v1/records/{made.json()['id']}"
    assert [sign_in(login).get(address).status_code for login in ("registry", "reader")] == [
        200,
        404,
    ]
