"""稿件专户 over HTTP: sent in, reviewed level by level upward, taken or not, told back (B24)."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, joined, offered, state
from tests.api.papers import done
from wenshu.building.installation import Installation

UNITS = [
    {"code": "province", "name": "渝州省市场监督管理局", "level": "省"},
    {"code": "pressoffice", "name": "宣传处", "parent": "province"},
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市", "parent": "province"},
    {"code": "town", "name": "北湖镇市场监督管理所", "level": "乡", "parent": "county"},
]
PEOPLE: tuple[Mapping[str, object], ...] = (
    {"login": "villager", "name": "乡一", "unit": "town"},
    {"login": "countykeeper", "name": "县一", "unit": "food", "posts": ["稿件管理员"]},
    {"login": "citykeeper", "name": "市一", "unit": "office", "posts": ["稿件管理员"]},
    {"login": "editor", "name": "省一", "unit": "pressoffice", "posts": ["稿件管理员"]},
    {"login": "writer", "name": "省二", "unit": "province"},
)
TEXT = {"title": "北湖镇开展农资打假", "content": "检查门店十二家，立案一起。"}


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    joined(built, *PEOPLE, units=UNITS)


def sent(sign_in: SignIn, author: str, **fields: Any) -> str:
    record = begun(sign_in(author), "submission", **{**TEXT, **fields})
    done(sign_in(author), record, "保存并发送")
    return record


def waiting(sign_in: SignIn, record: str, *logins: str) -> list[str]:
    """Who of them is asked to review it."""
    path = f"/api/v1/records/{record}"
    readers = [login for login in logins if sign_in(login).get(path).status_code == 200]
    return [login for login in readers if "采用" in offered(sign_in(login), record)]


KEEPERS = ("countykeeper", "citykeeper", "editor")


def told(client: TestClient, record: str) -> list[str]:
    notified = client.get("/api/v1/notifications").json()["notifications"]
    return [each["about"] for each in notified if each["record"] == record]


@pytest.mark.feature("GJ-01", "GJ-03")
def test_a_text_goes_up_from_level_to_level_and_is_taken_by_the_last(sign_in: SignIn) -> None:
    record = sent(sign_in, "villager")  # a town without 稿件管理员: the county has it
    assert waiting(sign_in, record, *KEEPERS) == ["countykeeper"]
    for login, next_one in (("countykeeper", "citykeeper"), ("citykeeper", "editor")):
        done(sign_in(login), record, "通过并上报")
        assert waiting(sign_in, record, *KEEPERS) == [next_one]
    nobody = act(sign_in("editor"), record, "通过并上报")
    assert nobody.status_code == 409
    assert "稿件管理员" in nobody.text
    done(sign_in("editor"), record, "采用")
    assert state(sign_in("villager"), record) == "adopted"
    assert told(sign_in("villager"), record)[0] == "adopted"
    fields = sign_in("villager").get(f"/api/v1/records/{record}").json()["fields"]
    assert fields["units"] == ["town"]
    assert fields["sent_on"]


@pytest.mark.feature("GJ-01", "GJ-03")
def test_one_of_the_province_goes_straight_to_its_editor(sign_in: SignIn) -> None:
    assert waiting(sign_in, sent(sign_in, "writer"), *KEEPERS) == ["editor"]


@pytest.mark.feature("GJ-03")
def test_nobody_reviews_his_own_text(sign_in: SignIn) -> None:
    record = sent(sign_in, "citykeeper")
    assert (
        not {"采用", "通过并上报", "退回", "不采用"} & offered(sign_in("citykeeper"), record).keys()
    )
    refused = act(sign_in("citykeeper"), record, "采用")
    assert refused.status_code == 403
    assert state(sign_in("citykeeper"), record) == "own"
    done(sign_in("citykeeper"), record, "撤回")


@pytest.mark.feature("GJ-03")
def test_what_is_sent_back_is_mended_and_sent_again(sign_in: SignIn) -> None:
    record = sent(sign_in, "villager")
    done(sign_in("countykeeper"), record, "通过并上报")
    assert act(sign_in("citykeeper"), record, "退回", opinion="").status_code == 422
    done(sign_in("citykeeper"), record, "退回", opinion="请补充图片。")
    author = sign_in("villager")
    assert state(author, record) == "returned"
    assert "returned" in told(author, record)
    done(author, record, "保存并发送")
    assert waiting(sign_in, record, *KEEPERS) == ["countykeeper"]
    done(sign_in("countykeeper"), record, "不采用", opinion="与上期重复。")
    assert "refused" in told(author, record)


@pytest.mark.feature("GJ-02")
def test_texts_are_asked_for_by_state_day_and_word_by_whom_they_concern(sign_in: SignIn) -> None:
    mine, other = sent(sign_in, "villager"), sent(sign_in, "villager", title="另一篇")
    done(sign_in("countykeeper"), other, "不采用", opinion="重复。")

    def listed(login: str, **asked: Any) -> list[str]:
        answer = sign_in(login).get("/api/v1/lists/submission", params=asked)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["rows"]]

    assert {*listed("villager")} == {mine, other}
    assert listed("villager", filter=["state:own"]) == [mine]
    assert listed("villager", filter=["state:rejected"]) == [other]
    assert listed("villager", q="农资打假", filter=["state:own"]) == [mine]
    assert listed("villager", filter=["sent_on:2020-01-01..2020-12-31"]) == []
    assert listed("reader") == []
    assert listed("citykeeper") == []


@pytest.mark.feature("GJ-04")
def test_who_reviewed_finds_what_he_reviewed(sign_in: SignIn, browse: Browse) -> None:
    record = sent(sign_in, "villager")
    done(sign_in("countykeeper"), record, "通过并上报")
    done(sign_in("citykeeper"), record, "采用")
    page = browse("countykeeper").get("/tasks?which=done&kind=submission").text
    assert TEXT["title"] in page
    assert "已审稿件" in page
    assert "已审稿件" not in browse("villager").get("/kinds/submission").text
    figures = sign_in("citykeeper").get("/api/v1/statistics/submission/by_unit").json()
    assert list(figures["total"]["values"].values()) == [1, 1, 1.0]
