"""The description of the interface and the tokens as pages."""

import re

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from tests.api.conftest import Browse
from wenshu.building.installation import Installation


@pytest.mark.feature("GI-04")
def test_the_interface_is_described_in_chinese_and_from_this_host_alone(
    browse: Browse,
) -> None:
    page = browse("drafter").get("/docs").text
    for told in ("接口说明", "/api/v1/search", "Authorization: Bearer $TOKEN", "If-Match", "检索"):
        assert told in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert browse("drafter").get("/docs/openapi.json").json()["openapi"].startswith("3.")


def test_the_description_is_for_who_is_signed_in(nobody: TestClient) -> None:
    for path in ("/docs", "/docs/openapi.json"):
        answer = nobody.get(path, follow_redirects=False)
        assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.feature("LG-13")
def test_a_token_is_shown_once_works_and_is_revoked_on_the_page(
    browse: Browse, built: Installation
) -> None:
    drafter = browse("drafter")
    last_on = built.house.book.caller(Login("drafter")).today.isoformat()
    given = {"name": "收文接口", "scopes": ["read"], "last_on": last_on}
    made = drafter.post("/account/tokens", data=given).text
    (secret,) = re.findall(r"wst\.[\w.-]+", made)
    assert built.house.app_tokens.find(secret).login == "drafter"
    again = drafter.get("/account").text
    assert "收文接口" in again
    assert secret not in again
    (number,) = re.findall(r"/account/tokens/(\w+)/revoke", again)
    drafter.post(f"/account/tokens/{number}/revoke")
    assert "没有应用令牌" in drafter.get("/account").text


def test_what_was_filled_in_wrongly_comes_back_with_the_reason(
    browse: Browse,
) -> None:
    given = {"name": "收文接口", "scopes": ["act"], "last_on": "2020-01-01"}
    answer = browse("drafter").post("/account/tokens", data=given)
    assert answer.status_code == 422
    for told in ("最后一天不得早于今天", 'value="收文接口"', 'value="act" checked'):
        assert told in answer.text
    odd = browse("drafter").post("/account/tokens", data={"name": "a", "last_on": "morgen"})
    assert odd.status_code == 422


def test_administrators_see_and_revoke_everybodys(browse: Browse, built: Installation) -> None:
    last_on = built.house.book.caller(Login("drafter")).today.isoformat()
    given = {"name": "收文接口", "scopes": ["read"], "last_on": last_on}
    browse("drafter").post("/account/tokens", data=given)
    assert browse("drafter").get("/tokens").status_code == 403
    page = browse("admin").get("/tokens").text
    assert "丙三" in page
    (href,) = re.findall(r"/tokens/drafter/\w+/revoke", page)
    assert browse("drafter").post(href.replace("drafter", "admin")).status_code == 403
    browse("admin").post(href)
    assert "没有应用令牌" in browse("admin").get("/tokens").text
