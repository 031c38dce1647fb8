"""Papers when two act at once, late, for another, or the house changes under them (B4, B5)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from records.people.people_rows import PeopleRows
from records.times.office_time import office_day
from tests.api.conftest import SignIn
from tests.api.office import begun, offered, state
from tests.api.papers import done, drafted, in_hub, issued, registered, staffed
from wenshu.building.installation import Installation

MORE: list[dict[str, object]] = [
    {"login": "countyregistry2", "name": "县机二", "unit": "countyoffice", "posts": ["机要室"]},
    {"login": "registry2", "name": "甲二", "unit": "office", "posts": ["机要室"]},
]


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built, *MORE)


def at_once(*calls: Callable[[], Any]) -> list[int]:
    """Their statuses; all begin in the same moment."""
    gate = Barrier(len(calls))

    def call(one: Callable[[], Any]) -> int:
        gate.wait(timeout=30)
        return int(one().status_code)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


def seen(client: TestClient, record: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/records/{record}").json())


def asked(client: TestClient, record: str, name: str, revision: int, **given: Any) -> Any:
    path = f"/api/v1/records/{record}/actions/{name}"
    return client.post(path, json={"revision": revision, **given})


def arrived(sign_in: SignIn) -> tuple[str, str]:
    """A paper of the bureau, and the 电子来文 of it that lies unsigned at the district."""
    sent = issued(sign_in)
    rows = sign_in("countyregistry").get("/api/v1/lists/incoming").json()["rows"]
    return sent, str(rows[0]["id"])


@pytest.mark.feature("FW-10", "FW-26")
def test_of_a_first_review_and_a_withdrawal_at_once_one_happens(sign_in: SignIn) -> None:
    for _ in range(4):
        record, registry = in_hub(sign_in)
        done(registry, record, "送初审")
        revision = seen(registry, record)["revision"]
        first = sign_in("first")
        statuses = at_once(
            lambda: asked(first, record, "first_done", revision),  # noqa: B023 - called at once
            lambda: asked(registry, record, "take_back", revision),  # noqa: B023
        )
        # whoever lost it unopened may not even read it any more
        assert sorted(statuses) in ([200, 404], [200, 409]), statuses
        assert state(registry, record) == ("second" if statuses[0] == 200 else "hub")
        assert seen(registry, record)["revision"] == revision + 1


@pytest.mark.feature("SW-02")
def test_of_two_clerks_who_sign_for_a_paper_at_once_one_does(sign_in: SignIn) -> None:
    sent, here = arrived(sign_in)
    clerks = [sign_in("countyregistry"), sign_in("countyregistry2")]
    revision = seen(clerks[0], here)["revision"]
    statuses = at_once(*(lambda c=c: asked(c, here, "sign_for", revision) for c in clerks))
    assert sorted(statuses) == [200, 409]
    assert seen(clerks[0], here)["revision"] == revision + 1
    winner, loser = clerks if statuses[0] == 200 else reversed(clerks)
    assert "发送" in offered(winner, here)
    assert "发送" not in offered(loser, here)
    again = asked(loser, here, "sign_for", revision)
    assert again.status_code == 409
    assert again.json()["facts"]["by"] in {"countyregistry", "countyregistry2"}  # by whom
    (tie,) = sign_in("drafter").get(f"/api/v1/records/{sent}/related").json()
    assert tie["state"] == "登记中"


@pytest.mark.feature("SW-02", "SW-14")
def test_of_signing_for_and_sending_back_at_once_one_happens(sign_in: SignIn) -> None:
    sent, here = arrived(sign_in)
    one, other = sign_in("countyregistry"), sign_in("countyregistry2")
    revision = seen(one, here)["revision"]
    statuses = at_once(
        lambda: asked(one, here, "sign_for", revision),
        lambda: asked(other, here, "turn_back", revision, opinion="不属本局职责"),
    )
    assert sorted(statuses) == [200, 409]
    (tie,) = sign_in("drafter").get(f"/api/v1/records/{sent}/related").json()
    assert (tie["state"], tie["said"]) in {("登记中", None), ("已退文", "不属本局职责")}
    assert (tie["state"] == "登记中") is (statuses[0] == 200)


def to_leaders(sign_in: SignIn, *leaders: str) -> str:
    record, registry = in_hub(sign_in)
    done(registry, record, "清稿")
    done(registry, record, "送审局领导", next=list(leaders))
    return record


@pytest.mark.feature("FW-14")
def test_a_leader_who_signs_twice_has_signed_once(sign_in: SignIn) -> None:
    record, chief = to_leaders(sign_in, "chief", "deputy"), sign_in("chief")
    revision = seen(chief, record)["revision"]
    given = {"opinion": "同意发文", "idempotency_key": "one-click"}
    statuses = at_once(*(lambda: asked(chief, record, "sign", revision, **given),) * 3)
    assert statuses == [200, 200, 200]  # the same click, however often it comes
    another = asked(chief, record, "sign", seen(chief, record)["revision"], opinion="再签")
    assert another.status_code == 403
    said = [each for each in seen(chief, record)["opinions"] if each["by"] == "chief"]
    assert [each["text"] for each in said] == ["同意发文"]
    assert state(chief, record) == "online"


@pytest.mark.feature("FW-14", "FW-15")
def test_a_leader_who_signs_when_all_is_over_is_told_so_and_loses_no_word(sign_in: SignIn) -> None:
    record, registry = to_leaders(sign_in, "chief", "deputy"), sign_in("registry")
    deputy = sign_in("deputy")
    late = seen(deputy, record)["revision"]
    done(sign_in("chief"), record, "不同意", opinion="依据不足")
    assert state(registry, record) == "hub"
    answer = asked(deputy, record, "sign", late, opinion="同意")
    assert answer.status_code == 409
    assert [each["by"] for each in seen(registry, record)["opinions"]].count("deputy") == 0
    assert deputy.get("/api/v1/tasks?list=todo").json()["total"] == 0


@pytest.mark.feature("FW-14", "SY-10")
def test_who_signs_for_a_leader_is_named_and_the_leader_does_not_sign_as_well(
    sign_in: SignIn, built: Installation
) -> None:
    chief, instead = sign_in("chief"), sign_in("director")
    today = office_day(datetime.now(UTC))
    days = {"from_on": today.isoformat(), "until_on": (today + timedelta(days=3)).isoformat()}
    made = chief.post("/api/v1/delegations", json={"to": "director", **days})
    assert made.status_code == 200, made.text
    record = to_leaders(sign_in, "chief", "deputy")
    revision = seen(chief, record)["revision"]
    statuses = at_once(
        lambda: asked(instead, record, "sign", revision, opinion="代签"),
        lambda: asked(chief, record, "sign", revision, opinion="亲签"),
    )
    assert statuses.count(200) == 1, statuses  # the deputy of who has signed has nothing to read
    assert set(statuses) <= {200, 403, 404, 409}
    caller = built.house.book.caller(Login("chief"))
    opinions = built.house.browsing.open(caller, RecordId(record)).revision.opinions
    (mine,) = [each for each in opinions if each.text in {"代签", "亲签"}]
    assert (mine.by, mine.for_) in {("director", "chief"), ("chief", None)}
    assert state(chief, record) == "online"  # the other leader is still asked


@pytest.mark.feature("SW-07", "SY-06")
def test_a_unit_merged_while_its_paper_runs_hands_the_work_to_its_successor(
    sign_in: SignIn, built: Installation
) -> None:
    registry, record = sign_in("registry"), registered(sign_in)
    done(registry, record, "发送")
    done(sign_in("director"), record, "拟办送分发", opinion="请办")
    done(registry, record, "分发", fields={"main_unit": "law", "assisting": ["price"]})
    gone = [{"code": "price", "name": "价格科", "parent": "bureau", "merged_into": "law"}]
    moved = [{"login": "pricehead", "name": "价一", "unit": "law"}]
    built.house.people.load(PeopleRows(gone, moved), lasting=True)
    head = sign_in("head")
    assert {task["id"] for task in head.get("/api/v1/tasks?list=todo").json()["tasks"]} == {record}
    open_tasks = seen(head, record)["tasks"]
    assert [each["label"] for each in open_tasks] == ["协办", "主办"]
    done(head, record, "反馈", opinion="价格科的事也由我办", task=open_tasks[0]["number"])
    done(head, record, "反馈", opinion="已办")
    assert state(registry, record) == "closing"
    done(registry, record, "办结")
    assert seen(registry, record)["fields"]["assisting"] == ["price"]  # as it was distributed


@pytest.mark.feature("FW-23", "FW-26")
def test_a_paper_repealed_while_units_sign_is_taken_from_them_and_they_are_told(
    sign_in: SignIn,
) -> None:
    record, registry = in_hub(sign_in)
    done(registry, record, "送会签", next=["price", "law"])
    pricehead = sign_in("pricehead")
    late = seen(pricehead, record)["revision"]
    done(sign_in("drafter"), record, "作废", opinion="事项取消")
    assert state(registry, record) == "void"
    assert pricehead.get("/api/v1/tasks?list=todo").json()["total"] == 0
    told = pricehead.get("/api/v1/notifications").json()["notifications"]
    assert "cancelled" in {each["about"] for each in told}
    answer = asked(pricehead, record, "countersign", late, opinion="无意见")
    assert answer.status_code == 409
    assert offered(pricehead, record) == {}
    assert pricehead.get(f"/api/v1/records/{record}").status_code == 200  # what it was asked about


@pytest.mark.feature("FW-23", "FW-26")
def test_of_a_repeal_and_an_opinion_at_once_nothing_is_half_done(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    done(registry, record, "送会签", next=["price"])
    drafter, pricehead = sign_in("drafter"), sign_in("pricehead")
    revision = seen(registry, record)["revision"]
    statuses = at_once(
        lambda: asked(drafter, record, "discard", revision, opinion="取消"),
        lambda: asked(pricehead, record, "countersign", revision, opinion="无意见"),
    )
    assert statuses.count(200) == 1, statuses
    assert state(registry, record) == ("void" if statuses[0] == 200 else "hub")


@pytest.mark.feature("FW-26", "SY-06")
def test_the_drafts_of_somebody_who_left_are_edited_and_sent_on_by_who_gets_them(
    sign_in: SignIn, built: Installation
) -> None:
    admin, heir = sign_in("admin"), sign_in("registry2")
    papers = {"outgoing": drafted(sign_in("drafter"))}
    more: dict[str, dict[str, Any]] = {
        "manuscript": {"title": "讲话稿", "paper_kind": "讲话稿"},
        "affair": {"title": "请示", "category": "请示", "content": "文"},
        "circulation": {"title": "传阅"},
    }
    papers |= {kind: begun(sign_in("drafter"), kind, **given) for kind, given in more.items()}
    gone = {"login": "drafter", "name": "丙三", "unit": "law", "disabled": True}
    built.house.people.load(PeopleRows([], [gone]), lasting=True)
    (estate,) = admin.get("/api/v1/stranded").json()
    assert (estate["holder"], estate["records"]) == ("person:drafter", 4)
    for kind, record in papers.items():
        body = {
            "revision": 2 if kind == "outgoing" else 1,
            "opinion": "离岗",
            "next": {"": ["registry2"]},
        }
        answer = admin.post(f"/api/v1/records/{record}/actions/tend", json=body)
        assert answer.status_code == 200, (kind, answer.text)
        revision = seen(heir, record)["revision"]
        changed = heir.patch(
            f"/api/v1/records/{record}",
            json={"fields": {"title": "接办"}},
            headers={"If-Match": f'"{revision}"'},
        )
        assert changed.status_code == 200, (kind, changed.text)
    assert admin.get("/api/v1/stranded").json() == []
    done(heir, papers["outgoing"], "发送", next=["head"])
    assert state(heir, papers["outgoing"]) == "section"


@pytest.mark.feature("SY-06")
def test_a_paper_goes_on_when_its_author_has_left(sign_in: SignIn, built: Installation) -> None:
    record, registry = in_hub(sign_in)
    gone = {"login": "drafter", "name": "丙三", "unit": "law", "disabled": True}
    built.house.people.load(PeopleRows([], [gone]), lasting=True)
    for label in ("清稿", "编文号", "制版", "电子印章", "发文", "归档"):
        done(registry, record, label)
    assert state(registry, record) == "archived"


@pytest.mark.feature("FW-18", "FW-25")
def test_a_second_click_on_issue_sends_nothing_twice(sign_in: SignIn) -> None:
    record, registry = in_hub(sign_in)
    for label in ("清稿", "编文号", "制版", "电子印章"):
        done(registry, record, label)
    revision = seen(registry, record)["revision"]
    other = sign_in("registry2")
    statuses = at_once(
        *(lambda: asked(registry, record, "issue", revision, idempotency_key="k"),) * 2,
        lambda: asked(other, record, "issue", revision),
    )
    assert statuses.count(409) in {1, 2}
    rows = sign_in("countyregistry").get("/api/v1/lists/incoming").json()
    assert rows["total"] == 1
