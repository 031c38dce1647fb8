"""What is much, and what comes at the turn of the year: 发文 and 收文 at their limits."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from records.people.people_rows import PeopleRows
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.api.conftest import PASSWORD, Browse, SignIn, worked_off_inline
from tests.api.conftest import PEOPLE as FEW
from tests.api.conftest import UNITS as FEW_UNITS
from tests.api.office import state
from tests.api.papers import PAPER, a_docx, done, in_hub, registered, staffed
from tests.clocks import SetClock
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

EVE = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
"""One minute before midnight in Beijing."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(EVE)


@pytest.fixture
def built(settings: Settings, clock: SetClock) -> Iterator[Installation]:
    """The installation, on a clock that tests set."""
    with installation(settings, clock=clock) as opened:
        people = [{**person, "password": PASSWORD} for person in FEW]
        opened.house.people.load(PeopleRows(FEW_UNITS, people), lasting=True)
        made = worked_off_inline(opened)
        staffed(made)
        yield made


def number(client: TestClient, record: str) -> str:
    return str(client.get(f"/api/v1/records/{record}").json()["fields"]["number"])


def filed(client: TestClient, record: str) -> Any:
    """What comes of filing it now, by a program that was not offered it."""
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    body = {"revision": revision, "fields": {"retention": "10年"}}
    return client.post(f"/api/v1/records/{record}/actions/file", json=body)


@pytest.mark.feature("MB-05", "MB-06")
def test_over_new_year_each_year_counts_anew_and_what_was_void_stays_in_its_year(
    sign_in: SignIn, clock: SetClock
) -> None:
    first, registry = in_hub(sign_in)
    void, _ = in_hub(sign_in)
    later, _ = in_hub(sign_in)
    done(registry, first, "编文号")
    done(registry, void, "编文号")
    done(registry, void, "作废", opinion="不发")
    clock.pass_s(120)
    done(registry, later, "编文号")
    assert number(registry, first) == "渝市监发〔2026〕1号"  # it keeps what it has
    assert number(registry, later) == "渝市监发〔2027〕1号"
    asked, _ = in_hub(sign_in)
    done(registry, asked, "启用作废文号", fields={"number": "渝市监发〔2026〕2号"}, opinion="补")
    assert number(registry, asked) == "渝市监发〔2026〕2号"
    for label in ("清稿", "制版", "电子印章", "发文"):
        done(registry, first, label)
    issued = registry.get(f"/api/v1/records/{first}").json()["fields"]
    assert (issued["number"], issued["issued_on"]) == ("渝市监发〔2026〕1号", "2027-01-01")
    paper = registered(sign_in)
    done(registry, paper, "发送")
    assert number(registry, paper) == "收2027-0001"


@pytest.mark.feature("FW-25", "SW-02")
def test_five_hundred_units_get_it_once_each_and_one_more_is_refused_at_the_field(
    sign_in: SignIn, built: Installation
) -> None:
    codes = [f"u{n}" for n in range(501)]
    units = [{"code": c, "name": f"第{c}局", "level": "县", "parent": "bureau"} for c in codes]
    clerks = [{"login": f"c{c}", "name": f"收{c}", "unit": c, "posts": ["收发员"]} for c in codes]
    built.house.people.load(PeopleRows(units, clerks), lasting=True)
    drafter = sign_in("drafter")
    fields = {**PAPER, "receivers": codes}
    refused = drafter.post("/api/v1/records", json={"kind": "outgoing", "fields": fields})
    assert (refused.status_code, refused.json()["facts"]["field"]) == (422, "receivers")
    assert "500" in refused.text
    record, registry = in_hub(sign_in, receivers=codes[:500])
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        done(registry, record, label)
    ties = drafter.get(f"/api/v1/records/{record}/related").json()
    assert len({tie["unit"] for tie in ties}) == len(ties) == 500
    assert {tie["state"] for tie in ties} == {"未签收"}
    for login, waiting in (("cu0", 1), ("cu499", 1), ("cu500", 0)):
        assert sign_in(login).get("/api/v1/tasks?list=todo").json()["total"] == waiting


@pytest.mark.feature("FW-14", "FW-15")
def test_thirty_leaders_sign_and_only_the_last_of_them_ends_it(
    sign_in: SignIn, built: Installation, browse: Browse
) -> None:
    logins = [f"leader{n}" for n in range(30)]
    rows = [
        {"login": each, "name": f"领导{each[6:]}", "unit": "bureau", "posts": ["局领导"]}
        for each in logins
    ]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    record, registry = in_hub(sign_in)
    done(registry, record, "清稿")
    done(registry, record, "送审局领导", next=logins)
    house = built.house
    for n, login in enumerate(reversed(logins)):  # in whatever order
        assert state(registry, record) == "online"
        revision = registry.get(f"/api/v1/records/{record}").json()["revision"]
        asked = ActionRequest(revision=revision, opinion=f"同意{n}。")
        house.acting.act(house.book.caller(Login(login)), RecordId(record), "sign", asked)
    assert state(registry, record) == "signed"
    slip = browse("registry").get(f"/records/{record}/slip").text
    assert all(f"同意{n}。" in slip for n in range(30))


@pytest.mark.feature("FW-04", "FW-13")
def test_two_hundred_attachments_go_with_the_paper_and_are_printed_with_it(
    sign_in: SignIn, built: Installation, browse: Browse
) -> None:
    house = built.house
    staged = [
        house.staging.receive((f"附件{n}".encode(),), name=f"附件{n}.txt") for n in range(200)
    ]
    body = house.staging.receive((a_docx("各区县局："),), name="正文.docx")
    files = [NewFile(f"附件{n}.txt", each, "attachments") for n, each in enumerate(staged)]
    drafter = house.book.caller(Login("drafter"))
    draft = Draft("outgoing", dict(PAPER), files=[NewFile("正文.docx", body, "body"), *files])
    record = str(house.ingest.begin(drafter, draft).record)
    done(sign_in("drafter"), record, "发送")
    done(sign_in("head"), record, "发送")
    registry = sign_in("registry")
    for label in ("清稿", "编文号", "制版", "电子印章", "发文"):
        done(registry, record, label)
    (row,) = sign_in("countyregistry").get("/api/v1/lists/incoming").json()["rows"]
    arrived = sign_in("countyregistry").get(f"/api/v1/records/{row['id']}").json()
    names = {file["name"] for file in arrived["files"] if file["part"] == "attachments"}
    assert names == {f"附件{n}.txt" for n in range(200)}
    page = browse("countyregistry").get(f"/records/{row['id']}").text
    whole = browse("registry").get(f"/records/{record}/slip?whole=1").text
    for n in (0, 199):
        assert f"附件{n}.txt" in page
        assert f"附件{n}.txt" in whole


@pytest.mark.feature("GD-01", "GD-02")
def test_the_archive_does_not_freeze_what_is_still_worked_on_and_says_by_whom(
    sign_in: SignIn,
) -> None:
    record, registry = in_hub(sign_in)
    refused = filed(registry, record)
    assert (refused.status_code, refused.json()["reason"]) == (409, "still_worked_on")
    assert "机要室" in refused.text
    paper = registered(sign_in)
    done(registry, paper, "发送")
    done(sign_in("director"), paper, "拟办送分发", opinion="请办")
    done(registry, paper, "分发", fields={"main_unit": "law"})
    refused = filed(registry, paper)
    assert refused.json()["reason"] == "still_worked_on"
    assert "法规科" in refused.text
    assert (state(registry, record), state(registry, paper)) == ("hub", "handling")
    done(sign_in("head"), paper, "反馈", opinion="已办")  # and nothing was frozen
