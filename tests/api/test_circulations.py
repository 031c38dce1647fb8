"""专送传阅 over HTTP: to people and units, one by one or at once, added to, taken back (B26)."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from records.times.office_time import office_day
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import done, staffed
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built, {"login": "lawclerk", "name": "法收", "unit": "law", "posts": ["收发员"]})


def sent(client: TestClient, *readers: str, **fields: object) -> str:
    """Something that goes round among these."""
    record = begun(client, "circulation", title="学习材料", content="请阅。", **fields)
    done(client, record, "送出", next=list(readers))
    return record


def opened(client: TestClient, record: str) -> None:
    assert client.post(f"/api/v1/records/{record}/opened").status_code == 204


@pytest.mark.feature("ZS-01")
def test_what_is_sent_to_a_person_is_signed_for_by_him_alone(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter = sign_in("drafter")
    record = sent(drafter, "pricehead", way="专送")
    assert sign_in("foodhead").get(f"/api/v1/records/{record}").status_code == 404
    todo = sign_in("pricehead").get("/api/v1/tasks?list=todo").json()["tasks"]
    assert [task["id"] for task in todo] == [record]
    assert {"签收"} <= set(offered(sign_in("pricehead"), record))
    assert "已阅" not in offered(sign_in("pricehead"), record)
    assert act(drafter, record, "签收").status_code == 403
    done(sign_in("pricehead"), record, "签收")
    assert state(drafter, record) == "done"
    assert "价一" in browse("drafter").get(f"/records/{record}").text


@pytest.mark.feature("ZS-01", "LG-12")
def test_what_is_sent_to_units_is_signed_for_by_their_clerks(
    sign_in: SignIn, built: Installation
) -> None:
    drafter = sign_in("drafter")
    record = begun(drafter, "circulation", title="材料", way="专送")
    vacant = act(drafter, record, "送单位", next=["price"])
    assert (vacant.status_code, state(drafter, record)) == (409, "draft")  # no clerk there
    done(drafter, record, "送单位", next=["station", "law"])
    done(sign_in("clerk"), record, "签收", opinion="已转站内")
    assert state(drafter, record) == "going"
    done(sign_in("lawclerk"), record, "签收")
    assert state(drafter, record) == "done"
    seen = drafter.get(f"/api/v1/records/{record}").json()
    said = [each["name"] for each in seen["opinions"] if each["text"] == "已转站内"]
    assert said == ["刘一"]  # under his own name


@pytest.mark.feature("ZS-03")
def test_readers_are_added_and_only_those_who_have_not_opened_it_are_taken_away(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter = sign_in("drafter")
    record = sent(drafter, "pricehead", "foodhead", "first")
    done(drafter, record, "加送", next=["second"])
    assert sign_in("second").get(f"/api/v1/records/{record}").status_code == 200
    assert "加送" not in offered(sign_in("pricehead"), record)
    opened(sign_in("pricehead"), record)
    refused = act(drafter, record, "撤回", next={"tasks": ["person:pricehead"]}, opinion="误送")
    assert (refused.status_code, "已经打开" in refused.text) == (403, True)
    both = ["person:pricehead", "person:second"]
    assert act(drafter, record, "撤回", next={"tasks": both}, opinion="误送").status_code == 403
    done(drafter, record, "撤回", next={"tasks": ["person:second"]}, opinion="误送")
    assert sign_in("second").get(f"/api/v1/records/{record}").status_code == 404
    assert sign_in("pricehead").get(f"/api/v1/records/{record}").status_code == 200
    page = browse("drafter").get(f"/records/{record}").text
    for name in ("价一", "食一", "初一"):
        assert name in page
    done(drafter, record, "跳过", next={"tasks": ["person:foodhead"]}, opinion="出差")
    done(sign_in("pricehead"), record, "已阅")
    assert state(drafter, record) == "going"
    done(sign_in("first"), record, "已阅")
    assert state(drafter, record) == "done"
    done(drafter, record, "归档")
    assert state(drafter, record) == "archived"


@pytest.mark.feature("ZS-03")
def test_who_has_not_read_is_urged_and_nobody_else(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record = sent(drafter, "pricehead", "foodhead")
    done(sign_in("pricehead"), record, "已阅")
    done(drafter, record, "催阅", opinion="请今日阅毕")

    def urged(login: str) -> bool:
        news = sign_in(login).get("/api/v1/notifications").json()["notifications"]
        return "urged" in {each["about"] for each in news}

    assert (urged("foodhead"), urged("pricehead")) == (True, False)


@pytest.mark.feature("ZS-03")
def test_all_of_it_is_recalled_before_anybody_has_acted_and_not_after(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    first = sent(drafter, "pricehead", "foodhead")
    done(drafter, first, "全部撤回", opinion="发错")
    assert state(drafter, first) == "recalled"
    assert sign_in("pricehead").get(f"/api/v1/records/{first}").status_code == 404
    second = sent(drafter, "pricehead", "foodhead")
    done(sign_in("pricehead"), second, "已阅")
    assert act(drafter, second, "全部撤回", opinion="发错").status_code == 403


@pytest.mark.feature("ZS-02", "ZS-03")
def test_an_absent_reader_of_a_round_is_skipped_and_a_deputy_reads_for_another(
    sign_in: SignIn,
) -> None:
    drafter = sign_in("drafter")
    record = sent(drafter, "pricehead", "foodhead", "first", way="串行传阅", wanted="签意见")
    waiting = sign_in("foodhead").get("/api/v1/tasks?list=todo").json()["tasks"]
    assert waiting == []  # it opens after who comes before
    done(drafter, record, "跳过", next={"tasks": ["person:pricehead"]}, opinion="出差")
    today = office_day(datetime.now(UTC))
    days = {"from_on": f"{today}", "until_on": f"{today + timedelta(days=3)}"}
    given = sign_in("foodhead").post("/api/v1/delegations", json={"to": "second", **days})
    assert given.status_code == 200, given.text
    done(sign_in("second"), record, "签意见", opinion="代阅")
    done(sign_in("first"), record, "签意见", opinion="阅")
    assert state(drafter, record) == "done"
    seen = drafter.get(f"/api/v1/records/{record}").json()
    instead = {
        each["text"]: each["instead_of"]
        for each in seen["opinions"]
        if each["text"] in {"代阅", "阅"}
    }
    assert instead == {"代阅": "foodhead", "阅": None}
