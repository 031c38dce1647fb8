"""消息提醒 over HTTP: page, bell and API say the same, and never more than one may see."""

import re

import pytest
from fastapi.testclient import TestClient

from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import SignIn
from tests.api.test_notice_flow import act, draft
from wenshu.building.installation import Installation
from wenshu.building.web import create_web


@pytest.fixture
def pages(built: Installation) -> TestClient:
    """The head's browser."""
    token = built.house.sessions.open("head", client="test", restricted=False)  # type: ignore[arg-type]
    client = TestClient(create_web(built, hints=()), follow_redirects=False)
    client.cookies.set(SESSION_COOKIE, token)
    client.headers["Origin"] = "http://testserver"
    return client


def submitted(sign_in: SignIn) -> str:
    """A notice that waits for the head."""
    record = draft(sign_in("drafter"))
    assert act(sign_in("drafter"), record, "submit", 1).status_code == 200
    return record


def told(client: TestClient) -> list[tuple[str, str, bool]]:
    answer = client.get("/api/v1/notifications").json()
    return [(each["about"], each["record"], each["read"]) for each in answer["notifications"]]


@pytest.mark.feature("GT-03")
def test_what_arrives_is_told_to_its_holder_and_to_nobody_else(sign_in: SignIn) -> None:
    record = submitted(sign_in)
    assert told(sign_in("head")) == [("arrived", record, False)]
    answer = sign_in("head").get("/api/v1/notifications").json()
    assert answer["unread"] == 1
    assert answer["next"] is None
    assert answer["notifications"][0]["text"].endswith("等待您办理。")
    assert told(sign_in("drafter")) == []
    assert told(sign_in("reader")) == []


def test_what_was_read_is_no_longer_counted(sign_in: SignIn) -> None:
    submitted(sign_in)
    second = submitted(sign_in)
    head = sign_in("head")
    (newest, _) = head.get("/api/v1/notifications").json()["notifications"]
    assert newest["record"] == second
    given = {"notifications": [newest["id"]]}
    assert head.post("/api/v1/notifications/read", json=given).status_code == 204
    assert [read for _, _, read in told(head)] == [True, False]
    assert head.post("/api/v1/notifications/read", json={}).status_code == 204
    assert head.get("/api/v1/notifications").json()["unread"] == 0


def test_the_api_goes_on_behind_a_notice(sign_in: SignIn) -> None:
    for _ in range(3):
        submitted(sign_in)
    first = sign_in("head").get("/api/v1/notifications", params={"size": 2}).json()
    rest = (
        sign_in("head")
        .get("/api/v1/notifications", params={"size": 2, "after": first["next"]})
        .json()
    )
    assert (len(first["notifications"]), len(rest["notifications"]), rest["next"]) == (2, 1, None)


def test_the_page_shows_it_and_the_bell_counts_it(sign_in: SignIn, pages: TestClient) -> None:
    record = submitted(sign_in)
    page = pages.get("/notifications").text
    assert "等待您办理。" in page
    assert "未读消息 1 条" in pages.get("/").text
    bell = pages.get("/notifications/bell").text
    assert bell.startswith("<a ")
    assert "未读消息 1 条" in bell
    href = re.findall(r'href="(/notifications/[0-9a-f-]+)"', page)[0]
    answer = pages.get(href)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/records/{record}")
    assert "未读消息 0 条" in pages.get("/notifications/bell").text


def test_all_are_read_with_one_click(sign_in: SignIn, pages: TestClient) -> None:
    submitted(sign_in)
    assert pages.post("/notifications/read").status_code == 303
    assert "未读消息 0 条" in pages.get("/notifications/bell").text


def test_a_page_whose_session_ended_keeps_its_bell(pages: TestClient) -> None:
    pages.cookies.clear()
    answer = pages.get("/notifications/bell")
    assert (answer.status_code, answer.text) == (204, "")


def test_a_notice_that_is_not_ones_own_leads_nowhere(sign_in: SignIn, pages: TestClient) -> None:
    for wrong in ("99999999999999-0123456789abcdef", "...", "x" * 300):
        answer = pages.get(f"/notifications/{wrong}")
        assert answer.status_code in {303, 404}
        assert "/records/" not in answer.headers.get("location", "")


def test_ways_are_chosen_on_the_page_and_by_the_api(sign_in: SignIn, pages: TestClient) -> None:
    form = {"channel": "mail", "address": "head@example.org", "about": ["overdue", "nonsense"]}
    assert pages.post("/notifications/ways", data=form).status_code == 303
    head = sign_in("head")
    chosen = {"mail": {"address": "head@example.org", "about": ["overdue"]}}
    assert head.get("/api/v1/notifications/ways").json() == chosen
    bad = pages.post("/notifications/ways", data={**form, "address": "nobody"})
    assert bad.status_code == 422
    assert "“nobody”不是可以送达的地址" in bad.text
    assert head.put("/api/v1/notifications/ways/mail", json={}).status_code == 204
    assert head.get("/api/v1/notifications/ways").json() == {}
    assert head.put("/api/v1/notifications/ways/fax", json={}).status_code == 422
