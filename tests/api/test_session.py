"""Signing in over HTTP."""

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import PASSWORD, SignIn
from wenshu.building.installation import Installation

SESSION = "/api/v1/session"


@pytest.mark.feature("LG-01")
def test_login_and_password_give_a_token_that_opens_the_api(nobody: TestClient) -> None:
    answer = nobody.post(SESSION, json={"login": "drafter", "password": PASSWORD})
    assert answer.status_code == 200
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert nobody.get("/api/v1/tasks", headers=headers).status_code == 200


@pytest.mark.feature("LG-01")
@pytest.mark.parametrize("login", ["drafter", "nobody", "../../etc", "甲" * 150, ""])
def test_wrong_password_and_unknown_login_look_the_same(nobody: TestClient, login: str) -> None:
    answer = nobody.post(SESSION, json={"login": login, "password": "wrong#1"})
    assert answer.status_code == 401
    assert answer.json()["reason"] == "wrong_password"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.feature("LG-13")
def test_the_fifth_failure_locks_and_the_right_password_does_not_help(nobody: TestClient) -> None:
    answers = [
        nobody.post(SESSION, json={"login": "drafter", "password": "wrong#1"}) for _ in range(5)
    ]
    assert [answer.json()["reason"] for answer in answers] == ["wrong_password"] * 4 + [
        "account_locked"
    ]
    right = nobody.post(SESSION, json={"login": "drafter", "password": PASSWORD})
    assert right.json()["reason"] == "account_locked"
    other = nobody.post(SESSION, json={"login": "head", "password": PASSWORD})
    assert other.status_code == 200


@pytest.mark.feature("LG-03", "LG-04")
def test_a_one_time_code_is_good_for_setting_a_password_only(
    nobody: TestClient, built: Installation
) -> None:
    code = built.house.accounts.open("reader", None)  # type: ignore[arg-type]
    answer = nobody.post(SESSION, json={"login": "reader", "password": code}).json()
    assert answer["must_set_password"]
    headers = {"Authorization": f"Bearer {answer['token']}"}
    assert nobody.get("/api/v1/tasks", headers=headers).json()["reason"] == "must_set_password"
    weak = nobody.post(f"{SESSION}/password", headers=headers, json={"old": code, "new": "abc"})
    assert weak.json()["reason"] == "weak_password"
    change = {"old": code, "new": "New#98765"}
    fresh = nobody.post(f"{SESSION}/password", headers=headers, json=change).json()
    headers = {"Authorization": f"Bearer {fresh['token']}"}
    assert nobody.get("/api/v1/tasks", headers=headers).status_code == 200


@pytest.mark.feature("LG-06")
def test_changing_the_password_ends_the_other_sessions(sign_in: SignIn) -> None:
    first, second = sign_in("drafter"), sign_in("drafter")
    change = {"old": PASSWORD, "new": "New#98765"}
    assert first.post(f"{SESSION}/password", json=change).status_code == 200
    assert second.get("/api/v1/tasks").json()["reason"] == "session_expired"


@pytest.mark.feature("LG-13")
def test_a_session_that_was_signed_out_is_over(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    assert client.delete(SESSION).status_code == 204
    assert client.get("/api/v1/tasks").status_code == 401


def test_without_a_session_every_address_but_the_public_ones_is_closed(nobody: TestClient) -> None:
    for path in ("/api/v1/tasks", "/api/v1/search?q=x", "/api/v1/records/X", "/api/v1/suggest"):
        answer = nobody.get(path)
        assert (answer.status_code, answer.json()["reason"]) == (401, "not_signed_in")
    nothing = nobody.get("/api/v1/nothing")
    assert (nothing.status_code, nothing.json()["reason"]) == (404, "unknown_address")
    assert nobody.get("/healthz").text == "ok"
    assert nobody.get("/readyz").json() == {"ready": True}
