"""编号台账 for 机要室: the series of its own organ, and what organs share (MB-06, M14)."""

import re

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import act
from tests.api.papers import done, drafted, in_hub, registered, staffed
from wenshu.building.installation import Installation

Row = tuple[int, str, str | None]


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    staffed(built)


def of_county(sign_in: SignIn) -> str:
    """A paper of the district that has its number."""
    record = drafted(sign_in("reader"), title="关于县里整治的通知", receivers=["bureau"])
    done(sign_in("reader"), record, "发送")
    done(sign_in("foodhead"), record, "发送")
    done(sign_in("countyregistry"), record, "编文号")
    return record


def numbers(built: Installation, login: str) -> dict[str, list[Row]]:
    """All ledgers that somebody sees: number, state, title."""
    desk, caller = built.house.numbers, built.house.book.caller(Login(login))
    return {
        series: [
            (each.row.number, str(each.row.state), each.title)
            for each in desk.page(caller, series, year, after=0, size=50).rows
        ]
        for series, year in desk.series(caller)
    }


@pytest.mark.feature("MB-05", "MB-06")
def test_organs_that_share_a_mark_count_in_one_row_and_each_sees_its_own_numbers(
    sign_in: SignIn, built: Installation
) -> None:
    first, registry = in_hub(sign_in)
    done(registry, first, "编文号")
    second = of_county(sign_in)
    third, _ = in_hub(sign_in, title="第三件")
    done(registry, third, "编文号")
    county = sign_in("countyregistry")
    got = {
        record: client.get(f"/api/v1/records/{record}").json()["fields"]["number"]
        for client, record in ((registry, first), (county, second), (registry, third))
    }
    assert [got[each] for each in (first, second, third)] == [
        f"渝市监发〔2026〕{n}号" for n in (1, 2, 3)
    ]  # no number twice, whichever organ it is of
    done(registry, third, "作废", opinion="不发")
    mine = numbers(built, "registry")["渝市监发"]
    assert [(n, state) for n, state, _ in mine] == [(1, "used"), (3, "void")]
    theirs = numbers(built, "countyregistry")["渝市监发"]
    assert theirs == [(2, "used", "关于县里整治的通知")]
    assert [n for n, _, _ in numbers(built, "admin")["渝市监发"]] == [1, 2, 3]


@pytest.mark.feature("MB-06")
def test_a_series_of_one_organ_is_that_organs_alone_and_goes_with_its_name(
    sign_in: SignIn, built: Installation, browse: Browse
) -> None:
    done(sign_in("registry"), registered(sign_in), "发送")
    county = sign_in("countyregistry")
    record = in_the_book(county, "县里的来文")
    shown = county.get(f"/api/v1/records/{record}").json()["fields"]["number"]
    assert shown == "收2026-0001"  # each organ counts by itself
    bureaus, countys = "收文-渝州市市场监督管理局", "收文-北湖县市场监督管理局"
    assert list(numbers(built, "registry")) == [bureaus]
    assert numbers(built, "countyregistry") == {countys: [(1, "used", "县里的来文")]}
    assert list(numbers(built, "clerk")) == []  # 收发员 of a station that has registered nothing
    page = browse("countyregistry").get("/numbers").text
    assert "县里的来文" in page
    assert bureaus not in page
    other = browse("countyregistry").get("/numbers", params={"series": bureaus, "year": 2026}).text
    assert "关于报送数据的函" not in other
    assert re.search(r'href="/numbers"', browse("countyregistry").get("/").text)
    assert 'href="/numbers"' not in browse("drafter").get("/").text
    renamed = {"code": "county", "name": "北湖县市场监管局", "level": "县", "parent": "bureau"}
    built.house.people.load(PeopleRows([renamed], []), lasting=True)
    assert numbers(built, "countyregistry") == {countys: [(1, "used", "县里的来文")]}
    assert list(numbers(built, "registry")) == [bureaus]


@pytest.mark.feature("MB-06")
def test_of_two_organs_that_bore_one_name_each_sees_its_own_numbers(
    sign_in: SignIn, built: Installation
) -> None:
    county = "北湖县市场监督管理局"
    in_the_book(sign_in("countyregistry"), "老局的来文")
    units = [
        {"code": "county", "name": "北湖县市场监管局", "level": "县", "parent": "bureau"},
        {"code": "anew", "name": county, "level": "县", "parent": "bureau"},
    ]
    people = [{"login": "new", "name": "新一", "unit": "anew", "posts": ["机要室", "办公室主任"]}]
    people = [{**each, "password": PASSWORD} for each in people]
    built.house.people.load(PeopleRows(units, people), lasting=True)
    in_the_book(sign_in("new"), "新局的来文")
    series = f"收文-{county}"
    assert numbers(built, "new") == {series: [(2, "used", "新局的来文")]}
    assert numbers(built, "countyregistry") == {series: [(1, "used", "老局的来文")]}
    assert [n for n, _, _ in numbers(built, "admin")[series]] == [1, 2]


def in_the_book(client: TestClient, title: str) -> str:
    """A paper that came in, with its number."""
    fields = {"title": title, "from_unit": "县政府"}
    record = client.post("/api/v1/records", json={"kind": "incoming", "fields": fields}).json()
    done(client, record["id"], "发送")
    return str(record["id"])


@pytest.mark.feature("MB-06")
def test_a_ledger_that_fills_its_pages_ends_with_the_last_of_them(
    sign_in: SignIn, built: Installation
) -> None:
    for title in ("甲", "乙"):
        record, registry = in_hub(sign_in, title=title)
        done(registry, record, "编文号")
    of_county(sign_in)  # shares the series and is of another organ
    desk = built.house.numbers
    for login, count in (("registry", 2), ("admin", 3)):
        caller = built.house.book.caller(Login(login))
        for size in (1, count - 1, count, count + 1):
            found: list[int] = []
            after: int | None = 0
            pages = 0
            while after is not None:
                page = desk.page(caller, "渝市监发", 2026, after=after, size=size)
                found += [each.row.number for each in page.rows]
                after, pages = page.following, pages + 1
            assert found == [1, 2, 3][:count]
            assert pages == -(-count // size), (login, size)


def test_who_holds_no_such_post_sees_no_ledger_and_loses_it_with_the_post(
    sign_in: SignIn, built: Installation, browse: Browse
) -> None:
    done(sign_in("registry"), registered(sign_in), "发送")
    assert browse("head").get("/numbers").status_code == 403
    assert browse("registry").get("/numbers").status_code == 200
    moved = [{"login": "registry", "name": "甲一", "unit": "office"}]
    built.house.people.load(PeopleRows([], moved), lasting=True)
    assert browse("registry").get("/numbers").status_code == 403


@pytest.mark.feature("MB-05")
def test_a_series_that_is_used_up_says_so_and_the_paper_stays_where_it_was(
    sign_in: SignIn, built: Installation
) -> None:
    record, registry = in_hub(sign_in)
    last = f"number/渝市监发/{built.house.book.caller(Login('registry')).today.year}/999999"
    built.house.acting._reserver._claims.take(last, b"{}")
    refused = act(registry, record, "编文号")
    assert (refused.status_code, refused.json()["reason"]) == (409, "series_used_up")
    assert "number" not in registry.get(f"/api/v1/records/{record}").json()["fields"]
