"""反馈 of a notice: by person or by unit, late, corrected, exported (TZ-04)."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import load_workbook

from records.identity import Login
from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, SignIn
from tests.api.office import act, begun, offered
from wenshu.building.installation import Installation

NOTICE = {
    "title": "关于报送年终总结的通知",
    "body": "请报送总结。",
    "audience": ["unit:county"],
    "wants_answer": True,
    "answer_by": "2099-12-31",
}


def published(sign_in: SignIn, **fields: Any) -> str:
    record = begun(sign_in("drafter"), "notice", **{**NOTICE, **fields})
    for login, label in (("drafter", "送审"), ("head", "同意"), ("registry", "发布")):
        answer = act(sign_in(login), record, label)
        assert answer.status_code == 200, answer.text
    return record


def answers(record: str, *more: str) -> str:
    return "/".join((f"/api/v1/records/{record}/answers", *more))


def answer(client: TestClient, record: str, text: str, number: int = 0, **more: Any) -> Response:
    call = {"number": number, "fields": {"text": text}, **more}
    return client.post(answers(record), json=call)


def rows(client: TestClient, record: str, which: str = "all") -> list[dict[str, Any]]:
    found = client.get(f"/api/v1/records/{record}/receipts", params={"which": which})
    return list(found.json())


def counts(client: TestClient, record: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/records/{record}/receipts/counts").json())


def joins(built: Installation, login: str, **person: Any) -> None:
    row = {"login": login, "name": f"{login}氏", "unit": "food", "password": PASSWORD, **person}
    built.house.people.load(PeopleRows([], [row]), lasting=True)


def the_day_passes(sign_in: SignIn, record: str) -> None:
    """The deadline is corrected to a day that is over."""
    fields = {"title": NOTICE["title"], "body": NOTICE["body"], "audience": NOTICE["audience"]}
    done = act(sign_in("registry"), record, "更正", fields={**fields, "answer_by": "2020-01-01"})
    assert done.status_code == 200, done.text


@pytest.mark.feature("TZ-04")
def test_each_recipient_answers_in_words_and_the_publisher_sees_who_and_what(
    sign_in: SignIn,
) -> None:
    record, reader = published(sign_in), sign_in("reader")
    (slip,) = reader.get(answers(record)).json()
    assert (slip["recipient"], slip["number"], slip["overdue"]) == ("reader", 0, False)
    assert slip["fields"]["text"]["required"]
    assert answer(reader, record, "").json()["reason"] == "incomplete"
    assert answer(reader, record, "已报送").status_code == 201
    found = counts(sign_in("drafter"), record)
    assert (found["total"], found["of"]["unread"], found["of"]["answered"]) == (2, 1, 1)
    unread, answered = rows(sign_in("drafter"), record)
    assert (unread["login"], unread["opened_at"]) == ("public", None)
    assert answered["answer"]["fields"] == {"text": "已报送"}
    assert not answered["answer"]["late"]
    assert answered["opened_at"] is not None, "who answers has read"
    assert [r["login"] for r in rows(sign_in("drafter"), record, "owing")] == ["public"]


@pytest.mark.feature("TZ-04")
def test_files_come_along_and_are_for_the_publisher_and_who_sent_them(sign_in: SignIn) -> None:
    record, reader = published(sign_in), sign_in("reader")
    call = json.dumps({"number": 0, "fields": {"text": "见附件"}})
    files = [("file", ("总结.txt", "全年总结".encode()))]
    sent = reader.post(answers(record, "with-files"), data={"call": call}, files=files)
    assert sent.json()["files"] == [{"name": "总结.txt", "size": 12}]
    path = answers(record, "reader", "files", "总结.txt")
    assert sign_in("drafter").get(path).content.decode() == "全年总结"
    assert reader.get(path).status_code == 200
    assert sign_in("public").get(path).status_code == 404
    assert sign_in("keeper").get(path).status_code == 404
    again = {"number": 1, "fields": {"text": "不附"}, "removed": ["总结.txt"]}
    assert reader.post(answers(record), json=again).json()["files"] == []
    assert sign_in("drafter").get(path).status_code == 404


@pytest.mark.feature("TZ-04")
def test_an_answer_is_amended_over_the_one_that_stands_and_a_repeat_is_one_answer(
    sign_in: SignIn,
) -> None:
    record, reader = published(sign_in), sign_in("reader")
    first = answer(reader, record, "初稿", idempotency_key="k")
    assert answer(reader, record, "初稿", idempotency_key="k").json() == first.json()
    late = answer(reader, record, "又一稿")
    assert (late.status_code, late.json()["reason"]) == (409, "answered_meanwhile")
    assert answer(reader, record, "定稿", 1).json()["number"] == 2
    shown = rows(sign_in("drafter"), record, "answered")
    assert [row["answer"]["fields"]["text"] for row in shown] == ["定稿"]


@pytest.mark.feature("TZ-04")
def test_after_the_day_an_answer_is_taken_and_marked_late(sign_in: SignIn) -> None:
    record = published(sign_in)
    assert answer(sign_in("reader"), record, "按时").status_code == 201
    the_day_passes(sign_in, record)
    drafter = sign_in("drafter")
    assert [row["login"] for row in rows(drafter, record, "late")] == ["public"]
    (slip,) = sign_in("public").get(answers(record)).json()
    assert slip["overdue"]
    assert answer(sign_in("public"), record, "迟到").json()["late"]
    assert not answer(sign_in("reader"), record, "补充", 1).json()["late"], "the first was in time"
    found = counts(drafter, record)
    assert (found["of"]["late"], found["of"]["owing"]) == (1, 0)
    assert [row["login"] for row in rows(drafter, record, "late")] == ["public"]


@pytest.mark.feature("TZ-04")
def test_who_joins_later_sees_it_may_answer_and_owes_nothing(
    built: Installation, sign_in: SignIn
) -> None:
    record = published(sign_in)
    the_day_passes(sign_in, record)
    joins(built, "newcomer")
    newcomer, drafter = sign_in("newcomer"), sign_in("drafter")
    assert newcomer.get(f"/api/v1/records/{record}").status_code == 200
    before = counts(drafter, record)
    assert (before["total"], before["joined"], before["of"]["late"]) == (2, 0, 2)
    assert not answer(newcomer, record, "新来的").json()["late"]
    after = counts(drafter, record)
    assert (after["total"], after["joined"], after["of"]["late"]) == (2, 1, 2)
    row = rows(drafter, record)[-1]
    assert (row["login"], row["joined"], row["late"]) == ("newcomer", True, False)


@pytest.mark.feature("TZ-04")
def test_where_units_answer_one_of_the_unit_answers_for_all(
    built: Installation, sign_in: SignIn
) -> None:
    joins(built, "clerk", posts=["收发员"])
    record = published(sign_in, answer_as="每单位反馈")
    drafter = sign_in("drafter")
    assert counts(drafter, record)["total"] == 1
    assert sign_in("reader").get(answers(record)).json() == [], "the 收发员 answers for the unit"
    assert answer(sign_in("reader"), record, "越俎").json()["reason"] == "not_delivered"
    assert sign_in("reader").post(f"/api/v1/records/{record}/opened").status_code == 204
    (slip,) = sign_in("clerk").get(answers(record)).json()
    assert slip["recipient"] == "unit:county"
    assert answer(sign_in("clerk"), record, "全县已报").status_code == 201
    (row,) = rows(drafter, record)
    assert (row["recipient"], row["login"], row["read"]) == ("unit:county", "", [2, 3])
    assert row["answer"]["by"] == "clerk"


def test_where_the_post_is_vacant_anybody_of_the_unit_answers_once(sign_in: SignIn) -> None:
    record = published(sign_in, answer_as="每单位反馈")
    assert answer(sign_in("reader"), record, "甲稿").status_code == 201
    second = answer(sign_in("public"), record, "乙稿")
    assert (second.status_code, second.json()["reason"]) == (409, "answered_meanwhile")
    assert "丁四" in second.text
    assert answer(sign_in("public"), record, "合稿", 1).status_code == 201


@pytest.mark.feature("TZ-04")
def test_who_owes_an_answer_is_urged_and_of_a_unit_those_who_answer_for_it(
    built: Installation, sign_in: SignIn
) -> None:
    joins(built, "clerk", posts=["收发员"])
    record = published(sign_in, answer_as="每单位反馈")
    path = f"/api/v1/records/{record}/receipts/urge"
    assert sign_in("drafter").post(path, params={"owing": "answered"}).json() == {"owing": 1}

    def told(login: str) -> list[str]:
        found = sign_in(login).get("/api/v1/notifications").json()["notifications"]
        return [each["about"] for each in found]

    assert told("clerk") == ["urged"]
    assert told("reader") == []
    assert answer(sign_in("clerk"), record, "已报").status_code == 201
    assert sign_in("drafter").post(path, params={"owing": "answered"}).json() == {"owing": 0}


@pytest.mark.feature("TZ-04")
def test_what_came_back_is_exported_and_a_formula_stays_text(sign_in: SignIn) -> None:
    record = published(sign_in)
    assert answer(sign_in("reader"), record, "=1+1").status_code == 201
    path = f"/api/v1/records/{record}/receipts/export"
    book = load_workbook(io.BytesIO(sign_in("drafter").get(path).content))
    header, *lines = book.worksheets[0].iter_rows(values_only=True)
    assert header == (
        "对象", "单位", "状态", "阅读时间", "反馈时间", "反馈人", "反馈内容", "反馈附件",
    )  # fmt: skip
    assert [line[:3] for line in lines] == [
        ("戊五", "食品科", "未读"),
        ("丁四", "食品科", "已反馈"),
    ]
    assert lines[1][6] == "=1+1"
    assert sign_in("reader").get(path, params={"format": "csv"}).text.count("\n") == 1


def test_to_its_readers_answers_of_others_are_nothing(sign_in: SignIn) -> None:
    record = published(sign_in)
    assert answer(sign_in("reader"), record, "机密情况").status_code == 201
    for login in ("public", "keeper"):
        client = sign_in(login)
        for path in ("", "/counts", "/export"):
            found = client.get(f"/api/v1/records/{record}/receipts{path}")
            assert "机密情况" not in found.text
        assert "机密情况" not in client.get(answers(record)).text
    assert answer(sign_in("keeper"), record, "外人").status_code == 404


def test_nothing_is_answered_where_nothing_is_asked_or_what_was_withdrawn(
    sign_in: SignIn,
) -> None:
    plain = published(sign_in, wants_answer=False, answer_by=None)
    assert sign_in("reader").get(answers(plain)).json() == []
    assert answer(sign_in("reader"), plain, "多余").json()["reason"] == "no_answer_wanted"
    record = published(sign_in)
    path = f"/api/v1/records/{record}/receipts/answered"
    assert sign_in("reader").post(path).json()["reason"] == "answer_has_form"
    assert act(sign_in("registry"), record, "撤回").status_code == 200
    assert answer(sign_in("reader"), record, "晚了").status_code == 404


@pytest.mark.feature("TZ-04", "TZ-06")
def test_a_correction_is_a_new_version_and_told_anew_only_where_that_was_chosen(
    sign_in: SignIn,
) -> None:
    record, reader = published(sign_in), sign_in("reader")
    reader.post(f"/api/v1/records/{record}/opened")
    fields = {"title": NOTICE["title"], "body": "请补报附表。", "audience": NOTICE["audience"]}
    assert act(sign_in("registry"), record, "更正", fields=fields).status_code == 200
    assert counts(sign_in("drafter"), record)["given"]["read"] == 1
    assert reader.get("/api/v1/notifications").json()["notifications"] == []
    assert act(sign_in("registry"), record, "更正并重新通知", fields=fields).status_code == 200
    assert counts(sign_in("drafter"), record)["given"]["read"] == 0, "unread once more"
    told = reader.get("/api/v1/notifications").json()["notifications"]
    assert [each["about"] for each in told] == ["corrected"]
    assert [t["id"] for t in unread(reader)] == [record]
    assert reader.get(f"/api/v1/records/{record}").json()["fields"]["body"] == "请补报附表。"
    reader.post(f"/api/v1/records/{record}/opened")
    assert unread(reader) == []
    assert counts(sign_in("drafter"), record)["given"]["read"] == 1


def unread(client: TestClient) -> list[dict[str, Any]]:
    return list(client.get("/api/v1/tasks", params={"list": "unread"}).json()["tasks"])


@pytest.mark.feature("TZ-06")
def test_a_correction_replaces_a_file_of_the_same_name_and_readers_may_not(
    sign_in: SignIn,
) -> None:
    drafter = sign_in("drafter")
    record = begun(drafter, "notice", **NOTICE)
    number = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    drafter.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("附表.txt", b"1")},
        headers={"If-Match": f'"{number}"'},
    )
    for login, label in (("drafter", "送审"), ("head", "同意"), ("registry", "发布")):
        act(sign_in(login), record, label)
    call = {
        "revision": drafter.get(f"/api/v1/records/{record}").json()["revision"],
        "opinion": "附表有误",
        "fields": {k: NOTICE[k] for k in ("title", "body", "audience")},
    }
    path = f"/api/v1/records/{record}/actions/correct/with-files"

    def sent(login: str) -> int:
        files = {"file": ("附表.txt", b"22")}
        return sign_in(login).post(path, data={"call": json.dumps(call)}, files=files).status_code

    assert sent("reader") == 403
    assert sent("registry") == 200
    assert sign_in("reader").get(f"/api/v1/records/{record}/files/附表.txt").content == b"22"
    assert set(offered(sign_in("reader"), record)) == set()


def test_the_day_is_the_last_one_that_counts(built: Installation, sign_in: SignIn) -> None:
    today = built.house.book.caller(Login("reader")).today
    record = published(sign_in, answer_by=today.isoformat())
    assert not answer(sign_in("reader"), record, "当天").json()["late"]
    past = published(sign_in, answer_by=(today - timedelta(days=1)).isoformat())
    assert answer(sign_in("reader"), past, "次日").json()["late"]


@pytest.mark.feature("TZ-06")
def test_what_is_put_on_top_stands_first_on_the_first_page_and_nowhere_else(
    built: Installation, sign_in: SignIn
) -> None:
    records = [published(sign_in, title=f"通知{n}") for n in range(3)]
    registry = sign_in("registry")
    first = {"pinned": True}
    assert act(registry, records[0], "置顶与有效期", fields=first).status_code == 200
    assert act(registry, records[1], "更正", fields=corrected("通知1")).status_code == 200
    notices, caller = built.house.lists.announcements, built.house.book.caller(Login("reader"))
    page = notices.page(caller, unread=False, size=1)
    titles = [row.revision.fields["title"] for row in page.rows]
    after = notices.page(caller, unread=False, size=5, after=page.following)
    assert titles == ["通知0", "通知1"], "the corrected one is the newest of the others"
    assert [row.revision.fields["title"] for row in after.rows] == ["通知2"]
    assert page.total == after.total == 3


def corrected(title: str) -> dict[str, Any]:
    return {"title": title, "body": NOTICE["body"], "audience": NOTICE["audience"]}


def test_two_files_of_one_name_in_an_answer_are_both_had(sign_in: SignIn) -> None:
    record = published(sign_in)
    call = json.dumps({"number": 0, "fields": {"text": "见附件"}})
    files = [("file", ("总结.txt", b"one")), ("file", ("总结.txt", b"two"))]
    reader = sign_in("reader")
    sent = reader.post(answers(record, "with-files"), data={"call": call}, files=files)
    assert [file["name"] for file in sent.json()["files"]] == ["总结.txt", "总结（2）.txt"]
    for name, body in (("总结.txt", b"one"), ("总结（2）.txt", b"two")):
        assert reader.get(answers(record, "reader", "files", name)).content == body


def test_a_correction_cannot_take_away_the_day_that_an_answer_needs(sign_in: SignIn) -> None:
    record = published(sign_in)
    fields = {name: NOTICE[name] for name in ("title", "body", "audience")}
    refused = act(sign_in("registry"), record, "更正", fields={**fields, "answer_by": None})
    assert refused.json()["facts"]["missing"] == ["反馈截止"]
    again = act(sign_in("registry"), record, "更正并重新通知", fields={**fields, "answer_by": None})
    assert again.json()["reason"] == "incomplete"


@pytest.mark.feature("TZ-04")
def test_who_can_answer_no_more_owes_nothing_and_is_told_as_such(
    sign_in: SignIn, built: Installation
) -> None:
    record, drafter = published(sign_in), sign_in("drafter")
    assert counts(drafter, record)["of"]["owing"] == 2
    joins(built, "reader", unit="law")
    owing = counts(drafter, record)
    assert (owing["total"], owing["of"]["owing"], owing["of"]["unread"]) == (2, 1, 1)
    assert {row["login"]: row["gone"] for row in rows(drafter, record)} == {
        "reader": True,
        "public": False,
    }
    assert [row["login"] for row in rows(drafter, record, "owing")] == ["public"]
    urged = drafter.post(f"/api/v1/records/{record}/receipts/urge?owing=answered").json()
    assert urged == {"owing": 1}
    assert "已不在范围" in drafter.get(f"/api/v1/records/{record}/receipts/export?format=csv").text
    assert answer(sign_in("public"), record, "已报送").status_code == 201
    joins(built, "public", disabled=True)
    assert counts(drafter, record)["of"]["answered"] == 1, "an answer that was given stays"


@pytest.mark.feature("TZ-04")
def test_a_unit_that_was_merged_owes_nothing_beside_the_one_that_took_its_place(
    sign_in: SignIn, built: Installation
) -> None:
    units = [{"code": "south", "name": "南岸县局", "level": "县", "parent": "bureau"}]
    clerk = {"login": "south", "name": "南一", "unit": "south", "password": PASSWORD}
    built.house.people.load(PeopleRows(units, [clerk]), lasting=True)
    asked = {"audience": ["unit:county", "unit:south"], "answer_as": "每单位反馈"}
    record, drafter = published(sign_in, **asked), sign_in("drafter")
    assert counts(drafter, record)["of"]["owing"] == 2
    built.house.people.load(PeopleRows([{**units[0], "merged_into": "county"}], []), lasting=True)
    assert counts(drafter, record)["of"]["owing"] == 1
    assert [row["recipient"] for row in rows(drafter, record, "owing")] == ["unit:county"]
