"""Saved views and chosen columns over HTTP and in the pages (M16)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.test_lists import draft, listed, page

VIEWS = "/api/v1/lists/notice/views"
REPORTS = {"name": "通报", "filter": ["category:通报"], "sort": "-title", "columns": ["title"]}


def kept(client: TestClient, **more: Any) -> dict[str, Any]:
    answer = client.post(VIEWS, json={**REPORTS, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def browser(browse: Browse) -> TestClient:
    return browse("drafter")


@pytest.mark.feature("CX-06")
def test_a_view_gives_its_list_back(sign_in: SignIn) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    for title, category in (("甲", "通报"), ("乙", "通报"), ("丙", "其他")):
        draft(drafter, title=title, category=category)
    view = kept(drafter, shared=True)
    assert drafter.get(VIEWS).json() == [view]
    asked = {name: view[name] for name in ("filter", "sort", "columns")}
    found = listed(drafter, **asked)
    assert (found["total"], list(found["columns"])) == (2, ["title"])
    assert [set(row) for row in found["rows"]] == [{"id", "title"}] * 2

    assert [each["owner"] for each in head.get(VIEWS).json()] == ["drafter"]
    assert listed(head, **asked)["total"] == 0, "a view opens no record"
    assert head.delete(f"{VIEWS}/{view['id']}").status_code == 404
    assert sign_in("reader").get(VIEWS).json() == []
    assert drafter.delete(f"{VIEWS}/{view['id']}").status_code == 204
    assert head.get(VIEWS).json() == drafter.get("/api/v1/views").json() == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": " "}, "bad_view_name"),
        ({"filter": ["nothing:x"]}, "unknown_filter"),
        ({"filter": ["published_on:yesterday..today"]}, None),
        ({"columns": ["body"]}, "unknown_column"),
        ({"name": "长" * 201}, "bad_request"),
    ],
)
def test_a_view_that_cannot_be_asked_is_not_kept(
    sign_in: SignIn, given: dict[str, Any], reason: str | None
) -> None:
    drafter = sign_in("drafter")
    answer = drafter.post(VIEWS, json={**REPORTS, **given})
    if reason is None:
        assert answer.status_code == 201, "what is no day finds nothing, and harms nobody"
        return
    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert drafter.get(VIEWS).json() == []
    assert drafter.post("/api/v1/lists/nothing/views", json=REPORTS).status_code == 404


@pytest.mark.feature("CX-06")
def test_views_are_tabs_over_the_list(browser: TestClient, sign_in: SignIn) -> None:
    draft(sign_in("drafter"), title="关于消防的通报", category="通报")
    form = {"name": "通报", "filter": "category:通报", "columns": ["title"], "shared": "yes"}
    shown = browser.post("/kinds/notice/views", data=form)
    assert "已保存视图“通报”" in shown.text
    assert 'aria-current="page">通报</a>' in shown.text
    assert '<th scope="col">' in shown.text
    assert "最后更新</a>" not in shown.text
    again = browser.post("/kinds/notice/views", data=form)
    assert "已有名为“通报”的视图。" in again.text

    (view,) = sign_in("drafter").get(VIEWS).json()
    by_hand = browser.get("/kinds/notice?filter=category:通报&columns=title").text
    assert 'aria-current="page">通报</a>' in by_hand
    assert "通报（丙三）" in page(sign_in("head"), "/kinds/notice")
    assert "通报" in browser.get("/views").text
    dropped = browser.post(f"/kinds/notice/views/{view['id']}/drop", data={"back": "views"})
    assert "还没有保存的视图" in dropped.text
    assert browser.get(f"/kinds/notice?view={view['id']}").status_code == 404


def test_columns_are_chosen_and_exported(browser: TestClient, sign_in: SignIn) -> None:
    draft(sign_in("drafter"), title="题", category="通报")
    chosen = "columns=category&columns=nothing&columns=title"
    assert "columns=category" in browser.get(f"/kinds/notice?{chosen}").text
    answer = browser.get(f"/kinds/notice/export?{chosen}&format=csv")
    assert answer.content.decode("utf-8-sig").splitlines() == ["类型,标题", "通报,题"]
    unknown = sign_in("drafter").get("/api/v1/lists/notice?columns=body")
    assert unknown.json()["reason"] == "unknown_column"
