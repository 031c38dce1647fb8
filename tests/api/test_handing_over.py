"""What nobody in office holds is found and handed over by administrators (TRF-17, SY-06)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from records.people.people_rows import PeopleRows
from records.times.office_time import office_day
from services.flow.action_request import ActionRequest
from services.intake.ingest import Draft
from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import Browse, SignIn
from tests.api.office import act
from tests.api.test_lists import NOTICE, work
from tests.api.test_stranded import left
from wenshu.building.installation import Installation

BASE = "/api/v1/stranded"
TODAY = office_day(datetime.now(UTC))
LAST = TODAY + timedelta(days=20)
POST = "post:law/科室负责人"


def waiting(built: Installation, count: int) -> list[str]:
    """So many drafts of 丙三, all his to send."""
    house, caller = built.house, built.house.book.caller(Login("drafter"))
    return [
        str(house.ingest.begin(caller, Draft("notice", {**NOTICE, "title": f"通知{n}"})).record)
        for n in range(count)
    ]


def reviewed(built: Installation, count: int) -> list[str]:
    """So many of them sent on to the head of his section."""
    house, caller = built.house, built.house.book.caller(Login("drafter"))
    records = waiting(built, count)
    for record in records:
        house.acting.act(caller, record, "submit", ActionRequest(revision=1))  # type: ignore[arg-type]
    return records


def estate(client: TestClient, *holders: str) -> dict[str, Any]:
    answer = client.get(f"{BASE}/tasks", params={"holder": list(holders)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def names(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in ("record", "revision", "task")} for row in found["tasks"]]


def handed(client: TestClient, tasks: list[dict[str, Any]], to: str, **more: Any) -> Any:
    body = {"tasks": tasks, "to": to, "reason": "丙三调离", "idempotency_key": "k", **more}
    return client.post(f"{BASE}/hand-over", json=body)


@pytest.fixture
def browser(browse: Browse) -> TestClient:
    return browse("admin")


@pytest.mark.feature("SY-06")
def test_trf_17_all_that_somebody_left_goes_to_another_with_a_word_on_each(
    sign_in: SignIn, built: Installation
) -> None:
    records = waiting(built, 80)
    admin = sign_in("admin")
    assert admin.get(BASE).json() == [], "he is in office"
    assert admin.get(f"{BASE}/tasks?holder=person:drafter").json()["reason"] == "still_held"
    left(built, "drafter")
    assert admin.get(BASE).json() == [{"holder": "person:drafter", "name": "丙三", "records": 80}]
    found = estate(admin, "person:drafter")
    assert (found["total"], len(found["tasks"]), found["unread"]) == (80, 80, 0)
    assert {row["title"] for row in found["tasks"]} == {None}, "he reads none of it"
    assert {row["label"] for row in found["tasks"]} == {"起草"}

    answers = handed(admin, names(found), "head").json()
    assert [each["done"] for each in answers] == [True] * 80
    assert sorted(row["id"] for row in work(sign_in("head"), "todo", size=100)["tasks"]) == sorted(
        records
    )
    assert admin.get(BASE).json() == []
    assert admin.get(f"/api/v1/records/{records[0]}").status_code == 404
    assert act(sign_in("head"), records[0], "送审").status_code == 200
    said = sign_in("head").get(f"/api/v1/records/{records[0]}").json()["opinions"]
    assert "丙三调离" in [each["text"] for each in said]


@pytest.mark.feature("SY-06")
def test_a_post_that_is_vacant_is_found_with_whoever_left_it(
    sign_in: SignIn, built: Installation
) -> None:
    reviewed(built, 2)
    admin = sign_in("admin")
    gone = {
        "login": "head",
        "name": "乙二",
        "unit": "law",
        "posts": ["科室负责人"],
        "disabled": True,
    }
    built.house.people.load(PeopleRows([], [gone]), lasting=True)
    assert admin.get(BASE).json() == [
        {"holder": POST, "name": "科室负责人（法规科）", "records": 2}
    ]
    by_person = estate(admin, "person:head")
    assert by_person["holders"] == ["person:head", POST]
    assert names(by_person) == names(estate(admin, POST))
    answers = handed(admin, names(by_person), "registry").json()
    assert {each["done"] for each in answers} == {True}
    assert work(sign_in("registry"), "todo")["total"] == 2


@pytest.mark.feature("SY-06")
def test_each_task_is_answered_for_itself(sign_in: SignIn, built: Installation) -> None:
    records = waiting(built, 3)
    admin = sign_in("admin")
    left(built, "drafter")
    found = names(estate(admin, "person:drafter"))
    (first,) = [each for each in found if each["record"] == records[0]]
    second, third = (each for each in found if each["record"] != records[0])
    assert handed(admin, [first], "head").json()[0]["done"] is True
    mixed = [{**first, "revision": 2}, {**third, "revision": 9}, second]
    nothing = {"record": "nothing", "revision": 1, "task": 1}
    answers = handed(admin, [*mixed, nothing], "registry", idempotency_key="k2").json()
    assert [each["done"] for each in answers] == [False, False, True, False]
    assert [each["reason"] for each in answers] == [
        "unknown_record", "stale_revision", None, "unknown_record",
    ]  # fmt: skip
    again = handed(admin, [*mixed, nothing], "registry", idempotency_key="k2").json()
    assert again == answers, "done once, and told twice"
    mine = handed(admin, names(estate(admin, "person:drafter")), "admin", idempotency_key="k3")
    assert [each["reason"] for each in mine.json()] == ["not_to_oneself"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"to": "nobody"}, "unknown_person"),
        ({"to": "drafter"}, "unknown_person"),
        ({"reason": " "}, "opinion_required"),
        ({"tasks": []}, "nothing_chosen"),
        (
            {"tasks": [{"record": f"r{n}", "revision": 1, "task": 1} for n in range(501)]},
            "too_many_chosen",
        ),
    ],
)
def test_what_cannot_be_handed_over_is_refused_before_anything_is_done(
    sign_in: SignIn, built: Installation, given: dict[str, Any], reason: str
) -> None:
    (record,) = waiting(built, 1)
    left(built, "drafter")
    admin = sign_in("admin")
    found = names(estate(admin, "person:drafter"))
    answer = handed(admin, **{"tasks": found, "to": "head", **given})
    assert answer.json()["reason"] == reason
    assert estate(admin, "person:drafter")["total"] == 1
    assert sign_in("head").get(f"/api/v1/records/{record}").status_code == 404


@pytest.mark.feature("SY-06")
def test_nobody_but_an_administrator_sees_or_does_any_of_it(
    sign_in: SignIn, built: Installation, browser: TestClient
) -> None:
    waiting(built, 1)
    left(built, "drafter")
    found = names(estate(sign_in("admin"), "person:drafter"))
    for login in ("head", "registry", "reader"):
        client = sign_in(login)
        assert client.get(BASE).status_code == 403
        assert client.get(f"{BASE}/tasks?holder=person:drafter").status_code == 403
        assert handed(client, found, "head").status_code == 403
        token = client.headers["Authorization"].removeprefix("Bearer ")
        cookie = {"Cookie": f"{SESSION_COOKIE}={token}"}
        assert client.get("/stranded", headers=cookie).status_code == 403
    for holder, reason in (
        ("unit:law", "still_held"),
        ("role:auditor", "unknown_token"),
        ("everyone", "unknown_token"),
        ("person:nobody", "unknown_person"),
        ("x", "unknown_token"),
    ):
        assert sign_in("admin").get(f"{BASE}/tasks?holder={holder}").json()["reason"] == reason


def test_who_deputised_is_told_and_a_draft_is_the_authors_task(
    sign_in: SignIn, built: Installation
) -> None:
    waiting(built, 1)
    given = {"to": "head", "from_on": TODAY.isoformat(), "until_on": LAST.isoformat()}
    assert sign_in("drafter").post("/api/v1/delegations", json=given).status_code == 200
    left(built, "drafter")
    found = estate(sign_in("admin"), "person:drafter")
    assert (found["unread"], found["deputies"]) == (0, ["head"])
    assert [row["kind"] for row in found["tasks"]] == ["notice"]


@pytest.mark.feature("SY-06")
def test_the_pages_lead_from_who_left_to_a_report(
    browser: TestClient, sign_in: SignIn, built: Installation
) -> None:
    assert "没有无人承办的任务" in browser.get("/stranded").text
    waiting(built, 2)
    left(built, "drafter")
    shown = browser.get("/stranded").text
    assert "丙三" in shown
    assert "2 件" in shown
    preview = browser.get("/stranded/hand-over?holder=person:drafter").text
    assert preview.count("（内容不对您开放）") == 2
    assert "通知0" not in preview
    found = names(estate(sign_in("admin"), "person:drafter"))
    values = [f"{each['record']}:{each['revision']}:{each['task']}" for each in found]
    form = {"holder": "person:drafter", "task": values, "idempotency_key": "k", "reason": "调离"}
    wrong = browser.post("/stranded/hand-over", data=form)
    assert wrong.status_code == 422
    assert "调离" in wrong.text
    form = {**form, "to": "person:head", "task": [values[0], f"{found[1]['record']}:9:1"]}
    partly = browser.post("/stranded/hand-over", data=form).text
    assert "已移交 1 项，1 项没有移交" in partly
    assert work(sign_in("head"), "todo")["total"] == 1
    # Who is back in office meanwhile changes nothing of what was done.
    rest = {**form, "holder": "person:head", "task": [values[1]], "idempotency_key": "k2"}
    assert "1 项任务已全部移交给乙二" in browser.post("/stranded/hand-over", data=rest).text


@pytest.mark.feature("SY-06")
def test_what_its_holder_may_not_open_any_more_is_found_and_handed_over(
    sign_in: SignIn, built: Installation
) -> None:
    head = {"login": "head", "name": "乙二", "unit": "law", "posts": ["科室负责人"]}
    people = built.house.people
    cleared = {"login": "registry", "name": "甲一", "unit": "office", "posts": ["机要室"]}
    secret = [{**each, "clearance": "秘密"} for each in (head, cleared)]
    people.load(PeopleRows([], secret), lasting=True)
    people.load(
        PeopleRows([], [{"login": "drafter", "name": "丙三", "unit": "law", "clearance": "秘密"}]),
        lasting=True,
    )
    drafter, admin = sign_in("drafter"), sign_in("admin")
    body = {"kind": "notice", "fields": NOTICE, "level": "秘密"}
    record = drafter.post("/api/v1/records", json=body).json()["id"]
    assert act(drafter, record, "送审").status_code == 200
    plain = reviewed(built, 1)
    assert admin.get(BASE).json() == []
    people.load(PeopleRows([], [{**head, "clearance": "公开"}]), lasting=True)
    assert sign_in("head").get(f"/api/v1/records/{record}").status_code == 404

    (vacancy,) = admin.get(BASE).json()
    assert (vacancy["holder"], vacancy["records"]) == (POST, 1)
    found = estate(admin, POST)
    assert [row["record"] for row in found["tasks"]] == [record]
    assert found["total"] == 1
    (done,) = handed(admin, names(found), "registry").json()
    assert done["done"], done
    assert act(sign_in("registry"), record, "同意").status_code == 200
    assert admin.get(BASE).json() == []
    assert admin.get(f"{BASE}/tasks?holder={POST}").json()["reason"] == "still_held"
    assert act(sign_in("head"), plain[0], "同意").status_code == 200, "what he may open is his"
