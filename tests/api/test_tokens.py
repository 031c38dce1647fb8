"""App tokens over HTTP: each scope opens its addresses, and none opens accounts."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from records.times.office_time import office_day
from tests.api.conftest import SignIn
from tests.api.test_notice_flow import NOTICE, draft
from wenshu.building.installation import Installation


def token(client: TestClient, *scopes: str) -> dict[str, str]:
    """The header of a token of this person with these scopes, good today."""
    last_on = office_day(datetime.now(UTC)).isoformat()
    given = {"name": "接口", "scopes": scopes, "last_on": last_on}
    made: Any = client.post("/api/v1/tokens", json=given)
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['token']}"}


@pytest.mark.feature("LG-13")
def test_a_scope_opens_what_it_says_and_nothing_else(sign_in: SignIn, nobody: TestClient) -> None:
    drafter = sign_in("drafter")
    record = draft(drafter)
    body = {"kind": "notice", "fields": NOTICE}
    act = f"/api/v1/records/{record}/actions/submit"

    reads = token(drafter, "read")
    assert nobody.get(f"/api/v1/records/{record}", headers=reads).json()["id"] == record
    refused = nobody.post("/api/v1/records", json=body, headers=reads)
    assert (refused.status_code, refused.json()["reason"]) == (403, "beyond_scope")
    assert refused.json()["facts"] == {"needed": "write", "allowed": ["read"]}

    writes = token(drafter, "write")
    assert nobody.post("/api/v1/records", json=body, headers=writes).status_code == 201
    assert nobody.get("/api/v1/tasks", headers=writes).json()["reason"] == "beyond_scope"
    assert nobody.post(act, json={"revision": 1}, headers=writes).json()["reason"] == "beyond_scope"

    acts = token(drafter, "act")
    assert nobody.post(act, json={"revision": 1}, headers=acts).status_code == 200


@pytest.mark.feature("LG-13")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        (
            "stranded/hand-over",
            {
                "tasks": [{"record": "{record}", "revision": 2, "task": 2}],
                "to": "registry",
                "reason": "离岗",
                "idempotency_key": "k",
            },
        ),
        (
            "lists/notice/actions/agree",
            {"records": [{"id": "{record}", "revision": 2}], "idempotency_key": "k"},
        ),
        ("records/{record}/receipts/read", None),
        ("records/{record}/answers", {}),
    ],
)
def test_whatever_moves_a_task_or_answers_takes_the_scope_for_it(
    sign_in: SignIn, nobody: TestClient, path: str, body: Any
) -> None:
    record = draft(sign_in("drafter"))
    told = json.loads(json.dumps(body).replace("{record}", record))
    headers = token(sign_in("admin"), "read", "write")
    address = f"/api/v1/{path.replace('{record}', record)}"
    answer = nobody.post(address, json=told, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (403, "beyond_scope")
    assert answer.json()["facts"]["needed"] == "act"


def test_a_token_sees_what_its_owner_may_and_no_more(sign_in: SignIn, nobody: TestClient) -> None:
    record = draft(sign_in("drafter"))
    theirs = token(sign_in("reader"), "read", "write", "act")
    assert nobody.get(f"/api/v1/records/{record}", headers=theirs).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/tokens"),
        ("POST", "/api/v1/tokens"),
        ("DELETE", "/api/v1/session"),
        ("POST", "/api/v1/session/password"),
        ("POST", "/api/v1/people"),
        ("POST", "/api/v1/delegations"),
        ("PUT", "/api/v1/notifications/ways/mail"),
        ("POST", "/api/v1/dictionaries/urgency"),
    ],
)
def test_no_token_reaches_accounts(
    sign_in: SignIn, nobody: TestClient, method: str, path: str
) -> None:
    headers = token(sign_in("admin"), "read", "write", "act")
    given: dict[str, Any] = {
        "/api/v1/tokens": {"name": "a", "scopes": ["read"], "last_on": "2026-12-31"},
        "/api/v1/session/password": {"old": "a", "new": "b"},
        "/api/v1/delegations": {"to": "head", "from_on": "2026-12-01", "until_on": "2026-12-02"},
        "/api/v1/notifications/ways/mail": {"address": "a@example.org", "about": []},
        "/api/v1/dictionaries/urgency": {"word": "a"},
    }
    body = None if method in {"GET", "DELETE"} else given.get(path, {})
    answer = nobody.request(method, path, json=body, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (403, "not_for_tokens")


def test_a_token_does_not_open_the_pages(sign_in: SignIn, nobody: TestClient) -> None:
    secret = token(sign_in("drafter"), "read")["Authorization"].removeprefix("Bearer ")
    answer = nobody.get("/", headers={"Cookie": f"wenshu_session={secret}"}, follow_redirects=False)
    assert answer.headers["Location"].startswith("/sign-in")


def test_a_revoked_token_is_answered_like_a_wrong_one(sign_in: SignIn, nobody: TestClient) -> None:
    drafter = sign_in("drafter")
    headers = token(drafter, "read")
    (made,) = drafter.get("/api/v1/tokens").json()
    assert (made["owner"], made["name"], made["scopes"]) == ("drafter", "接口", ["read"])
    assert drafter.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    answer = nobody.get("/api/v1/tasks", headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (401, "token_expired")
    assert sign_in("reader").get("/api/v1/tokens?of=drafter").json()["reason"] == "not_your_token"
    assert sign_in("admin").get("/api/v1/tokens?of=drafter").json() == []


@pytest.mark.feature("LG-13", "LG-07")
@pytest.mark.parametrize("row", [{"password": "Xyz#98765"}, {"disabled": True}])
def test_tokens_end_with_a_password_that_somebody_else_had_to_set_and_with_the_account(
    sign_in: SignIn, nobody: TestClient, built: Installation, row: dict[str, Any]
) -> None:
    headers, other = token(sign_in("drafter"), "read"), token(sign_in("head"), "read")
    person = {"login": "drafter", "name": "丙三", "unit": "law"}
    built.house.people.load(PeopleRows([], [{**person, **row}]), lasting=True)
    built.house.people.load(PeopleRows([], [person]), lasting=True)
    answer = nobody.get("/api/v1/tasks", headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (401, "token_expired")
    assert nobody.get("/api/v1/tasks", headers=other).status_code == 200
