"""通讯录: the directory of the organisation, own contacts, corrections (TX-01 to TX-05)."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from records.errors import Invalid
from records.identity import Login, UnitCode
from records.people.organisation import Person
from records.people.people_rows import PeopleRows
from services.directory.corrections import Corrections, seen_of
from services.directory.directory import in_office
from services.people.caller import Caller
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from tests.api.conftest import PASSWORD, Browse, SignIn
from wenshu.building.installation import Installation

MORE: tuple[dict[str, object], ...] = (
    {"login": "leader", "name": "周局长", "unit": "bureau", "posts": ["局领导"],
     "phone": "023-5550001", "mobile": "0001234567", "room": "501",
     "mobile_readers": ["unit:law"]},
    {"login": "clerk", "name": "欧阳静", "unit": "food", "phone": "023-5550009",
     "mobile": "0007654321", "mail": "clerk@bureau.example", "room": "102"},
    {"login": "warden", "name": "管一", "unit": "county", "roles": ["staff", "unit_administrator"]},
)  # fmt: skip


@pytest.fixture(autouse=True)
def people(built: Installation) -> None:
    rows = [{**person, "password": PASSWORD} for person in MORE]
    built.house.people.load(PeopleRows([], rows), lasting=True)


def names(client: TestClient, **asked: Any) -> list[str]:
    """Who stands in the directory."""
    answer = client.get("/api/v1/directory", params=asked)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["people"]]


@pytest.mark.feature("TX-01")
def test_people_stand_by_the_tree_of_units_with_how_they_are_reached(sign_in: SignIn) -> None:
    reader = sign_in("reader")
    assert names(reader, unit="food") == ["丁四", "戊五", "欧阳静"]
    assert names(reader, unit="county") == ["管一", "丁四", "戊五", "欧阳静"]
    assert names(reader)[0] == "周局长"
    clerk = reader.get("/api/v1/directory/clerk").json()
    assert (clerk["phone"], clerk["mobile"], clerk["room"]) == ("023-5550009", "0007654321", "102")
    assert reader.get("/api/v1/directory", params={"unit": "nowhere"}).status_code == 404


@pytest.mark.feature("TX-03")
def test_somebody_is_found_by_name_pinyin_initials_number_room_and_post(sign_in: SignIn) -> None:
    reader = sign_in("reader")
    for typed in ("欧阳静", "ouyangjing", "oyj", "5550009", "000765", "102"):
        assert names(reader, q=typed) == ["欧阳静"], typed
    assert names(reader, q="局领导") == ["周局长"]
    assert names(reader, q="ouyangjing", unit="law") == []


@pytest.mark.feature("TX-01", "TX-03")
def test_the_mobile_of_a_leader_is_shown_and_found_by_whom_it_is_open_to(
    sign_in: SignIn, browse: Browse
) -> None:
    reader, drafter = sign_in("reader"), sign_in("drafter")
    told = reader.get("/api/v1/directory/leader").json()
    assert (told["mobile"], told["mobile_hidden"]) == ("", True)
    assert drafter.get("/api/v1/directory/leader").json()["mobile"] == "0001234567"
    assert names(reader, q="0001234567") == []
    assert names(drafter, q="0001234567") == ["周局长"]
    for address in ("/directory", "/directory?q=周局长", "/directory/people/leader"):
        assert "0001234567" not in browse("reader").get(address).text, address
    for format_ in ("csv", "xlsx"):
        content = browse("reader").get(f"/directory/export?format={format_}").content
        if format_ == "xlsx":
            sheet = load_workbook(io.BytesIO(content)).worksheets[0]
            content = str(list(sheet.iter_rows(values_only=True))).encode()
        assert b"0001234567" not in content
        assert "周局长".encode() in content
    assert sign_in("leader").get("/api/v1/directory/leader").json()["mobile"] == "0001234567"
    assert sign_in("admin").get("/api/v1/directory/leader").json()["mobile"] == "0001234567"


@pytest.mark.feature("TX-01")
def test_who_has_left_stands_there_no_more_and_on_old_records_still(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    told = {"title": "旧事", "grants": '[{"to": "everyone"}]'}
    answer = sign_in("clerk").post("/api/v1/files", files={"file": ("旧事.txt", b"1")}, data=told)
    assert answer.status_code == 201, answer.text
    rows = [{"login": "clerk", "name": "欧阳静", "unit": "food", "disabled": True}]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    reader = sign_in("reader")
    assert "欧阳静" not in names(reader, unit="food")
    assert names(reader, q="5550009") == []
    assert reader.get("/api/v1/directory/clerk").status_code == 404
    assert browse("reader").get("/directory/people/clerk").status_code == 404
    assert "欧阳静" in browse("reader").get(f"/records/{answer.json()['id']}").text


@pytest.mark.feature("TX-04")
def test_the_directory_is_exported_as_it_is_narrowed(browse: Browse) -> None:
    content = browse("reader").get("/directory/export?unit=food&format=xlsx").content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("单位", "姓名", "岗位", "办公电话", "手机", "邮箱", "房间")
    assert [row[1] for row in rows[1:]] == ["丁四", "戊五", "欧阳静"]
    page = browse("reader").get("/directory?unit=food").text
    assert "data-print" in page
    assert "clerk@bureau.example" in page


@pytest.mark.feature("TX-02", "TX-04")
def test_own_contacts_are_nobody_elses(sign_in: SignIn, browse: Browse) -> None:
    page = browse("drafter")
    given = {"name": "孙工", "organisation": "维保公司", "mobile": "0009999999"}
    assert "孙工" in page.post("/directory/own", data=given).text
    known = sign_in("drafter").get("/api/v1/directory/contacts").json()
    assert [each["name"] for each in known] == ["孙工"]
    for typed in ("孙工", "sungong", "sg", "维保", "99999"):
        found = sign_in("drafter").get("/api/v1/directory/contacts", params={"q": typed})
        assert len(found.json()) == 1, typed
    for login in ("reader", "admin"):
        assert sign_in(login).get("/api/v1/directory/contacts").json() == []
        assert "孙工" not in browse(login).get("/directory/own").text
        gone = sign_in(login).delete(f"/api/v1/directory/contacts/{known[0]['id']}")
        assert gone.status_code == 404
    again = page.post("/directory/own", data={**given, "id": known[0]["id"], "note": "电梯"})
    assert "电梯" in again.text
    assert len(sign_in("drafter").get("/api/v1/directory/contacts").json()) == 1
    wrong = page.post("/directory/own", data={"name": "甲", "phone": "abc"})
    assert (wrong.status_code, "不是电话号码" in wrong.text) == (422, True)
    assert "孙工" in page.get("/directory/own/export?format=csv").text
    page.post(f"/directory/own/{known[0]['id']}/drop")
    assert sign_in("drafter").get("/api/v1/directory/contacts").json() == []


@pytest.mark.feature("TX-05")
def test_a_correction_stands_once_who_keeps_the_person_confirms_it(
    sign_in: SignIn, browse: Browse
) -> None:
    page = browse("clerk")
    asked = {"phone": "023-5550009", "mobile": "0007654321", "room": "305", "note": "已搬家"}
    assert "等待人员管理员确认" in page.post("/directory/correction", data=asked).text
    assert sign_in("reader").get("/api/v1/directory/clerk").json()["room"] == "102"
    assert browse("drafter").get("/people/corrections").status_code == 403
    assert sign_in("drafter").get("/api/v1/directory/corrections").json() == []
    waiting = sign_in("warden").get("/api/v1/directory/corrections").json()
    assert [each["name"] for each in waiting] == ["欧阳静"]
    told = browse("warden").get("/people/corrections").text
    assert "305" in told
    assert "已搬家" in told
    done = browse("warden").post(
        "/people/corrections/clerk/confirm", data={"seen": waiting[0]["seen"]}
    )
    assert "已更正欧阳静的联系方式" in done.text
    assert sign_in("reader").get("/api/v1/directory/clerk").json()["room"] == "305"
    assert "内容已更新" in page.get("/directory/people/clerk").text
    twice = sign_in("warden").post(
        "/api/v1/directory/corrections/clerk", json={"confirmed": True, "seen": waiting[0]["seen"]}
    )
    assert twice.status_code == 404


@pytest.mark.feature("TX-05")
def test_a_correction_that_changed_or_is_anothers_matter_is_not_decided(sign_in: SignIn) -> None:
    clerk, warden = sign_in("clerk"), sign_in("warden")
    first = clerk.post("/api/v1/directory/corrections", json={"room": "305"}).json()
    clerk.post("/api/v1/directory/corrections", json={"room": "306"})
    at = "/api/v1/directory/corrections/clerk"
    stale = warden.post(at, json={"confirmed": True, "seen": first["seen"]})
    assert stale.json()["reason"] == "correction_changed"
    seen = warden.get("/api/v1/directory/corrections").json()[0]["seen"]
    refused = warden.post(at, json={"confirmed": False, "seen": seen})
    assert refused.json()["reason"] == "no_reason"
    for login in ("drafter", "clerk"):
        answer = sign_in(login).post(at, json={"confirmed": True, "seen": seen})
        assert answer.status_code == 404
    sign_in("leader").post("/api/v1/directory/corrections", json={"room": "1"})
    assert len(warden.get("/api/v1/directory/corrections").json()) == 1
    assert warden.post(at, json={"confirmed": False, "reason": "查无此房", "seen": seen})
    assert clerk.get("/api/v1/directory/clerk").json()["room"] == "102"


@pytest.mark.feature("TX-05")
def test_a_correction_changes_what_it_was_asked_for_and_nothing_else(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    clerk, warden, at = sign_in("clerk"), sign_in("warden"), "/api/v1/directory/corrections/clerk"
    whole = {"phone": "023-5550009", "mobile": "0007654321", "mail": "clerk@bureau.example"}
    clerk.post("/api/v1/directory/corrections", json={**whole, "room": "305"})
    stale = warden.get("/api/v1/directory/corrections").json()[0]["seen"]
    moved = {"phone": "023-5550010", "room": "103"}
    row = {"login": "clerk", "name": "欧阳静", "unit": "food", **whole, **moved}
    built.house.people.load(PeopleRows([], [row]), lasting=True)
    refused = warden.post(at, json={"confirmed": True, "seen": stale})
    assert (refused.status_code, refused.json()["reason"]) == (409, "contact_changed")
    page = browse("warden").get("/people/corrections").text
    assert "103（申请时为：102）" in page
    assert "023-5550009" not in page  # nobody asked for another telephone
    waiting = warden.get("/api/v1/directory/corrections").json()[0]
    assert (waiting["contact"]["phone"], waiting["contact"]["room"]) == ("023-5550010", "305")
    assert warden.post(at, json={"confirmed": True, "seen": waiting["seen"]}).status_code == 204
    told = clerk.get("/api/v1/directory/clerk").json()
    assert (told["phone"], told["room"]) == ("023-5550010", "305")


@pytest.mark.feature("TX-05")
def test_a_correction_asked_while_the_last_one_is_decided_goes_on_waiting(
    built: Installation,
) -> None:
    book, claims = built.house.book, AskedMeanwhile(MemoryObjectStore())
    desk = Corrections(claims, built.house.administration.people)

    def clerk() -> Caller:
        return book.caller(Login("clerk"))

    desk.ask(clerk(), {"room": "305"}, "")
    claims.meanwhile = lambda: desk.ask(clerk(), {"room": "306"}, "")
    warden = book.caller(Login("warden"))
    person, asked = desk.waiting(warden)[0]
    desk.refuse(warden, "clerk", "查无此房", was=seen_of(asked, person))
    assert [each.contact.room for _, each in desk.waiting(warden)] == ["306"]
    still = desk.of(clerk())
    assert still is not None
    assert (still.confirmed, still.contact.room) == (None, "306")


class AskedMeanwhile(StoredClaims):
    """Somebody asks right before what became of his last correction is written."""

    meanwhile: Callable[[], object] | None = None

    def take(self, name: str, value: bytes) -> bytes | None:
        if name.startswith("corrections/decided/") and self.meanwhile is not None:
            self.meanwhile()
        return super().take(name, value)


@pytest.mark.feature("TX-01")
def test_a_people_file_without_numbers_leaves_them_and_an_administrator_changes_them(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    rows = [{"login": "clerk", "name": "欧阳静", "unit": "law"}]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    assert sign_in("reader").get("/api/v1/directory/clerk").json()["room"] == "102"
    form = browse("admin").get("/people/person/clerk").text
    seen = form.partition('name="seen" value="')[2].partition('"')[0]
    given = {"name": "欧阳静", "unit": "law", "roles": "staff", "clearance": "内部", "seen": seen}
    kept = browse("admin").post(
        "/people/person/clerk",
        data={**given, "mobile": "0001111111", "mobile_hidden": ["true", "false"]},
    )
    assert kept.status_code == 200, kept.text[:500]
    told = sign_in("reader").get("/api/v1/directory/clerk").json()
    assert (told["room"], told["mobile"], told["mobile_hidden"]) == ("", "", True)


@pytest.mark.feature("TX-01")
def test_a_people_file_changes_of_how_one_is_reached_what_it_says(
    built: Installation, sign_in: SignIn
) -> None:
    def load(**said: object) -> None:
        row = {"login": "clerk", "name": "欧阳静", "unit": "law", **said}
        built.house.people.load(PeopleRows([], [row]), lasting=True)

    load(phone="023-1", mobile="0001111111", room="102", mobile_readers="不公开")
    load(room="305")
    load(mobile="0002222222")
    told = sign_in("reader").get("/api/v1/directory/clerk").json()
    assert (told["phone"], told["room"], told["mobile"]) == ("023-1", "305", "")
    assert told["mobile_hidden"]
    load(phone="")
    assert sign_in("reader").get("/api/v1/directory/clerk").json()["phone"] == ""
    with pytest.raises(Invalid, match="unknown_token"):
        load(mobile_readers="unit:lawx")
    load(mobile_readers="unit:food")
    assert sign_in("reader").get("/api/v1/directory/clerk").json()["mobile"] == "0002222222"


@pytest.mark.feature("TX-01")
def test_a_mistake_at_another_field_leaves_a_hidden_mobile_hidden(browse: Browse) -> None:
    admin = browse("admin")
    seen = admin.get("/people/person/clerk").text.partition('name="seen" value="')[2]
    given = {
        "name": "欧阳静", "unit": "law", "roles": "staff", "clearance": "内部",
        "seen": seen.partition('"')[0], "mobile": "0001111111",
        "mobile_hidden": ["true", "false"], "mobile_readers": "person:head",
        "mail": f"{'a' * 60}@example.cn",
    }  # fmt: skip
    refused = admin.post("/people/person/clerk", data={**given, "phone": "打电话"})
    assert refused.status_code == 422
    box = refused.text.partition('name="mobile_hidden"')[0].rpartition("<input")[2]
    assert " checked" in box or 'value="true" checked' in refused.text
    assert "person:head" in refused.text
    assert f"{'a' * 60}@example.cn" in refused.text


def test_the_tree_counts_whom_the_list_of_a_unit_shows_with_side_posts(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    side = [{"unit": "county", "posts": ["值班长"]}, {"unit": "law", "posts": ["联络员"]}]
    rows = [{"login": "clerk", "name": "欧阳静", "unit": "food", "also": side}]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    counts = in_office(built.house.book.caller(Login("reader")).organisation)
    for unit in ("bureau", "law", "county", "food"):
        listed = sign_in("reader").get("/api/v1/directory", params={"unit": unit, "size": 100})
        assert counts[UnitCode(unit)] == listed.json()["total"], unit
    assert "欧阳静" in names(sign_in("reader"), unit="law")
    assert browse("reader").get("/directory?unit=law").status_code == 200


@pytest.mark.feature("TX-01", "TX-03")
def test_ten_thousand_people_are_a_page_of_few_rows(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    units = [{"code": f"u{n}", "name": f"第{n}科", "parent": "county"} for n in range(300)]
    rows = [
        {"login": f"p{n}", "name": f"王{'甲乙丙丁'[n % 4]}{n}", "unit": f"u{n % 300}"}
        for n in range(10_000)
    ]
    built.house.people.load(PeopleRows(units, []), lasting=True)
    built.house.book.merge((), [Person.model_validate(row) for row in rows])
    page = browse("reader").get("/directory").text
    assert page.count('class="directory-name"') == 20
    assert len(page) < 120_000
    assert "第7科" not in page
    opened = browse("reader").get("/directory?unit=county").text
    assert "第7科" in opened
    assert sign_in("reader").get("/api/v1/directory", params={"q": "王甲8"}).json()["total"] > 0
