"""Statistics over HTTP: figures of 督查, and the list behind each of them (DC-09, GT-07)."""

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import SignIn
from tests.api.office import act, begun, item, supervised
from wenshu.building.installation import Installation

ITEM = {
    "title": "关于落实食品安全专项整治的督查",
    "source": "领导指示",
    "business_type": "领导批示事项",
    "given_on": "2020-11-30",
    "due_on": "2099-12-18",
    "main_unit": "law",
    "assisting": ["food", "price"],
    "requirement": "请各单位按期报送办理情况。",
}
HERE = "/api/v1/statistics/supervision"


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    supervised(
        built,
        {"login": "watch2", "name": "督二", "unit": "food", "posts": ["督查室"]},
        {"login": "rooms", "name": "会一", "unit": "office", "posts": ["会议室管理员"]},
    )


def registered(watch: TestClient, **fields: Any) -> str:
    return item(watch, {**ITEM, **fields})


def taken(client: TestClient, record: str, label: str) -> None:
    answer = act(client, record, label, opinion="已办")
    assert answer.status_code == 200, answer.text


def finished(sign_in: SignIn, watch: TestClient, **fields: Any) -> str:
    record = registered(watch, assisting=[], **fields)
    taken(watch, record, "确定")
    taken(sign_in("lawkeeper"), record, "提交办理情况")
    taken(watch, record, "通过")
    taken(watch, record, "归档")
    return record


def figures(client: TestClient, name: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"{HERE}/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def values(found: dict[str, Any]) -> dict[str, list[float]]:
    return {row["label"]: list(row["values"].values()) for row in (*found["rows"], found["total"])}


def stand_behind(client: TestClient, found: dict[str, Any]) -> None:
    """Every figure is the total of the list that it leads to."""
    rates = {column["name"] for column in found["columns"] if column["type"] == "rate"}
    for row in (*found["rows"], found["total"]):
        for name, filters in row["cells"].items():
            if name in rates or filters is None:
                continue
            listed = client.get("/api/v1/lists/supervision", params={"filter": filters}).json()
            assert listed["total"] == row["values"][name], (row["label"], name, filters)
        listed = client.get("/api/v1/lists/supervision", params={"filter": row["filter"]}).json()
        assert listed["total"] == row["values"]["count"]


@pytest.fixture
def watch(sign_in: SignIn) -> TestClient:
    """督查室, with items in several states: done in time, done late, open and late, turned away."""
    watch = sign_in("watch")
    finished(sign_in, watch)
    finished(sign_in, watch, due_on="2020-12-01", source="会议", given_on="2020-12-01")
    late = registered(watch, due_on="2020-12-01", business_type="上级交办事项")
    taken(watch, late, "确定")
    away = registered(watch, main_unit="food", assisting=[], way="督查退办")
    taken(watch, away, "确定")
    return watch


@pytest.mark.feature("DC-09")
def test_units_count_what_they_answer_for_and_every_figure_is_the_total_of_its_list(
    watch: TestClient,
) -> None:
    found = figures(watch, "by_main_unit")
    assert [column["label"] for column in found["columns"]] == [
        "件数",
        "办结率",
        "按期率",
        "超期",
        "退办",
    ]
    assert values(found) == {
        "法规科": [3, 0.6667, 0.5, 1, 0],
        "食品科": [1, 0.0, None, 0, 1],
        "合计": [4, 0.5, 0.5, 1, 1],
    }
    for name in ("by_main_unit", "by_assisting", "by_type", "by_source", "by_month"):
        stand_behind(watch, figures(watch, name))


@pytest.mark.feature("DC-09")
def test_an_item_of_two_assisting_units_counts_once_for_each_and_once_in_all(
    watch: TestClient,
) -> None:
    found = values(figures(watch, "by_assisting"))
    assert (found["食品科"][0], found["价格科"][0]) == (1, 1)
    assert found["合计"][0] == 4


def test_a_range_of_days_narrows_months_and_the_lists_behind_them(watch: TestClient) -> None:
    assert [row["key"] for row in figures(watch, "by_month")["rows"]] == ["2020-11", "2020-12"]
    asked = {"from": "2020-11-30", "to": "2020-11-30"}
    found = figures(watch, "by_month", **asked)
    assert [row["label"] for row in found["rows"]] == ["2020年11月"]
    assert found["rows"][0]["filter"] == ["given_on:2020-11-30..2020-11-30"]
    stand_behind(watch, found)
    assert figures(watch, "by_month", **{"from": "2021-01-01"})["rows"] == []


def test_what_somebody_may_not_read_is_not_counted(watch: TestClient, sign_in: SignIn) -> None:
    other = sign_in("watch2")
    found = figures(other, "by_main_unit")
    listed = other.get("/api/v1/lists/supervision").json()["total"]
    assert found["total"]["values"]["count"] == listed < 4
    stand_behind(other, found)


def test_without_any_item_the_total_is_nought_and_no_rate_is_told(sign_in: SignIn) -> None:
    found = figures(sign_in("watch"), "by_source")
    assert found["rows"] == []
    assert list(found["total"]["values"].values()) == [0, None, None, 0, 0]


@pytest.mark.feature("GT-07")
@pytest.mark.parametrize("login", ["lawkeeper", "drafter", "admin"])
def test_who_lacks_the_post_finds_neither_link_nor_page_nor_answer(
    login: str, watch: TestClient, sign_in: SignIn
) -> None:
    client = sign_in(login)
    for path in ("by_main_unit", "by_main_unit/export", "nothing"):
        answer = client.get(f"{HERE}/{path}")
        assert answer.status_code == 404
        assert "没有这项统计" in answer.text
    assert shown(client, "/kinds/supervision/statistics").status_code == 404
    assert shown(client, "/kinds/supervision/statistics/export").status_code == 404
    assert "/kinds/supervision/statistics" not in shown(client, "/kinds/supervision").text
    assert "/kinds/supervision/statistics" in shown(watch, "/kinds/supervision").text


def shown(client: TestClient, path: str) -> Any:
    token = client.headers["Authorization"].removeprefix("Bearer ")
    return client.get(path, headers={"Cookie": f"{SESSION_COOKIE}={token}"})


@pytest.mark.feature("DC-09")
def test_the_page_shows_the_figures_with_ways_to_the_lists_and_exports_them(
    watch: TestClient,
) -> None:
    page = shown(watch, "/kinds/supervision/statistics?name=by_type")
    assert page.status_code == 200, page.text
    for words in ("按业务类型", "领导批示事项", "上级交办事项", "合计", "66.7%"):
        assert words in page.text
    assert "filter=timely%3Aoverdue" in page.text
    chip = shown(watch, "/kinds/supervision?filter=timely%3Aoverdue").text
    assert "超期未办结" in chip
    bad = shown(watch, "/kinds/supervision/statistics?from=x")
    assert bad.status_code == 422
    path = "/kinds/supervision/statistics/export?name=by_type&format=csv"
    rows = list(csv.reader(io.StringIO(shown(watch, path).content.decode("utf-8-sig"))))
    assert rows[0] == ["业务类型", "件数", "办结率", "按期率", "超期", "退办"]
    assert rows[-1] == ["合计", "4", "50.0%", "50.0%", "1", "1"]


@pytest.mark.feature("HY-07")
def test_bookings_are_counted_by_room_and_by_the_month_of_beijing(
    sign_in: SignIn, built: Installation
) -> None:
    keeper = sign_in("rooms")
    room = begun(keeper, "room", title="一号会议室", place="三楼", seats=20)
    booking = {"room": room, "title": "例会", "contact": "会一", "phone": "1234"}
    for begins, ends in (
        ("2099-11-30T23:30:00+08:00", "2099-11-30T23:45:00+08:00"),
        ("2099-12-01T00:00:00+08:00", "2099-12-01T01:00:00+08:00"),
    ):
        begun(keeper, "room_booking", **booking, begins=begins, ends=ends)
    by_month = keeper.get("/api/v1/statistics/room_booking/by_month").json()
    assert [(row["key"], row["values"]["count"]) for row in by_month["rows"]] == [
        ("2099-11", 1),
        ("2099-12", 1),
    ]
    for row in by_month["rows"]:
        asked = {"filter": row["filter"]}
        assert keeper.get("/api/v1/lists/room_booking", params=asked).json()["total"] == 1
    by_room = keeper.get("/api/v1/statistics/room_booking/by_room").json()
    counted = [(row["label"], row["values"]["count"]) for row in by_room["rows"]]
    assert counted == [("一号会议室", 2)]
    assert sign_in("drafter").get("/api/v1/statistics/room_booking/by_room").status_code == 404
