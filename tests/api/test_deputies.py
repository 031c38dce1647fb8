"""A deputy at work (SY-10, TRF-11, TRF-13): he finds, reads, acts for another while it runs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import RecordId
from records.times.office_time import office_day
from tests.api.conftest import SignIn
from wenshu.building.installation import Installation

TODAY = office_day(datetime.now(UTC))
NOTICE = {"title": "防汛值班", "body": "文", "audience": ["unit:office"]}


def delegate(client: TestClient, to: str, **more: Any) -> str:
    days = {"from_on": TODAY.isoformat(), "until_on": (TODAY + timedelta(days=3)).isoformat()}
    made = client.post("/api/v1/delegations", json={"to": to, **days, **more})
    assert made.status_code == 200, made.text
    return f"/api/v1/delegations/{made.json()['number']}/end"


def submitted(client: TestClient) -> str:
    """The address of a notice that waits for the head of its section."""
    made = client.post("/api/v1/records", json={"kind": "notice", "fields": NOTICE}).json()
    address = f"/api/v1/records/{made['id']}"
    sent = client.post(f"{address}/actions/submit", json={"revision": 1})
    assert sent.status_code == 200, sent.text
    return address


def agree(client: TestClient, address: str) -> Any:
    return client.post(f"{address}/actions/agree", json={"revision": 2, "opinion": "同意"})


def found(client: TestClient) -> int:
    return int(client.get("/api/v1/search", params={"q": "防汛"}).json()["total"])


@pytest.mark.feature("SY-10")
def test_a_deputy_finds_what_waits_already_and_answers_it_for_who_is_away(
    sign_in: SignIn, built: Installation
) -> None:
    deputy, head = sign_in("reader"), sign_in("head")
    address = submitted(sign_in("drafter"))
    assert (found(deputy), deputy.get(address).status_code) == (0, 404)
    delegate(head, "reader")
    assert (found(deputy), deputy.get(address).status_code) == (1, 200)
    assert deputy.get("/api/v1/tasks").json()["total"] == 1
    assert agree(deputy, address).status_code == 200
    record = RecordId(address.rpartition("/")[2])
    _, after = built.house.browsing._changes.open(built.house.book.caller("head"), record)  # type: ignore[arg-type]
    assert [(each.by, each.for_) for each in after.opinions] == [("reader", "head")]
    assert head.get("/api/v1/tasks").json()["total"] == 0


@pytest.mark.feature("SY-10")
def test_trf_11_a_deputy_whose_days_are_over_neither_acts_nor_finds(sign_in: SignIn) -> None:
    deputy, head = sign_in("reader"), sign_in("head")
    address = submitted(sign_in("drafter"))
    end = delegate(head, "reader")
    assert found(deputy) == 1
    assert head.post(end).status_code == 200
    refused = agree(deputy, address)
    assert (found(deputy), refused.status_code) == (0, 403)
    assert refused.json()["reason"] == "delegation_over"
    assert refused.json()["facts"] == {"who": "乙二", "last": TODAY.isoformat()}
    unknown = agree(deputy, "/api/v1/records/01M8N76VPD9XJEYD728JK5GSTS")
    assert unknown.json()["facts"] == refused.json()["facts"]
    assert agree(sign_in("public"), address).status_code == 404
    assert agree(head, address).status_code == 200


def test_a_deputy_for_other_kinds_sees_nothing_of_it(sign_in: SignIn) -> None:
    deputy = sign_in("reader")
    address = submitted(sign_in("drafter"))
    delegate(sign_in("head"), "reader", kinds=["rights_change"])
    assert (found(deputy), agree(deputy, address).status_code) == (0, 404)


@pytest.mark.feature("SY-10")
def test_trf_13_nobody_agrees_to_his_own_draft_as_the_deputy_of_who_should(
    sign_in: SignIn,
) -> None:
    drafter, head = sign_in("drafter"), sign_in("head")
    address = submitted(drafter)
    delegate(head, "drafter")
    assert agree(drafter, address).status_code == 403
    assert agree(head, address).status_code == 200


def test_a_deputys_deputy_gets_nothing_of_it(sign_in: SignIn) -> None:
    address = submitted(sign_in("drafter"))
    delegate(sign_in("head"), "reader")
    delegate(sign_in("reader"), "keeper")
    assert (found(sign_in("keeper")), agree(sign_in("keeper"), address).status_code) == (0, 404)


def test_of_both_the_first_wins_and_the_second_is_told(sign_in: SignIn) -> None:
    deputy, head = sign_in("reader"), sign_in("head")
    address = submitted(sign_in("drafter"))
    delegate(head, "reader")
    assert agree(head, address).status_code == 200
    assert agree(deputy, address).status_code in {404, 409}


def test_levels_above_the_deputy_stay_closed(sign_in: SignIn) -> None:
    """Whoever may read what is public alone is nobody's way to what is internal."""
    drafter, deputy = sign_in("drafter"), sign_in("public")
    given = {"kind": "notice", "fields": NOTICE, "level": "内部"}
    made = drafter.post("/api/v1/records", json=given).json()
    address = f"/api/v1/records/{made['id']}"
    drafter.post(f"{address}/actions/submit", json={"revision": 1})
    delegate(sign_in("head"), "public")
    assert (found(deputy), deputy.get(address).status_code) == (0, 404)
