"""会议通知 with 回执: out of a booking or alone, who comes, who stays, who is sent (TZ-07)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.conftest import SignIn
from tests.api.office import act, begun, joined, offered, state
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, {"login": "rooms", "name": "会一", "unit": "office", "posts": ["会议室管理员"]})


MEETING = {
    "title": "年终工作会",
    "begins": "2099-03-02T09:00",
    "audience": ["unit:county"],
    "body": "研究年终工作。",
    "answer_by": "2099-02-28",
}


def published(sign_in: SignIn, **fields: Any) -> str:
    record = begun(sign_in("drafter"), "meeting_notice", **{**MEETING, **fields})
    assert act(sign_in("drafter"), record, "送审").status_code == 200
    assert act(sign_in("head"), record, "同意并发布").status_code == 200
    return record


def reply(client: TestClient, record: str, number: int = 0, **fields: Any) -> Response:
    path = f"/api/v1/records/{record}/answers"
    return client.post(path, json={"number": number, "fields": fields})


def choices(sign_in: SignIn, record: str) -> dict[str, int]:
    found = sign_in("drafter").get(f"/api/v1/records/{record}/receipts/counts").json()
    return dict(found["choices"])


@pytest.mark.feature("TZ-07", "HY-05")
def test_who_is_asked_comes_asks_for_leave_or_sends_another_and_that_is_counted(
    sign_in: SignIn,
) -> None:
    record = published(sign_in)
    reader, public = sign_in("reader"), sign_in("public")
    assert reply(reader, record, reply="请假").json()["facts"]["missing"] == ["事由"]
    assert reply(reader, record, reply="请假", reason="出差").status_code == 201
    assert reply(public, record, reply="替会", reason="住院").json()["facts"]["missing"] == [
        "替会人"
    ]
    sent = reply(public, record, reply="替会", reason="住院", substitute="己六")
    assert sent.status_code == 201
    assert choices(sign_in, record) == {"参加": 0, "请假": 1, "替会": 1}
    assert reply(reader, record, 1, reply="参加").status_code == 201
    assert choices(sign_in, record) == {"参加": 1, "请假": 0, "替会": 1}
    rows = sign_in("drafter").get(f"/api/v1/records/{record}/receipts").json()
    assert {row["login"]: row["answer"]["fields"].get("substitute") for row in rows} == {
        "reader": None,
        "public": "己六",
    }


@pytest.mark.feature("TZ-07", "HY-05")
def test_a_booking_gives_its_notice_what_it_knows_and_both_name_each_other(
    sign_in: SignIn,
) -> None:
    drafter = sign_in("drafter")
    booking = booked(sign_in)
    assert "发会议通知" not in offered(sign_in("rooms"), booking)
    notice = announced(sign_in, booking)
    shown = drafter.get(f"/api/v1/records/{notice}").json()
    assert (shown["owner"], shown["state"], shown["may_edit"]) == ("drafter", "draft", True)
    fields = shown["fields"]
    assert (fields["room"], fields["audience"], fields["body"]) == (
        drafter.get(f"/api/v1/records/{booking}").json()["fields"]["room"],
        ["unit:county"],
        "研究年终工作。",
    )
    back = drafter.get(f"/api/v1/records/{notice}/related").json()
    assert [each["id"] for each in back] == [booking]
    changed = drafter.patch(
        f"/api/v1/records/{notice}",
        json={"fields": {"answer_by": "2099-02-28"}},
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 200
    assert act(drafter, notice, "送审").status_code == 200
    assert act(sign_in("head"), notice, "同意并发布").status_code == 200
    assert reply(sign_in("reader"), notice, reply="参加").status_code == 201
    assert act(drafter, notice, "撤回").status_code == 200


def test_a_meeting_that_is_over_is_not_announced(sign_in: SignIn) -> None:
    record = begun(
        sign_in("drafter"), "meeting_notice", **{**MEETING, "begins": "2020-01-01T09:00"}
    )
    assert act(sign_in("drafter"), record, "送审").json()["reason"] == "too_late"
    assert state(sign_in("drafter"), record) == "draft"


def booked(sign_in: SignIn) -> str:
    """A room that was booked and agreed."""
    rooms, drafter = sign_in("rooms"), sign_in("drafter")
    room = begun(rooms, "room", title="第一会议室", place="三楼", seats=20)
    booking = begun(
        drafter, "room_booking", room=room, title="年终工作会", begins="2099-03-02T09:00",
        ends="2099-03-02T10:00", contact="丙三", phone="123", attending=["unit:county"],
        purpose="研究年终工作。",
    )  # fmt: skip
    assert act(drafter, booking, "提交").status_code == 200
    assert "发会议通知" not in offered(drafter, booking)
    assert act(rooms, booking, "批准").status_code == 200
    return booking


def announced(sign_in: SignIn, booking: str) -> str:
    """The notice that came of the booking."""
    drafter = sign_in("drafter")
    assert act(drafter, booking, "发会议通知").status_code == 200
    (tie,) = drafter.get(f"/api/v1/records/{booking}/related").json()
    assert tie["link"] == "会议通知"
    return str(tie["id"])


@pytest.mark.feature("HY-05", "HY-06")
def test_sub_03_a_booking_that_is_cancelled_calls_its_meeting_off_and_everybody_is_told(
    sign_in: SignIn,
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    booking = booked(sign_in)
    notice = announced(sign_in, booking)
    fields = {"answer_by": "2099-02-28"}
    number = drafter.get(f"/api/v1/records/{notice}").json()["revision"]
    path = f"/api/v1/records/{notice}"
    drafter.patch(path, json={"fields": fields}, headers={"If-Match": f'"{number}"'})
    assert act(drafter, notice, "送审").status_code == 200
    assert act(sign_in("head"), notice, "同意并发布").status_code == 200
    assert reply(reader, notice, reply="参加").status_code == 201
    assert act(sign_in("rooms"), booking, "征用", opinion="另有安排").status_code == 200
    assert state(reader, notice) == "called_off"
    told = reader.get("/api/v1/notifications").json()["notifications"]
    assert [each["about"] for each in told] == ["withdrawn"]
    assert (
        reply(reader, notice, 1, reply="请假", reason="病").json()["reason"] == "no_answer_wanted"
    )
    (slip,) = reader.get(f"{path}/answers").json()
    assert (slip["open"], slip["answer"]["fields"]["reply"]) == (False, "参加")


def test_a_draft_of_a_meeting_that_is_off_waits_for_nobody(sign_in: SignIn) -> None:
    booking = booked(sign_in)
    notice = announced(sign_in, booking)
    assert act(sign_in("drafter"), booking, "取消").status_code == 200
    assert state(sign_in("drafter"), notice) == "discarded"


@pytest.mark.feature("HY-05")
def test_two_clicks_at_once_make_one_notice_and_who_looks_again_may_make_another(
    sign_in: SignIn,
) -> None:
    booking, drafter = booked(sign_in), sign_in("drafter")
    revision = drafter.get(f"/api/v1/records/{booking}").json()["revision"]

    def click(tab: int) -> str:
        call = {"revision": revision, "idempotency_key": f"tab {tab}"}
        answer = sign_in("drafter").post(f"/api/v1/records/{booking}/actions/announce", json=call)
        return str(answer.json().get("reason", "done"))

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(click, range(3))) == ["done", "stale_revision", "stale_revision"]
    related = f"/api/v1/records/{booking}/related"
    assert len(drafter.get(related).json()) == 1
    assert act(drafter, booking, "发会议通知").status_code == 200
    assert len(drafter.get(related).json()) == 2
