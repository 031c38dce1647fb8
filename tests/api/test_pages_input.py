"""Input of the pages that no form of ours sends: told in words, never a fault of the server."""

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.test_files import upload

NUMBERS = ["abc", "", "-1", "1.5", "%00", "９", "²", "1" * 5_000, "1" * 10]


@pytest.fixture
def browser(browse: Browse) -> TestClient:
    return browse("drafter")


@pytest.fixture
def record(sign_in: SignIn) -> str:
    return str(upload(sign_in("drafter"), "防汛".encode()).json()["id"])


@pytest.mark.parametrize("form", ["edit", "share", "new-version?file=通知.txt", "actions/submit"])
def test_a_revision_that_is_no_number_is_told_and_changes_nothing(
    browser: TestClient, sign_in: SignIn, record: str, form: str
) -> None:
    for number in NUMBERS:
        answer = browser.post(f"/records/{record}/{form}", data={"revision": number})
        assert answer.status_code in {404, 422}, (number, answer.text)
    assert sign_in("drafter").get(f"/api/v1/records/{record}").json()["revision"] == 1


def test_a_search_with_a_number_that_is_none_is_answered(browser: TestClient, record: str) -> None:
    for name in ("page", "year"):
        for number in NUMBERS:
            answer = browser.get("/search", params={"q": "防汛", name: number})
            assert answer.status_code == 200, (name, number)


def test_a_place_in_a_file_that_is_no_number_is_told(browser: TestClient, record: str) -> None:
    for name in ("page", "sheet", "row", "revision"):
        for number in NUMBERS:
            answer = browser.get(f"/records/{record}", params={"file": "通知.txt", name: number})
            assert answer.status_code < 500, (name, number, answer.text)
