"""委托代办 and dictionaries over HTTP, and in the pages: who may, and what happens at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from records.identity import Login
from records.times.office_time import office_day
from tests.api.conftest import Browse, SignIn
from wenshu.building.installation import Installation

ADDRESS = "/api/v1/delegations"
WORDS = "/api/v1/dictionaries/business_type"
TODAY = office_day(datetime.now(UTC))
"""The server's own clock; a run over midnight of Beijing would see two days."""


def wanted(to: str, days: int = 5, **more: object) -> dict[str, Any]:
    until = (TODAY + timedelta(days=days)).isoformat()
    return {"to": to, "from_on": TODAY.isoformat(), "until_on": until, **more}


def tokens(built: Installation, login: str) -> set[str]:
    reader = built.house.book.caller(Login(login)).reader
    return {token for token in reader.tokens if token.startswith("deputy")}


@pytest.mark.feature("SY-10")
def test_a_deputy_acts_from_the_next_request_on_and_stops_when_it_is_ended(
    sign_in: SignIn, built: Installation
) -> None:
    head, reader = sign_in("head"), sign_in("reader")
    made = head.post(ADDRESS, json=wanted("reader", kinds=["notice"], reason=" 培训 "))
    assert made.status_code == 200, made.text
    assert (made.json()["of"], made.json()["set_by"], made.json()["reason"]) == (
        "head",
        "head",
        "培训",
    )
    assert tokens(built, "reader") == {
        "deputy/notice:person:head",
        "deputy/notice:post:law/科室负责人",
    }
    assert [each["of"] for each in reader.get(ADDRESS).json()["taken"]] == ["head"]
    ended = head.post(f"{ADDRESS}/{made.json()['number']}/end")
    assert ended.json()["ended_at"] is not None
    assert tokens(built, "reader") == set()
    again = head.post(f"{ADDRESS}/{made.json()['number']}/end")
    assert again.json()["ended_at"] == ended.json()["ended_at"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (wanted("head"), "delegation_to_oneself"),
        (wanted("reader", days=-1), "delegation_days"),
        (wanted("nobody"), "unknown_person"),
        (wanted("reader", kinds=["moon"]), "unknown_kind"),
        (wanted("reader", reason="长" * 201), "too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    sign_in: SignIn, built: Installation, given: dict[str, Any], reason: str
) -> None:
    answer = sign_in("head").post(ADDRESS, json=given)
    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert built.house.book.current().delegations == ()


def test_only_the_person_and_an_administrator_hand_over_and_end(
    sign_in: SignIn, built: Installation
) -> None:
    stranger, admin = sign_in("drafter"), sign_in("admin")
    assert stranger.post(ADDRESS, json=wanted("drafter", of="head")).status_code == 403
    assert stranger.get(ADDRESS, params={"of": "head"}).status_code == 403
    made = admin.post(ADDRESS, json=wanted("reader", of="head"))
    assert (made.status_code, made.json()["set_by"]) == (200, "admin")
    for other in (stranger, sign_in("reader")):
        assert other.post(f"{ADDRESS}/{made.json()['number']}/end").status_code == 404
    assert tokens(built, "reader") != set()
    assert admin.get(ADDRESS, params={"of": "head"}).json()["given"] == [made.json()]
    assert sign_in("head").post(f"{ADDRESS}/{made.json()['number']}/end").status_code == 200


@pytest.mark.feature("AQ-14")
def test_what_an_administrator_hands_over_is_told_to_both_and_what_a_person_does_is_not(
    sign_in: SignIn, built: Installation
) -> None:
    def told(login: str) -> int:
        while not built.drain.empty():
            built.drain.round()
        found = sign_in(login).get("/api/v1/search", params={"kind": "rights_change"})
        return int(found.json()["total"])

    sign_in("head").post(ADDRESS, json=wanted("drafter"))
    assert [told(login) for login in ("head", "drafter")] == [0, 0]
    sign_in("admin").post(ADDRESS, json=wanted("reader", of="head"))
    assert [told(login) for login in ("head", "reader", "drafter")] == [1, 1, 0]


def test_people_loaded_afterwards_leave_delegations_as_they_are(
    sign_in: SignIn, built: Installation
) -> None:
    sign_in("head").post(ADDRESS, json=wanted("reader"))
    row = {"login": "fresh", "name": "新人", "unit": "office", "password": "Abc#12345"}
    sign_in("admin").post("/api/v1/people", json={"people": [row]})
    assert tokens(built, "reader") != set()


@pytest.mark.feature("SY-10")
def test_the_page_hands_over_says_so_at_home_and_ends(browse: Browse) -> None:
    head, reader = browse("head"), browse("reader")
    form = {**wanted("reader"), "to": "person:reader", "kinds": "notice"}
    page = head.post("/delegations", data=form)
    assert page.status_code == 200
    assert "已委托丁四代办" in page.text
    assert "您的待办由丁四代办" in head.get("/").text
    assert "您正在为乙二代办" in reader.get("/").text
    assert "乙二" in reader.get("/delegations").text
    assert "委托已结束" in head.post("/delegations/1/end").text
    assert "代办，至" not in reader.get("/").text


def test_what_was_typed_into_the_page_comes_back_with_what_is_wrong(
    built: Installation, browse: Browse
) -> None:
    head = browse("head")
    forms = [
        {**wanted(""), "to_add": "丁四", "until_on": "2020-01-01", "reason": "休假"},
        {**wanted(""), "to_add": "没有这个人", "reason": "休假"},
        {**wanted(""), "reason": "休假"},
        {**wanted(""), "to": "unit:law", "reason": "休假"},
        {**wanted(""), "to": "person:reader", "from_on": "明天", "reason": "休假"},
    ]
    for form in forms:
        page = head.post("/delegations", data={k: v for k, v in form.items() if v})
        assert page.status_code == 422
        assert 'value="休假"' in page.text
    assert built.house.book.current().delegations == ()


def test_who_changes_it_at_once_loses_nothing(sign_in: SignIn, built: Installation) -> None:
    for login in ("head", "drafter", "registry"):
        assert sign_in(login).post(ADDRESS, json=wanted("reader")).status_code == 200
    standing = built.house.book.current().delegations
    assert [(each.number, each.of) for each in standing] == [
        (1, "head"),
        (2, "drafter"),
        (3, "registry"),
    ]


@pytest.mark.feature("SY-09")
def test_a_word_is_added_disabled_and_enabled_by_administrators_alone(sign_in: SignIn) -> None:
    admin, reader = sign_in("admin"), sign_in("reader")
    assert reader.post(WORDS, json={"word": "专项"}).status_code == 403
    assert reader.patch(WORDS, json={"word": "其他", "disabled": True}).status_code == 403
    assert admin.post(WORDS, json={"word": "专项"}).json()["entries"][-1] == {
        "word": "专项",
        "disabled": False,
    }
    admin.patch(WORDS, json={"word": "专项", "disabled": True})
    shown = {each["dictionary"]: each for each in reader.get("/api/v1/dictionaries").json()}
    assert shown["business_type"]["entries"][-1] == {"word": "专项", "disabled": True}
    assert shown["urgency"]["entries"][0]["word"] == "特急"
    admin.patch(WORDS, json={"word": "专项", "disabled": False})
    assert admin.post(WORDS, json={"word": "专项"}).json()["reason"] == "repeated_entry"
    assert admin.post("/api/v1/dictionaries/moon", json={"word": "专项"}).status_code == 404


@pytest.mark.feature("SY-09")
def test_the_page_of_dictionaries_is_for_administrators(
    built: Installation, browse: Browse
) -> None:
    admin, reader = browse("admin"), browse("reader")
    assert reader.get("/dictionaries").status_code == 403
    assert reader.post("/dictionaries/urgency", data={"word": "平急"}).status_code == 403
    assert "岗位" in admin.get("/dictionaries").text
    assert "平急" in admin.post("/dictionaries/urgency", data={"word": "平急"}).text
    again = admin.post("/dictionaries/urgency", data={"word": "平急"})
    assert (again.status_code, "已在字典中" in again.text) == (422, True)
    admin.post("/dictionaries/urgency", data={"word": "平急", "switch": "off"})
    assert "平急" not in built.house.dictionaries.current().active("urgency")
    assert "平急" not in reader.get("/").text
    assert admin.get("/dictionaries/moon").status_code == 404


@pytest.mark.feature("SY-07", "SY-08")
def test_a_post_or_a_profile_that_no_dictionary_has_is_taken_and_named(
    sign_in: SignIn, built: Installation
) -> None:
    row = {"login": "fresh", "name": "新人", "unit": "office", "posts": ["机要窒", "机要室"]}
    units = [{"code": "c", "name": "丙局", "profile": "市句"}]
    units += [{"code": "d", "name": "丁局", "profile": "市局"}]
    given = {"people": [row], "units": units}
    answer = sign_in("admin").post("/api/v1/people", json=given).json()
    assert answer["unknown_posts"] == ["机要窒"]
    assert answer["unknown_profiles"] == ["市句"]
    assert built.house.book.current().person(Login("fresh")).posts == ("机要窒", "机要室")
