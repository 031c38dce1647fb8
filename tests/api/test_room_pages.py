"""Pages of rooms: the week, the feed, the same booking week after week (features.md B15)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from services.finding.bookings import bookings, calendar_of
from services.flow.act import ActionTaker
from services.flow.repeating import Weekly, WeeklyBeginning
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, joined, state
from wenshu.building.installation import Installation

CALENDAR = "/kinds/room_booking/calendar"
WEEKLY = {
    "title": "周例会",
    "begins": "2099-03-02T09:00",
    "ends": "2099-03-02T10:00",
    "contact": "丙三",
    "phone": "123",
    "weeks": "3",
    "idempotency_key": "w",
}


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, {"login": "rooms", "name": "会一", "unit": "office", "posts": ["会议室管理员"]})


@pytest.fixture
def room(sign_in: SignIn) -> str:
    fields = {"title": "第一会议室", "place": "三楼", "seats": 20}
    return begun(sign_in("rooms"), "room", open_from="08:00", open_to="18:00", **fields)


def booked(sign_in: SignIn, room: str, **more: Any) -> str:
    drafter, rooms = sign_in("drafter"), sign_in("rooms")
    fields = {"begins": "2099-03-09T09:30", "ends": "2099-03-09T11:00", "title": "专题会", **more}
    record = begun(drafter, "room_booking", room=room, contact="丙三", phone="123", **fields)
    assert act(drafter, record, "提交").status_code == 200
    assert act(rooms, record, "批准").status_code == 200
    return record


@pytest.mark.feature("HY-04")
def test_everybody_sees_in_the_week_what_is_booked_and_only_parties_what_is_asked_for(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    record = booked(sign_in, room)
    drafter = sign_in("drafter")
    fields = {"begins": "2099-03-10T09:00", "ends": "2099-03-10T10:00", "title": "未批的会"}
    asked = begun(drafter, "room_booking", room=room, contact="丙三", phone="1", **fields)
    assert act(drafter, asked, "提交").status_code == 200
    for query in ("", f"&of={room}"):
        shown = browse("reader").get(f"{CALENDAR}?week=2099-03-11{query}").text
        assert "9:30–11:00" in shown
        assert f'href="/records/{record}"' in shown
        assert "未批的会" not in shown
        assert "未批的会" in browse("rooms").get(f"{CALENDAR}?week=2099-03-11{query}").text
    assert "专题会" not in browse("reader").get(f"{CALENDAR}?week=2099-03-16").text


@pytest.mark.feature("HY-04")
def test_free_half_hours_begin_a_booking_and_taken_and_closed_ones_do_not(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    booked(sign_in, room)
    shown = browse("drafter").get(f"{CALENDAR}?week=2099-03-09&of={room}").text
    free = re.findall(r'data-begins="2099-03-09T([\d:]+)"', shown)
    assert free[:3] == ["08:00", "08:30", "09:00"]
    assert "09:30" not in free
    assert "10:30" not in free
    assert free[3:5] == ["11:00", "11:30"]
    assert free[-1] == "17:30"


def test_no_half_hour_of_a_week_gone_by_begins_a_booking(browse: Browse, room: str) -> None:
    shown = browse("drafter").get(f"{CALENDAR}?week=2020-03-02&of={room}").text
    assert "data-begins" not in shown


@pytest.mark.feature("HY-04")
def test_the_feed_of_a_room_holds_its_bookings_for_who_is_signed_in(
    browse: Browse, sign_in: SignIn, nobody: TestClient, room: str
) -> None:
    soon = "2027-01-04T"
    booked(sign_in, room, begins=f"{soon}09:00", ends=f"{soon}10:00")
    answer = browse("reader").get(f"{CALENDAR}/{room}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:专题会" in answer.text
    assert "DTSTART:20270104T010000Z" in answer.text
    refused = nobody.get(f"{CALENDAR}/{room}.ics", follow_redirects=False)
    assert refused.status_code == 303
    assert "专题会" not in refused.text


def test_what_is_no_room_has_neither_week_nor_feed(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    record, reader = booked(sign_in, room), browse("reader")
    for address in (f"{CALENDAR}?of={record}", f"{CALENDAR}/{record}.ics", f"{CALENDAR}?of=x"):
        assert reader.get(address).status_code == 404
    assert reader.get(f"{CALENDAR}?week=nonsense").status_code == 200


@pytest.mark.feature("HY-02")
def test_weeks_that_are_taken_are_left_out_and_told_and_leave_nothing_behind(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    booked(sign_in, room)
    drafter = browse("drafter")
    answer = drafter.post(f"{CALENDAR}/weekly", data={**WEEKLY, "room": room})
    assert answer.status_code == 200, answer.text
    assert "已提交 2 次预订，跳过 1 次" in answer.text
    assert "2099年3月9日 9:00" in answer.text
    found = sign_in("rooms").get("/api/v1/search", params={"q": "周例会"}).json()["hits"]
    assert len(found) == 2
    assert {state(sign_in("rooms"), hit["id"]) for hit in found} == {"approval"}
    again = drafter.post(f"{CALENDAR}/weekly", data={**WEEKLY, "room": room})
    assert "已提交 2 次预订" in again.text
    found = sign_in("rooms").get("/api/v1/search", params={"q": "周例会"}).json()["hits"]
    assert len(found) == 2


@pytest.mark.feature("HY-02")
@pytest.mark.parametrize("weeks", ["0", "27", "x", ""])
def test_a_number_of_weeks_that_cannot_be_is_told_with_what_was_typed(
    browse: Browse, room: str, weeks: str
) -> None:
    answer = browse("drafter").post(
        f"{CALENDAR}/weekly", data={**WEEKLY, "room": room, "weeks": weeks}
    )
    assert answer.status_code == 422
    assert "1 至 26" in answer.text
    assert 'value="周例会"' in answer.text


def test_the_form_of_a_booking_is_filled_in_from_its_address(browse: Browse, room: str) -> None:
    given = {"room": room, "begins": "2099-03-02T09:00", "ends": "2099-03-02T10:30"}
    shown = browse("drafter").get("/records/new/room_booking", params=given).text
    assert f'<option value="{room}" selected>第一会议室</option>' in shown
    assert 'value="2099-03-02T09:00"' in shown
    assert 'value="2099-03-02T10:30"' in shown


@pytest.mark.feature("HY-02")
def test_a_booking_is_read_in_office_style_with_its_room_linked(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    record = booked(sign_in, room, needs=["投影", "音响"])
    shown = browse("reader").get(f"/records/{record}").text
    assert "2099年3月9日 9:30" in shown
    assert f'<a href="/records/{room}">第一会议室</a>' in shown
    assert "投影、音响" in shown


def test_a_refused_action_comes_back_with_what_was_typed(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    record = booked(sign_in, room)
    rooms = browse("rooms")
    revision = sign_in("rooms").get(f"/api/v1/records/{record}").json()["revision"]
    path = f"/records/{record}/actions/seize"
    answer = rooms.post(path, data={"revision": revision - 1, "opinion": "市局征用"})
    assert answer.status_code == 409
    assert "市局征用" in answer.text
    assert "data-reopened" in answer.text
    assert state(sign_in("rooms"), record) == "booked"
    answer = rooms.post(path, data={"revision": revision, "opinion": "市局征用"})
    assert answer.status_code == 200
    assert state(sign_in("drafter"), record) == "cancelled"


@pytest.mark.parametrize("kind", ["supervision", "supervision_request", "room_booking", "notice"])
def test_an_address_that_fills_in_nonsense_still_shows_the_form(
    built: Installation, browse: Browse, kind: str
) -> None:
    names = built.house.kinds.get(kind).fields
    for value in ("x", "", "１", "../..", "<b>", "9" * 3_000, "everyone", "post:x/y"):
        given = dict.fromkeys(names, value)
        answer = browse("drafter").get(f"/records/new/{kind}", params=given)
        assert answer.status_code == 200, (value, answer.text[:300])


@pytest.mark.feature("HY-01")
def test_a_room_out_of_use_shows_its_week_and_takes_no_booking(
    browse: Browse, sign_in: SignIn, room: str
) -> None:
    record = booked(sign_in, room)
    assert act(sign_in("rooms"), room, "停用", opinion="装修").status_code == 200
    drafter = browse("drafter")
    shown = drafter.get(f"{CALENDAR}?week=2099-03-09&of={room}").text
    assert f'href="/records/{record}"' in shown
    assert "data-begins" not in shown
    assert "第一会议室" not in drafter.get(f"{CALENDAR}?week=2099-03-09").text


class TooLate:
    """Takes actions; after each rehearsal somebody else gets the very slot."""

    def __init__(self, acting: ActionTaker, rival: Callable[[], object]) -> None:
        self._acting = acting
        self._rival = rival
        self.act = acting.act

    def rehearse(self, *given: Any) -> None:
        """Nothing stands in the way; then something does."""
        self._acting.rehearse(*given)
        self._rival()


def test_a_week_that_somebody_else_gets_in_between_is_told_and_ended(
    built: Installation, sign_in: SignIn, room: str
) -> None:
    house, drafter = built.house, sign_in("drafter")
    times = {"begins": "2099-03-02T09:00", "ends": "2099-03-02T10:00"}
    acting = TooLate(house.acting, lambda: booked(sign_in, room, **times))
    fields = {"room": room, "title": "周例会", "contact": "丙三", "phone": "1", **times}
    kind = house.kinds.get("room_booking")
    wanted = Weekly(kind, fields, weeks=1, begins="begins", action="submit", undo="cancel")
    caller = house.book.caller(Login("drafter"))
    done = WeeklyBeginning(house.ingest, acting).begin(caller, wanted, key="k")  # type: ignore[arg-type]
    assert done.begun == ()
    assert [each.why.reason for each in done.skipped] == ["taken"]
    rows = drafter.get("/api/v1/lists/room_booking").json()["rows"]
    states = [state(drafter, each["id"]) for each in rows]
    assert sorted(states) == ["booked", "cancelled"]


@pytest.mark.feature("HY-04")
def test_a_booking_over_the_end_of_a_week_stands_in_both_weeks_and_in_no_third(
    built: Installation, browse: Browse, sign_in: SignIn
) -> None:
    fields = {"title": "全天会议室", "place": "三楼", "seats": 20}
    room = begun(sign_in("rooms"), "room", **fields)
    booked(sign_in, room, begins="2099-03-08T09:00", ends="2099-03-09T12:00")
    house, caller = built.house, built.house.book.caller(Login("reader"))
    calendar = calendar_of(house.kinds, "room_booking")
    weeks = [date(2099, 2, 23), date(2099, 3, 2), date(2099, 3, 9), date(2099, 3, 16)]
    found = [
        len(bookings(house.lists.of_kinds, caller, calendar, monday, monday + timedelta(days=6)))
        for monday in weeks
    ]
    assert found == [0, 1, 1, 0]
    for query in ("", f"&of={room}"):
        shown = browse("reader").get(f"{CALENDAR}?week=2099-03-09{query}").text
        assert "3月8日 9:00–12:00" in shown
