"""督查 over HTTP: three units, one silent, redone, filed (features.md B11)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import SignIn
from tests.api.office import act, begun, item, offered, state, supervised
from wenshu.building.installation import Installation

ITEM = {
    "title": "关于落实食品安全专项整治的督查",
    "source": "领导指示",
    "given_on": "2026-11-30",
    "due_on": "2026-12-18",
    "main_unit": "law",
    "assisting": ["food", "price"],
    "requirement": "请各单位按期报送办理情况。",
}


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    supervised(built)


def registered(watch: TestClient, **fields: Any) -> str:
    return item(watch, {**ITEM, **fields})


@pytest.mark.feature("DC-01", "DC-03", "DC-04", "DC-05", "DC-07", "DC-10", "DC-14")
def test_an_item_goes_to_three_units_is_redone_by_one_and_filed(sign_in: SignIn) -> None:
    watch, law, food = map(sign_in, ("watch", "lawkeeper", "foodkeeper"))
    record = registered(watch)
    assert act(watch, record, "确定").status_code == 200
    assert state(watch, record) == "handling"
    blocked = act(law, record, "提交办理情况", opinion="已办")
    assert blocked.status_code == 403
    assert "食品科" in blocked.text
    assert "价格科" in blocked.text
    assert act(food, record, "阶段反馈", opinion="正在核查").status_code == 200
    assert act(food, record, "提交办理情况", opinion="已核查 12 家").status_code == 200
    waive = offered(watch, record)["免除协办"]["next"]
    assert [each["name"] for each in waive["candidates"]] == ["协办（价格科）"]
    chosen = [waive["candidates"][0]["id"]]
    assert act(watch, record, "免除协办", next=chosen, opinion="逾期").status_code == 200
    assert act(law, record, "提交办理情况", opinion="汇总如下").status_code == 200
    assert state(watch, record) == "review"
    redo = offered(watch, record)["退回重办"]["next"]
    assert (redo["choose"], redo["many"]) == ("units", True)
    assert act(watch, record, "退回重办", next=["food"], opinion="缺少清单").status_code == 200
    assert act(food, record, "提交办理情况", opinion="补清单").status_code == 200
    assert act(watch, record, "通过").status_code == 200
    assert act(watch, record, "归档").status_code == 200
    assert state(watch, record) == "archived"
    assert offered(watch, record) == {}
    said = watch.get(f"/api/v1/records/{record}").json()["opinions"]
    assert [each["text"] for each in said if each["action"] == "report"] == [
        "已核查 12 家",
        "汇总如下",
        "补清单",
    ]


@pytest.mark.feature("DC-01")
def test_only_the_office_of_supervision_registers_an_item(sign_in: SignIn) -> None:
    answer = sign_in("drafter").post(
        "/api/v1/records", json={"kind": "supervision", "fields": ITEM}
    )
    assert answer.status_code == 403


@pytest.mark.feature("DC-03")
def test_an_item_without_its_original_is_not_sent_out(sign_in: SignIn) -> None:
    watch = sign_in("watch")
    record = begun(watch, "supervision", **ITEM)
    answer = act(watch, record, "确定")
    assert answer.status_code == 422
    assert "原文" in answer.text


def test_who_is_no_party_to_an_item_sees_nothing_of_it(sign_in: SignIn) -> None:
    watch = sign_in("watch")
    record = registered(watch)
    act(watch, record, "确定")
    for login in ("drafter", "admin", "public"):
        client = sign_in(login)
        assert client.get(f"/api/v1/records/{record}").status_code == 404
        assert client.get("/api/v1/search?q=专项整治").json()["total"] == 0


def test_two_who_answer_from_the_same_page_both_count(sign_in: SignIn) -> None:
    watch, food, price = map(sign_in, ("watch", "foodkeeper", "pricekeeper"))
    record = registered(watch)
    act(watch, record, "确定")
    seen = food.get(f"/api/v1/records/{record}").json()["revision"]
    for client in (food, price):
        path = f"/api/v1/records/{record}/actions/report"
        answer = client.post(path, json={"revision": seen, "opinion": "已办"})
        assert answer.status_code == 200, answer.text
    twice = food.post(path, json={"revision": seen, "opinion": "再办"})
    assert twice.status_code == 403


@pytest.mark.feature("DC-13")
def test_what_is_turned_over_is_taken_up_as_an_item(sign_in: SignIn, built: Installation) -> None:
    drafter, watch = sign_in("drafter"), sign_in("watch")
    record = begun(drafter, "supervision_request", title="请督办某事", reason="逾期未办")
    assert act(watch, record, "立项").status_code == 200
    found = watch.get("/api/v1/search", params={"q": "请督办某事"}).json()["hits"]
    assert sorted(hit["kind"] for hit in found) == ["supervision", "supervision_request"]
    (item,) = (hit["id"] for hit in found if hit["kind"] == "supervision")
    assert watch.get(f"/api/v1/records/{item}").json()["state"] == "entry"


@pytest.mark.feature("DC-05")
def test_a_reader_who_takes_no_part_does_not_learn_who_holds_what(sign_in: SignIn) -> None:
    watch, reader = sign_in("watch"), sign_in("reader")
    record = registered(watch)
    path = f"/api/v1/records/{record}"
    revision = {"If-Match": f'"{watch.get(path).json()["revision"]}"'}
    grants = {"grants": [{"to": "person:reader"}]}
    assert watch.patch(path, json=grants, headers=revision).status_code == 200
    assert act(watch, record, "确定").status_code == 200
    assert offered(watch, record)["免除协办"]["next"]["candidates"] != []
    offers = reader.get(f"{path}/actions").json()
    assert {each["name"]: each["choices"] for each in offers if each["choices"]} == {}
    for guess in ("food", "office", "1", "2"):
        answer = act(reader, record, "免除协办", next={"tasks": [guess]})
        assert (answer.status_code, answer.json()["reason"]) == (403, "not_yours")


@pytest.mark.feature("SY-06")
def test_asg_02_an_administrator_finds_a_holder_for_what_nobody_holds_and_reads_none_of_it(
    sign_in: SignIn, built: Installation
) -> None:
    watch, admin = sign_in("watch"), sign_in("admin")
    record = registered(watch)
    act(watch, record, "确定")
    path = f"/api/v1/records/{record}"
    tend = {"revision": watch.get(path).json()["revision"], "opinion": "离职"}
    chosen = {"tasks": ["food"], "": ["reader"]}
    held = admin.post(f"{path}/actions/tend", json={**tend, "next": chosen})
    assert held.status_code == 404  # what somebody holds is not there for him
    gone = [
        {
            "login": "foodkeeper",
            "name": "食一",
            "unit": "food",
            "posts": [],
            "disabled": True,
        }
    ]
    built.house.people.load(PeopleRows([], gone), lasting=True)
    to_himself = {"tasks": ["food"], "": ["admin"]}
    refused = admin.post(f"{path}/actions/tend", json={**tend, "next": to_himself})
    assert refused.status_code == 403
    given = admin.post(f"{path}/actions/tend", json={**tend, "next": chosen})
    assert given.status_code == 200, given.text
    assert admin.get(path).status_code == 404
    assert act(sign_in("reader"), record, "提交办理情况", opinion="已办").status_code == 200
    other = sign_in("drafter").post(f"{path}/actions/tend", json={**tend, "next": chosen})
    assert other.status_code == 404


@pytest.mark.feature("DC-08")
def test_items_are_searched_by_unit_type_source_state_deadline_and_words(
    sign_in: SignIn,
) -> None:
    watch, law = sign_in("watch"), sign_in("lawkeeper")
    food = registered(watch, main_unit="food", assisting=["law"], business_type="重点工作")
    other = registered(
        watch,
        title="关于信用修复的督查",
        source="会议",
        main_unit="price",
        assisting=[],
        due_on="2027-01-10",
    )
    for record in (food, other):
        assert act(watch, record, "确定").status_code == 200

    def found(client: TestClient, *filters: str, **more: Any) -> set[str]:
        asked = {"filter": list(filters), **more}
        answer = client.get("/api/v1/lists/supervision", params=asked)
        assert answer.status_code == 200, answer.text
        assert answer.json()["total"] == len(answer.json()["rows"])
        return {row["id"] for row in answer.json()["rows"]}

    assert found(watch) == {food, other}
    assert found(watch, "business_type:重点工作") == {food}
    assert found(watch, "main_unit:food") == found(watch, "assisting:law") == {food}
    assert found(watch, "source:会议") == found(watch, q="信用修复") == {other}
    assert found(watch, "due_on:2026-12-01..2026-12-31") == {food}
    assert found(watch, "state:handling", "main_unit:price") == {other}
    assert found(watch, "state:archived") == set()
    assert act(law, food, "提交办理情况", opinion="已办").status_code == 200
    assert found(law) == found(law, "mine:handled") == {food}  # what his unit has to do with
    assert found(sign_in("drafter")) == set()
    assert found(watch, "mine:began") == {food, other}
    listed = sign_in("drafter").get("/api/v1/search", params={"q": "信用修复"}).json()
    assert (listed["total"], listed["hits"]) == (0, [])
    hits = watch.get("/api/v1/search", params={"q": "督查", "kind": "supervision"}).json()["hits"]
    assert {hit["id"] for hit in hits} == {food, other}
