"""A notice goes its way between three people (TZ)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from wenshu.building.installation import Installation

NOTICE = {"title": "关于年终检查的通知", "body": "请各单位自查。", "audience": ["unit:county"]}


def draft(client: TestClient, **fields: Any) -> str:
    answer = client.post("/api/v1/records", json={"kind": "notice", "fields": {**NOTICE, **fields}})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def act(client: TestClient, record: str, name: str, revision: int, **more: Any) -> Any:
    path = f"/api/v1/records/{record}/actions/{name}"
    return client.post(path, json={"revision": revision, **more})


def waiting(client: TestClient) -> list[str]:
    return [task["id"] for task in client.get("/api/v1/tasks").json()["tasks"]]


def finds(client: TestClient, words: str = "年终检查") -> bool:
    return bool(client.get("/api/v1/search", params={"q": words}).json()["total"] > 0)


def allowed(client: TestClient, record: str) -> set[str]:
    offers = client.get(f"/api/v1/records/{record}/actions").json()
    return {offer["name"] for offer in offers if offer["allowed"]}


@pytest.mark.feature("TZ-01", "TZ-02", "TZ-03", "TZ-05", "GT-06", "TZ-04")
def test_a_notice_is_drafted_returned_agreed_published_and_read(sign_in: SignIn) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    registry, reader = sign_in("registry"), sign_in("reader")
    record = draft(drafter)
    assert waiting(drafter) == [record]
    assert allowed(drafter, record) == {"submit", "discard"}
    assert not finds(head)

    assert act(drafter, record, "submit", 1, opinion="请审").status_code == 200
    assert (waiting(drafter), waiting(head), waiting(registry)) == ([], [record], [])
    assert act(head, record, "return", 2).json()["reason"] == "opinion_required"
    assert act(head, record, "return", 2, opinion="请补充时间").status_code == 200
    assert (waiting(drafter), waiting(head)) == ([record], [])

    act(drafter, record, "submit", 3)
    act(head, record, "agree", 4)
    assert waiting(registry) == [record]
    assert not finds(reader)
    assert act(registry, record, "publish", 5).status_code == 200

    assert finds(reader)
    assert not finds(sign_in("keeper"))
    seen = reader.get(f"/api/v1/records/{record}").json()
    assert (seen["state"], seen["opinions"], seen["tasks"]) == ("published", [], [])
    assert [
        row["revision"] for row in reader.get(f"/api/v1/records/{record}/revisions").json()
    ] == [6]
    assert reader.get(f"/api/v1/records/{record}", params={"revision": 1}).status_code == 404

    receipts = f"/api/v1/records/{record}/receipts"
    assert {row["login"]: row["opened_at"] for row in drafter.get(receipts).json()} == {
        "reader": None,
        "public": None,
    }
    reader.post(f"/api/v1/records/{record}/opened")
    rows = {row["login"]: row["opened_at"] for row in drafter.get(receipts).json()}
    assert rows["reader"] is not None
    assert rows["public"] is None
    assert reader.get(receipts).json() == []
    way = registry.get(f"/api/v1/records/{record}/revisions").json()
    assert [row["action"] for row in reversed(way)] == [
        "create",
        "submit",
        "return",
        "submit",
        "agree",
        "publish",
    ]
    opinions = drafter.get(f"/api/v1/records/{record}").json()["opinions"]
    assert [(row["by"], row["text"]) for row in opinions] == [
        ("drafter", "请审"),
        ("head", "请补充时间"),
    ]


def test_an_action_out_of_state_without_the_right_or_on_an_old_revision_is_refused(
    sign_in: SignIn,
) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    record = draft(drafter)
    assert act(drafter, record, "agree", 1).json()["reason"] == "wrong_state"
    assert act(drafter, record, "fly", 1).json()["reason"] == "unknown_action"
    assert act(head, record, "submit", 1).json()["reason"] == "unknown_record"
    act(drafter, record, "submit", 1)
    assert act(drafter, record, "agree", 2).json()["reason"] == "not_yours"
    stale = act(head, record, "agree", 1)
    assert (stale.status_code, stale.json()["reason"]) == (409, "stale_revision")
    state = head.get(f"/api/v1/records/{record}").json()
    assert (state["state"], state["revision"]) == ("review", 2)


def test_an_action_twice_with_one_key_is_one_action(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record = draft(drafter)
    first = act(drafter, record, "submit", 1, idempotency_key="k")
    again = act(drafter, record, "submit", 1, idempotency_key="k")
    assert first.json() == again.json() == {"id": record, "revision": 2, "same_content": None}
    other = act(drafter, record, "submit", 1, opinion="x", idempotency_key="k")
    assert other.json()["reason"] == "key_reused"


@pytest.mark.feature("SY-07")
def test_a_vacant_post_is_said_at_sending_and_nothing_is_lost(
    sign_in: SignIn, built: Installation
) -> None:
    head = built.house.book.current().person("head")  # type: ignore[arg-type]
    built.house.book.merge([], [head.model_copy(update={"posts": ()})])
    drafter = sign_in("drafter")
    record = draft(drafter)
    answer = act(drafter, record, "submit", 1)
    assert (answer.status_code, answer.json()["reason"]) == (409, "vacant_post")
    assert "科室负责人" in answer.json()["title"]
    assert waiting(drafter) == [record]


def test_an_incomplete_notice_is_kept_and_not_sent(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record = draft(drafter, body="", audience=[])
    answer = act(drafter, record, "submit", 1)
    assert answer.json()["facts"]["missing"] == ["正文", "发布范围"]
    assert waiting(drafter) == [record]


@pytest.mark.feature("TZ-06")
def test_a_withdrawn_notice_leaves_search_and_its_readers(sign_in: SignIn) -> None:
    drafter, head, registry = sign_in("drafter"), sign_in("head"), sign_in("registry")
    reader = sign_in("reader")
    record = draft(drafter)
    act(drafter, record, "submit", 1)
    act(head, record, "agree", 2)
    act(registry, record, "publish", 3)
    assert finds(reader)
    assert act(reader, record, "withdraw", 4, opinion="x").json()["reason"] == "not_yours"
    assert act(drafter, record, "withdraw", 4, opinion="有误").status_code == 200
    assert not finds(reader)
    assert reader.get(f"/api/v1/records/{record}").status_code == 404


def test_the_head_may_amend_while_he_holds_it_and_the_author_may_not(sign_in: SignIn) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    record = draft(drafter)
    act(drafter, record, "submit", 1)
    change = {"fields": {"body": "改过的正文"}}
    match = {"If-Match": '"2"'}
    path = f"/api/v1/records/{record}"
    assert drafter.patch(path, json=change, headers=match).json()["reason"] == "may_not_edit"
    assert head.patch(path, json=change, headers=match).status_code == 200
    assert head.get(path).json()["fields"]["body"] == "改过的正文"


@pytest.mark.feature("TZ-03", "SS-02")
def test_a_reader_is_told_for_whom_it_is_open_and_not_who_handled_it(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, head, registry = (sign_in(each) for each in ("drafter", "head", "registry"))
    record = draft(drafter)
    sent = drafter.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("附件.txt", "清单".encode())},
        headers={"If-Match": '"1"'},
    )
    assert sent.status_code == 201, sent.text
    act(drafter, record, "submit", 2)
    act(head, record, "agree", 3)
    assert act(registry, record, "publish", 4).status_code == 200
    for login, told in (("drafter", True), ("reader", False)):
        page = browse(login).get(f"/records/{record}").text
        readers = page.partition("谁可以查看")[2].partition("</section>")[0]
        assert ("乙二" in readers) is told, login
        facts = page.partition('class="file-facts">')[2].partition("</span>")[0]
        assert ("丙三" in facts) is told, login


@pytest.mark.feature("TZ-01")
def test_what_a_draft_waits_for_stands_first_though_it_cannot_be_taken_yet(
    sign_in: SignIn, browse: Browse
) -> None:
    answer = sign_in("drafter").post(
        "/api/v1/records", json={"kind": "notice", "fields": {"title": "还没有写完"}}
    )
    page = browse("drafter").get(f"/records/{answer.json()['id']}").text
    ways = page.partition('class="record-ways"')[2].partition("<details")[0]
    assert 0 < ways.index("送审") < ways.index("作废")
