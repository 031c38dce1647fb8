"""What is done and not filed yet: its list, who is told, and what cannot be filed yet (GD-08)."""

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, offered, state
from tests.api.papers import drafted, in_hub, issued, registered, staffed, worked_off
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def shown(client: TestClient, record: str) -> dict[str, object]:
    return dict(client.get(f"/api/v1/records/{record}").json()["fields"])


@pytest.mark.feature("GD-08")
def test_what_is_issued_says_until_when_it_is_to_be_filed(
    sign_in: SignIn, built: Installation
) -> None:
    record, registry = issued(sign_in), sign_in("registry")
    caller = built.house.book.caller("registry")  # type: ignore[arg-type]
    last = caller.work_days.after_workdays(caller.today, 10)
    assert shown(registry, record)["file_by"] == last.isoformat()
    asked = "/api/v1/lists/outgoing?filter=state:issued&filter=state:closing&columns=file_by"
    (row,) = registry.get(asked).json()["rows"]
    assert row == {"id": record, "file_by": last.isoformat()}


@pytest.mark.feature("GD-08")
def test_the_list_of_what_is_not_filed_shows_the_last_day(sign_in: SignIn, browse: Browse) -> None:
    issued(sign_in)
    page = browse("registry")
    (menu,) = {each for each in page.get("/").text.split('"') if "columns=issued_on" in each}
    told = page.get(menu.replace("&amp;", "&")).text
    assert "归档期限" in told
    assert "关于开展食品安全专项整治的通知" in told


@pytest.mark.feature("GD-01", "GD-08")
def test_the_organ_s_archivist_reads_and_files_what_is_done_and_not_what_is_on_its_way(
    sign_in: SignIn, built: Installation
) -> None:
    more = {"login": "filer", "name": "档一", "unit": "office", "posts": ["档案员"]}
    other = {"login": "countyfiler", "name": "档二", "unit": "countyoffice", "posts": ["档案员"]}
    staffed(built, more, other)
    on_its_way, _ = in_hub(sign_in)
    record, filer = issued(sign_in), sign_in("filer")
    assert filer.get(f"/api/v1/records/{on_its_way}").status_code == 404
    assert "归档" in offered(filer, record)
    stranger = drafted(sign_in("clerk"), source="扫描件")  # of another organ
    given = {"number": "渝市监发〔2020〕3号", "issued_on": "2020-01-02"}
    assert act(sign_in("clerk"), stranger, "发文办结", fields=given).status_code == 200
    assert filer.get(f"/api/v1/records/{stranger}").status_code == 404
    assert act(filer, record, "归档").status_code == 200


@pytest.mark.feature("GD-01", "GD-02")
def test_nothing_is_filed_that_somebody_still_works_on_and_it_says_who(sign_in: SignIn) -> None:
    registry = sign_in("registry")
    record = registered(sign_in)
    assert act(registry, record, "发送").status_code == 200
    revision = registry.get(f"/api/v1/records/{record}").json()["revision"]
    asked, wanted = f"/api/v1/records/{record}/actions/file", {"revision": revision}
    refused = registry.post(asked, json=wanted)
    assert refused.status_code == 409
    assert "还在“待初审拟办”，由主一办理" in refused.text
    assert "催办" in refused.text
    assert "归档" not in offered(registry, record)
    other = sign_in("director").post(asked, json=wanted)
    assert "由主一办理" not in other.text  # told to who files, not to everybody


@pytest.mark.feature("GD-01")
def test_filing_leaves_nothing_behind_that_somebody_would_have_to_read(sign_in: SignIn) -> None:
    registry, drafter = sign_in("registry"), sign_in("drafter")
    record = registered(sign_in)
    worked_off(sign_in, record, circulation=["person:drafter"])
    unread = "/api/v1/tasks?list=unread"
    assert [task["id"] for task in drafter.get(unread).json()["tasks"]] == [record]
    assert act(registry, record, "归档").status_code == 200
    assert state(registry, record) == "archived"
    assert drafter.get(unread).json()["tasks"] == []
    assert drafter.get(f"/api/v1/records/{record}").status_code == 200


@pytest.mark.feature("GD-08")
def test_a_paper_on_its_way_is_in_no_list_of_what_is_to_be_filed(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    drafted(drafter)
    begun(drafter, "manuscript", title="文稿")
    for kind, states in (("outgoing", ("issued", "closing")), ("manuscript", ("final",))):
        asked = "&".join(f"filter=state:{each}" for each in states)
        assert drafter.get(f"/api/v1/lists/{kind}?{asked}").json()["total"] == 0
