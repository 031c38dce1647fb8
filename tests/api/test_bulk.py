"""One action on several records of a list, told for each (M05, M16)."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from services.flow.action_request import ActionRequest
from services.intake.ingest import Draft
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, state
from tests.api.test_lists import NOTICE, draft, work
from wenshu.building.installation import Installation

Submitted = Callable[[int], list[str]]
BASE = "/api/v1/lists/notice/actions"


@pytest.fixture
def submitted(built: Installation) -> Callable[[int], list[str]]:
    """So many notices of the drafter that wait for the head of his section."""
    house, caller = built.house, built.house.book.caller(Login("drafter"))

    def begin(number: int) -> str:
        new = Draft(kind="notice", fields={**NOTICE, "title": f"通知{number:03}"})
        record = house.ingest.begin(caller, new).record
        house.acting.act(caller, record, "submit", ActionRequest(revision=1))
        return str(record)

    return lambda count: [begin(number) for number in range(count)]


def offered(client: TestClient, records: list[str]) -> dict[str, Any]:
    answer = client.post(BASE, json={"records": records})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def taken(client: TestClient, name: str, records: Any, **more: Any) -> dict[str, Any]:
    rows = [each if isinstance(each, dict) else {"id": each, "revision": 2} for each in records]
    body = {"records": rows, "idempotency_key": "k1", **more}
    answer = client.post(f"{BASE}/{name}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def head_browser(browse: Browse) -> TestClient:
    return browse("head")


@pytest.mark.feature("GT-06", "CX-06")
def test_what_leads_on_from_all_is_offered_and_done_one_by_one(
    sign_in: SignIn, submitted: Submitted
) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    records = submitted(3)
    offer = offered(head, records)
    assert [each["name"] for each in offer["actions"]] == ["agree", "return"]
    assert offer["records"] == [{"id": each, "revision": 2} for each in records]

    answer = taken(head, "agree", records, opinion="拟同意。")
    assert (answer["done"], answer["refused"]) == (3, 0)
    assert [(row["id"], row["done"], row["revision"]) for row in answer["rows"]] == [
        (record, True, 3) for record in records
    ]
    assert work(sign_in("registry"), "todo")["total"] == 3
    said = drafter.get(f"/api/v1/records/{records[1]}").json()["opinions"][-1]
    assert (said["by"], said["text"]) == ("head", "拟同意。")


def test_what_is_not_allowed_for_one_is_offered_for_none(
    sign_in: SignIn, submitted: Submitted
) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    records = submitted(2)
    assert act(head, records[0], "同意").status_code == 200
    assert [each["name"] for each in offered(head, records)["actions"]] == []
    assert offered(drafter, records)["actions"] == []
    hidden = draft(head, title="别人的草稿")
    assert offered(drafter, [hidden]) == {"records": [], "missing": [hidden], "actions": []}


@pytest.mark.feature("GT-06")
def test_each_record_is_answered_for_itself(sign_in: SignIn, submitted: Submitted) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    stale, good, returned, other = submitted(4)
    hidden = draft(drafter, title="草稿")
    assert act(head, returned, "退回").status_code == 200
    head.patch(
        f"/api/v1/records/{stale}", json={"fields": {"title": "改了"}}, headers={"If-Match": '"2"'}
    )
    answer = taken(
        head, "agree", [stale, good, {"id": returned, "revision": 3}, hidden, "nothing", other]
    )
    told = [(row["done"], row["reason"]) for row in answer["rows"]]
    assert told == [
        (False, "stale_revision"),
        (True, None),
        (False, "wrong_state"),
        (False, "unknown_record"),
        (False, "unknown_record"),
        (True, None),
    ]
    assert (answer["done"], answer["refused"]) == (2, 4)
    assert "head" in answer["rows"][0]["why_not"], "who changed it meanwhile"
    assert answer["rows"][3]["title"] == "", "what he may not open is not named"
    assert state(head, good) == "registry"
    assert state(head, stale) == "review"


def test_without_rights_nothing_is_done_and_nothing_told(
    sign_in: SignIn, submitted: Submitted
) -> None:
    records = submitted(2)
    answer = taken(sign_in("reader"), "agree", records)
    assert {row["reason"] for row in answer["rows"]} == {"unknown_record"}
    assert {row["title"] for row in answer["rows"]} == {""}
    by_author = taken(sign_in("drafter"), "agree", records)
    assert {row["reason"] for row in by_author["rows"]} == {"not_yours"}
    assert {state(sign_in("head"), record) for record in records} == {"review"}


def test_the_same_key_again_gives_the_same_answers(sign_in: SignIn, submitted: Submitted) -> None:
    head = sign_in("head")
    records = submitted(3)
    first = taken(head, "agree", records)
    assert taken(head, "agree", records) == first
    assert {state(head, record) for record in records} == {"registry"}
    twice = taken(head, "agree", [records[0], records[0]], idempotency_key="k2")
    assert [row["reason"] for row in twice["rows"]] == ["stale_revision"]


@pytest.mark.feature("GT-06")
def test_two_hundred_are_taken_and_one_more_is_too_many(
    sign_in: SignIn, submitted: Submitted
) -> None:
    head = sign_in("head")
    records = submitted(200)
    answer = taken(head, "agree", records)
    assert (answer["done"], answer["refused"]) == (200, 0)
    body = {"records": [*records, "one more"]}
    assert head.post(BASE, json=body).json()["reason"] == "too_many_chosen"
    rows = [{"id": each, "revision": 3} for each in body["records"]]
    many = head.post(f"{BASE}/agree", json={"records": rows, "idempotency_key": "k"})
    assert many.json()["reason"] == "too_many_chosen"
    assert head.post(BASE, json={"records": []}).json()["reason"] == "nothing_chosen"
    assert work(head, "todo")["total"] == 0


def test_a_record_of_another_kind_is_not_reached_through_this_list(
    sign_in: SignIn, submitted: Submitted
) -> None:
    records = submitted(1)
    head = sign_in("head")
    path = "/api/v1/lists/supervision/actions"
    assert head.post(path, json={"records": records}).json()["missing"] == records
    body = {"records": [{"id": records[0], "revision": 2}], "idempotency_key": "k"}
    assert head.post(f"{path}/agree", json=body).json()["rows"][0]["reason"] == "unknown_record"
    assert head.post("/api/v1/lists/nothing/actions", json={"records": records}).status_code == 404


@pytest.mark.feature("GT-06")
def test_the_page_leads_from_chosen_rows_to_a_report(
    head_browser: TestClient, sign_in: SignIn, submitted: Submitted
) -> None:
    first, second = submitted(2)
    listed = head_browser.get("/kinds/notice").text
    assert f'name="chosen" value="{first}"' in listed
    assert "请先勾选要办理的文件" in head_browser.get("/kinds/notice/bulk").text
    page = head_browser.get(f"/kinds/notice/bulk?chosen={first}&chosen={second}").text
    for words in ("通知000", "通知001", 'formaction="/kinds/notice/bulk/agree"', "办理意见"):
        assert words in page

    form = {"record": [first, second], "revision": ["2", "1"], "idempotency_key": "k"}
    wanted = head_browser.post("/kinds/notice/bulk/return", data=form)
    assert wanted.status_code == 422
    assert "“退回”须填写意见" in wanted.text
    done = head_browser.post("/kinds/notice/bulk/agree", data=form)
    assert "已办理 1 件，1 件没有办理" in done.text
    assert state(sign_in("head"), first) == "registry"
    assert state(sign_in("head"), second) == "review"
    none = head_browser.get(f"/kinds/notice/bulk?chosen={first}&chosen={second}").text
    assert "所选文件没有可以一起办理的操作" in none
    short = {**form, "revision": [], "idempotency_key": "k2"}
    assert (
        "已办理 0 件，2 件没有办理"
        in head_browser.post("/kinds/notice/bulk/agree", data=short).text
    )
    again = {**form, "revision": ["", "2"], "idempotency_key": "k3"}
    told = head_browser.post("/kinds/notice/bulk/agree", data=again)
    assert "已办理 1 件，1 件没有办理" in told.text
