"""收文 over HTTP: 电子来文, registered paper, 拟办, 批示, 分发, 反馈, 办结, 归档 (B5)."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import done, drafted, issued, registered, staffed
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def arrived(sign_in: SignIn) -> tuple[str, str]:
    """A paper of the bureau that lies unsigned at the district: both identifiers."""
    drafter, registry = sign_in("drafter"), sign_in("registry")
    sent = drafted(drafter)
    done(drafter, sent, "发送")
    done(sign_in("head"), sent, "发送")
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        done(registry, sent, label)
    rows = sign_in("countyregistry").get("/api/v1/lists/incoming").json()["rows"]
    return sent, str(rows[0]["id"])


@pytest.mark.feature("SW-01", "SW-03", "SW-05", "SW-06", "SW-07", "SW-08", "SW-09", "SW-10")
def test_a_registered_paper_is_worked_off_by_its_units_and_filed(sign_in: SignIn) -> None:
    registry = sign_in("registry")
    record = registered(sign_in, due_on="2026-12-20")
    done(registry, record, "发送")
    done(sign_in("director"), record, "拟办", next=["chief"], opinion="请法规科主办")
    done(sign_in("chief"), record, "批示", opinion="同意")
    assert state(registry, record) == "distributing"
    given = {"main_unit": "law", "assisting": ["price"], "circulation": ["person:drafter"]}
    done(registry, record, "分发", fields=given)
    blocked = act(sign_in("head"), record, "反馈", opinion="已办")
    assert blocked.status_code == 403  # 协办先于主办
    assert "价格科" in blocked.text
    done(sign_in("pricehead"), record, "反馈", opinion="已核")
    done(sign_in("head"), record, "反馈", opinion="已办")
    assert state(registry, record) == "closing"
    unread = sign_in("drafter").get("/api/v1/tasks?list=unread").json()["tasks"]
    assert [task["id"] for task in unread] == [record]
    done(registry, record, "办结")
    done(registry, record, "归档")
    shown = registry.get(f"/api/v1/records/{record}").json()
    assert shown["state"] == "archived"
    assert shown["fields"]["number"] == "收2026-0001"


@pytest.mark.feature("SW-02")
def test_an_electronic_paper_is_signed_for_and_goes_on_prefilled(sign_in: SignIn) -> None:
    sent, here = arrived(sign_in)
    county = sign_in("countyregistry")
    done(county, here, "签收")
    assert state(county, here) == "registering"
    done(county, here, "发送")
    assert state(county, here) == "proposing"
    (tie,) = sign_in("drafter").get(f"/api/v1/records/{sent}/related").json()
    assert tie["state"] == "待初审拟办"
    assert tie["title"] is None  # the sender has no right to the receiver's work


@pytest.mark.feature("SW-14")
def test_the_sender_is_told_of_a_paper_sent_back_and_why(sign_in: SignIn) -> None:
    sent, here = arrived(sign_in)
    done(sign_in("countyregistry"), here, "退文", opinion="不属本局职责")
    (tie,) = sign_in("drafter").get(f"/api/v1/records/{sent}/related").json()
    assert (tie["state"], tie["said"]) == ("已退文", "不属本局职责")
    news = sign_in("drafter").get("/api/v1/notifications").json()
    assert "turned_back" in {each["about"] for each in news["notifications"]}


@pytest.mark.feature("FW-25")
def test_a_unit_where_nobody_can_sign_for_it_is_named_to_the_sender(sign_in: SignIn) -> None:
    drafter, registry = sign_in("drafter"), sign_in("registry")
    sent = drafted(drafter, receivers=["county", "print"])
    done(drafter, sent, "发送")
    done(sign_in("head"), sent, "发送")
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        done(registry, sent, label)
    ties = drafter.get(f"/api/v1/records/{sent}/related").json()
    assert {(tie["unit"], tie["state"]) for tie in ties} == {
        ("county", "未签收"),
        ("print", "未送达"),
    }


@pytest.mark.feature("SW-11")
def test_the_time_limit_is_moved_by_the_office_alone_and_with_a_reason(sign_in: SignIn) -> None:
    registry, director = sign_in("registry"), sign_in("director")
    record = registered(sign_in, due_on="2026-12-20")
    done(registry, record, "发送")
    done(director, record, "拟办送分发", opinion="请办")
    done(registry, record, "分发", fields={"main_unit": "law"})
    assert "调整限时" not in offered(sign_in("head"), record)
    assert "调整限时" not in offered(registry, record)
    given = {"due_on": "2026-12-30"}
    assert act(director, record, "调整限时", opinion="", fields=given).status_code == 422
    done(director, record, "调整限时", opinion="材料未齐", fields=given)
    tasks = sign_in("head").get("/api/v1/tasks?list=todo").json()["tasks"]
    assert [task["due_on"] for task in tasks] == ["2026-12-30"]


@pytest.mark.feature("SW-12", "FW-06")
def test_a_paper_becomes_the_basis_of_a_new_one(sign_in: SignIn) -> None:
    registry = sign_in("registry")
    record = registered(sign_in)
    done(registry, record, "转发文")
    (tie,) = registry.get(f"/api/v1/records/{record}/related").json()
    begun_by_it = registry.get(f"/api/v1/records/{tie['id']}").json()
    assert begun_by_it["fields"]["basis"] == [record]
    assert begun_by_it["state"] == "draft"
    assert "发送" in {
        o["label"] for o in registry.get(f"/api/v1/records/{tie['id']}/actions").json()
    }


@pytest.mark.feature("SW-12")
def test_a_paper_is_turned_into_an_item_of_a_meeting_and_both_know_of_each_other(
    sign_in: SignIn,
) -> None:
    registry, director = sign_in("registry"), sign_in("director")
    record = registered(sign_in)
    assert "转议题" not in offered(registry, record)  # nobody has proposed anything yet
    done(registry, record, "发送")
    before = state(registry, record)
    done(director, record, "转议题", opinion="提请局长办公会研究")
    assert state(registry, record) == before
    (tie,) = director.get(f"/api/v1/records/{record}/related").json()
    assert (tie["link"], tie["title"], tie["state"]) == ("议题", "关于报送数据的函", "待申报")
    (tie_seen,) = registry.get(f"/api/v1/records/{record}/related").json()
    assert (tie_seen["title"], tie_seen["state"]) == (None, "待申报")  # it is the director's
    item = tie["id"]
    assert director.get(f"/api/v1/records/{item}").json()["state"] == "waiting"
    assert registry.get(f"/api/v1/records/{item}").status_code == 404
    (back,) = director.get(f"/api/v1/records/{item}/related").json()
    assert (back["id"], back["is_parent"]) == (record, True)
    todo = director.get("/api/v1/tasks?list=todo").json()["tasks"]
    assert item in {task["id"] for task in todo}
    done(director, item, "申报")
    assert state(director, item) == "brought"


@pytest.mark.feature("SW-12")
def test_nobody_begins_an_item_that_came_of_nothing(sign_in: SignIn) -> None:
    wanted = {"kind": "agenda_item", "fields": {"title": "议题"}}
    assert sign_in("director").post("/api/v1/records", json=wanted).status_code == 403


@pytest.mark.feature("FW-06")
def test_what_one_has_handled_is_offered_under_its_headings(sign_in: SignIn) -> None:
    record = registered(sign_in)
    registry = sign_in("registry")
    token = registry.headers["Authorization"].split()[1]
    headers = {"Cookie": f"wenshu_session={token}"}
    asked = registry.get("/kinds/outgoing/handled/basis", headers=headers).json()["groups"]
    assert [(group["label"], [i["token"] for i in group["items"]]) for group in asked] == [
        ("经办公文", [record]),
        ("经办文稿", []),
    ]
    other = sign_in("reader")
    headers = {"Cookie": f"wenshu_session={other.headers['Authorization'].split()[1]}"}
    asked = other.get("/kinds/outgoing/handled/basis?q=数据", headers=headers).json()["groups"]
    assert [group["items"] for group in asked] == [[], []]
    assert other.get("/kinds/outgoing/handled/title", headers=headers).status_code == 422


@pytest.mark.feature("SW-01")
def test_the_same_number_of_the_same_unit_is_warned_of_and_not_refused(sign_in: SignIn) -> None:
    registry = sign_in("registry")
    first = registered(sign_in)
    assert registry.get(f"/api/v1/records/{first}/duplicates").json() == []
    registered(sign_in, from_number="渝府办函〔2026〕10号")
    second = registered(sign_in, title="另一标题")
    found = registry.get(f"/api/v1/records/{second}/duplicates").json()
    assert [each["id"] for each in found] == [first]
    token = registry.headers["Authorization"].split()[1]
    page = registry.get(f"/records/{second}", headers={"Cookie": f"wenshu_session={token}"}).text
    assert "可能重复登记" in page
    done(registry, second, "发送")


@pytest.mark.feature("SW-07")
def test_units_bring_what_they_did_with_their_answers_and_touch_nothing_else(
    sign_in: SignIn,
) -> None:
    record, registry = registered(sign_in), sign_in("registry")
    head, price = sign_in("head"), sign_in("pricehead")
    done(registry, record, "发送")
    done(sign_in("director"), record, "拟办送分发", opinion="请办")
    done(registry, record, "分发", fields={"main_unit": "law", "assisting": ["price"]})

    def sent(client: TestClient, opinion: str, name: str, part: str) -> Any:
        revision = client.get(f"/api/v1/records/{record}").json()["revision"]
        call = {"revision": revision, "opinion": opinion}
        return client.post(
            f"/api/v1/records/{record}/actions/feed_back/with-files",
            data={"call": json.dumps(call), "part": part},
            files=[("file", (name, opinion.encode()))],
        )

    assert sent(price, "已核", "价格.txt", "body").json()["reason"] == "only_adds"
    assert sent(price, "已核", "价格.txt", "replies").status_code == 200
    assert sent(head, "已办", "价格.txt", "replies").json()["reason"] == "not_his_file"
    assert sent(head, "已办", "法规.txt", "replies").status_code == 200
    files = registry.get(f"/api/v1/records/{record}").json()["files"]
    assert [(each["part"], each["name"]) for each in files] == [
        ("replies", "价格.txt"),
        ("replies", "法规.txt"),
    ]
    refused = act_with_file(registry, record, "close")
    assert refused.json()["reason"] == "may_not_edit", "it takes no files at all"


def act_with_file(client: TestClient, record: str, action: str) -> Any:
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    return client.post(
        f"/api/v1/records/{record}/actions/{action}/with-files",
        data={"call": json.dumps({"revision": revision})},
        files=[("file", ("a.txt", b"a"))],
    )


@pytest.mark.feature("LG-12", "SW-02")
def test_the_clerk_of_a_unit_signs_for_it_under_his_own_name_and_his_successor_after_him(
    sign_in: SignIn, built: Installation
) -> None:
    issued(sign_in, receivers=["station"])
    clerk, writer = sign_in("clerk"), sign_in("writer")
    (row,) = clerk.get("/api/v1/lists/incoming").json()["rows"]
    here = row["id"]
    assert writer.get(f"/api/v1/records/{here}").status_code == 404  # of the unit, and no clerk
    moved: list[dict[str, object]] = [
        {"login": "clerk", "name": "刘一", "unit": "station"},
        {"login": "writer", "name": "写一", "unit": "station", "posts": ["收发员"]},
    ]
    built.house.people.load(PeopleRows([], moved), lasting=True)
    assert clerk.get(f"/api/v1/records/{here}").status_code == 404
    assert clerk.get("/api/v1/tasks?list=todo").json()["total"] == 0
    done(writer, here, "签收")
    done(writer, here, "阅知办结", opinion="已阅知")
    seen = writer.get(f"/api/v1/records/{here}").json()
    assert (seen["fields"]["number"], seen["state"]) == ("收2026-0001", "closed")
    assert {each["name"] for each in seen["opinions"]} == {"写一"}
    begun(
        writer, "incoming", title="纸质来文", from_unit="县政府"
    )  # and registers what is on paper
    refused = clerk.post(
        "/api/v1/records", json={"kind": "incoming", "fields": {"title": "题", "from_unit": "县"}}
    )
    assert refused.status_code == 403
