"""会议室 over HTTP: booked, approved, seized, freed; never one slot twice (features.md B15)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import SignIn
from tests.api.office import act, begun, joined, state
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, {"login": "rooms", "name": "会一", "unit": "office", "posts": ["会议室管理员"]})


@pytest.fixture
def room(sign_in: SignIn) -> str:
    fields = {"title": "第一会议室", "place": "三楼", "seats": 20}
    return begun(sign_in("rooms"), "room", open_from="08:00", open_to="18:00", **fields)


def booked(client: TestClient, room: str, begins: str, ends: str, **more: Any) -> str:
    fields = {"contact": "丙三", "phone": "123", "title": "例会", **more}
    return begun(client, "room_booking", room=room, begins=begins, ends=ends, **fields)


@pytest.mark.feature("HY-02", "HY-03", "HY-06")
def test_a_room_is_booked_approved_and_given_back(sign_in: SignIn, room: str) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    first = booked(drafter, room, "2099-03-02T09:00", "2099-03-02T10:00")
    assert act(drafter, first, "提交").status_code == 200
    assert act(rooms, first, "批准").status_code == 200
    again = booked(drafter, room, "2099-03-02T09:45", "2099-03-02T11:00")
    refused = act(drafter, again, "提交")
    assert refused.status_code == 409
    assert "09:45" in refused.text
    beside = booked(drafter, room, "2099-03-02T10:00", "2099-03-02T11:00")
    assert act(drafter, beside, "提交").status_code == 200
    assert act(rooms, beside, "批准").status_code == 200
    assert act(drafter, first, "取消").status_code == 200
    assert act(drafter, booked(drafter, room, "2099-03-02T09:00", "2099-03-02T10:00"), "提交")


@pytest.mark.feature("HY-03")
def test_of_two_requests_for_one_slot_one_is_approved(sign_in: SignIn, room: str) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    both = [booked(drafter, room, "2099-03-02T09:00", "2099-03-02T10:00") for _ in range(2)]
    for record in both:
        assert act(drafter, record, "提交").status_code == 200
    answers = [act(rooms, record, "批准").status_code for record in both]
    assert answers == [200, 409]
    assert state(rooms, both[1]) == "approval"
    assert act(rooms, both[1], "驳回", opinion="已占用").status_code == 200


@pytest.mark.feature("HY-06")
def test_a_meeting_of_more_weight_takes_the_room_and_the_slot_is_free_again(
    sign_in: SignIn, room: str
) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    record = booked(drafter, room, "2099-03-02T09:00", "2099-03-02T10:00")
    act(drafter, record, "提交")
    act(rooms, record, "批准")
    assert act(rooms, record, "征用", opinion="市局会议").status_code == 200
    assert state(drafter, record) == "cancelled"
    other = booked(rooms, room, "2099-03-02T09:00", "2099-03-02T10:00")
    assert act(rooms, other, "提交").status_code == 200
    assert act(rooms, other, "批准").status_code == 200


@pytest.mark.feature("HY-01", "HY-02")
@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("2099-03-02T10:00", "2099-03-02T09:00", "晚于"),
        ("2020-03-02T09:00", "2020-03-02T10:00", "已过"),
        ("2099-03-02T07:00", "2099-03-02T09:00", "08:00"),
        ("2099-03-02T17:00", "2099-03-03T09:00", "08:00"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(
    sign_in: SignIn, room: str, begins: str, ends: str, told: str
) -> None:
    drafter = sign_in("drafter")
    answer = act(drafter, booked(drafter, room, begins, ends), "提交")
    assert answer.status_code == 403
    assert told in answer.text


@pytest.mark.feature("HY-01")
def test_a_room_out_of_use_is_not_booked_and_only_its_keeper_maintains_it(
    sign_in: SignIn, room: str
) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    assert act(drafter, room, "停用", opinion="x").status_code == 403
    headers = {"If-Match": '"1"'}
    changed = {"fields": {"seats": 30}}
    path = f"/api/v1/records/{room}"
    assert drafter.patch(path, json=changed, headers=headers).status_code == 403
    assert rooms.patch(path, json=changed, headers=headers).status_code == 200
    assert act(rooms, room, "停用", opinion="装修").status_code == 200
    answer = act(drafter, booked(drafter, room, "2099-03-02T09:00", "2099-03-02T10:00"), "提交")
    assert answer.status_code == 403
    assert "会议室" in answer.text


@pytest.mark.feature("HY-03")
def test_eight_at_once_get_one_slot_once(sign_in: SignIn, room: str) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    wanted = [booked(drafter, room, "2099-03-02T09:00", "2099-03-02T10:00") for _ in range(8)]
    for record in wanted:
        act(drafter, record, "提交")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda record: act(rooms, record, "批准").status_code, wanted))
    assert sorted(answers) == [200] + [409] * 7
    assert [state(rooms, record) for record in wanted].count("booked") == 1


@pytest.mark.feature("HY-01", "HY-02")
def test_the_room_that_is_asked_for_is_the_one_that_is_looked_at(
    sign_in: SignIn, room: str
) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    always = begun(rooms, "room", title="值班室", place="一楼", seats=4)
    record = booked(drafter, always, "2099-03-02T22:00", "2099-03-02T23:00")
    answer = act(drafter, record, "提交", fields={"room": room})
    assert answer.status_code == 403
    assert "08:00" in answer.text
    assert state(drafter, record) == "request"
    assert act(drafter, record, "提交").status_code == 200


@pytest.mark.feature("HY-01")
def test_neither_another_kind_of_record_nor_an_unreadable_one_is_a_room(
    sign_in: SignIn, room: str
) -> None:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    revision = {"If-Match": '"1"'}
    closed = rooms.patch(f"/api/v1/records/{room}", json={"level": "内部"}, headers=revision)
    assert closed.status_code == 200
    at = ("2099-03-02T09:00", "2099-03-02T10:00")
    for client, wanted in ((drafter, booked(drafter, room, *at)), (sign_in("public"), room)):
        answer = act(client, booked(client, wanted, *at), "提交")
        assert (answer.status_code, answer.json()["reason"]) == (403, "not_in_use")
    assert act(drafter, booked(drafter, room, *at), "提交").status_code == 200


@pytest.mark.feature("HY-02")
def test_an_instant_without_a_day_in_beijing_does_not_get_into_a_booking(
    sign_in: SignIn, room: str
) -> None:
    fields = {"room": room, "title": "例会", "contact": "丙三", "phone": "1"}
    fields["begins"] = "9999-12-31T23:00:00+00:00"
    given = {"kind": "room_booking", "fields": fields}
    assert sign_in("drafter").post("/api/v1/records", json=given).status_code == 422
