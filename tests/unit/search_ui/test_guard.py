"""No foreign page changes anything, and every answer carries the policy."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from records.errors import WenshuError
from search_ui.failures import STATUS
from search_ui.guard import PAGE_HEADERS, PageGuard
from search_ui.routers.sign_in import own_path


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    done: list[str] = []

    @app.post("/change")
    def change() -> int:
        done.append("changed")
        return len(done)

    @app.get("/look")
    def look() -> str:
        return "seen"

    app.add_middleware(PageGuard)
    return TestClient(app, base_url="http://wenshu.test")


def test_a_form_of_this_origin_is_taken(client: TestClient) -> None:
    assert client.post("/change", headers={"Origin": "http://wenshu.test"}).json() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.test"},
        {"Origin": "http://wenshu.test.evil.test"},
        {"Origin": "http://wenshu.test:8080"},
        {"Referer": "http://evil.test/http://wenshu.test"},
    ],
)
def test_a_form_from_elsewhere_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/change", headers=headers).status_code == 403
    assert client.post("/change", headers={"Origin": "http://wenshu.test"}).json() == 1


def test_an_old_browser_that_sends_only_the_referer_is_taken(client: TestClient) -> None:
    assert client.post("/change", headers={"Referer": "http://wenshu.test/x"}).status_code == 200


def test_every_answer_carries_the_policy_refusals_included(client: TestClient) -> None:
    for answer in (client.get("/look"), client.get("/nothing"), client.post("/change")):
        for name, value in PAGE_HEADERS.items():
            assert answer.headers[name] == value


def test_the_policy_lets_nothing_inline_or_foreign_in() -> None:
    policy = PAGE_HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "wanted",
    ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "", "/a\r\nb: c"],
)
def test_signing_in_leads_nowhere_but_here(wanted: str) -> None:
    assert own_path(wanted) == "/"


def test_signing_in_leads_back_to_the_page_that_was_wanted() -> None:
    assert own_path("/records/01?q=应急") == "/records/01?q=应急"


def test_every_class_of_error_has_a_status() -> None:
    assert set(STATUS) == set(WenshuError.__subclasses__())
