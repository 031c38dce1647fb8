"""Changes of a folder that break off between two records: made again, they are finished."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.errors import Unavailable
from records.identity import Login, ObjectKey, RecordId
from records.people.people_rows import PeopleRows
from records.revision import Revision
from services.people.caller import Caller
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, Browse, SignIn, worked_off_inline
from tests.api.test_drive import folder, shown, uploaded
from tests.counting import CountingObjectStore
from wenshu.building.engines import engines
from wenshu.building.house import installed_on
from wenshu.building.installation import Installation
from wenshu.settings import Settings

REVISION = re.compile(r"records/\w{26}/r\d+\.json")
HEAD = [{"to": "person:head", "right": "read"}]


class BreakingStore(CountingObjectStore):
    """Takes some revisions more, and then none until it is mended."""

    takes: int | None = None

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says."""
        if self.takes is not None and REVISION.fullmatch(key):
            if not self.takes:
                raise Unavailable("store_fault", key=key)
            self.takes -= 1
        super().create(key, body)


@pytest.fixture
def store() -> list[BreakingStore]:
    """The store of the installation, once that is built."""
    return []


@pytest.fixture
def built(settings: Settings, store: list[BreakingStore]) -> Iterator[Installation]:
    with engines(settings) as opened:
        store.append(BreakingStore(opened.store))
        with installed_on(replace(opened, store=store[0]), settings) as made:
            people = [{**person, "password": PASSWORD} for person in PEOPLE]
            made.house.people.load(PeopleRows(UNITS, people), lasting=True)
            yield worked_off_inline(made)


@pytest.fixture
def held(browse: Browse) -> dict[str, str]:
    """A folder with two files, and an empty one beside it."""
    client = browse("drafter")
    outer, other = folder(client, "外层"), folder(client, "别处")
    for name in ("甲.txt", "乙.txt"):
        uploaded(client, name, name, outer)
    return {"outer": outer, "other": other, **shown(client, outer)}


def drafter(built: Installation) -> Caller:
    return built.house.book.caller(Login("drafter"))


def newest(built: Installation, record: str) -> Revision:
    return built.house.browsing.open(drafter(built), RecordId(record)).latest


def patched(client: TestClient, built: Installation, record: str, **given: object) -> int:
    tag = {"If-Match": f'"{newest(built, record).number}"'}
    return client.patch(f"/api/v1/records/{record}", json=given, headers=tag).status_code


def opened(client: TestClient, held: dict[str, str], *names: str) -> list[int]:
    return [client.get(f"/api/v1/records/{held[n]}").status_code for n in names or held]


@pytest.mark.feature("YP-03")
def test_what_a_program_shares_and_moves_goes_for_all_that_a_folder_holds(
    sign_in: SignIn, built: Installation, held: dict[str, str]
) -> None:
    client, other = sign_in("drafter"), sign_in("head")
    assert patched(client, built, held["other"], grants=HEAD) == 200
    assert patched(client, built, held["outer"], fields={"parent": held["other"]}) == 200
    assert opened(other, held) == [200, 200, 200, 200]
    assert patched(client, built, held["outer"], fields={"parent": ""}) == 200
    assert opened(other, held, "outer", "甲.txt", "乙.txt") == [404, 404, 404]
    assert patched(client, built, held["outer"], grants=HEAD) == 200
    assert opened(other, held, "outer", "甲.txt", "乙.txt") == [200, 200, 200]
    assert patched(client, built, held["outer"], grants=[]) == 200
    assert opened(other, held, "outer", "甲.txt", "乙.txt") == [404, 404, 404]


@pytest.mark.feature("YP-01", "YP-09")
def test_a_program_puts_nothing_where_the_pages_would_not(
    sign_in: SignIn, built: Installation, held: dict[str, str]
) -> None:
    client, other = sign_in("drafter"), sign_in("head")
    for to in (held["outer"], held["甲.txt"], "01J0000000000000000000000A"):
        assert patched(client, built, held["outer"], fields={"parent": to}) == 422
    grants = [{"to": "person:head", "right": "edit"}]
    assert patched(client, built, held["甲.txt"], grants=grants) == 200
    assert patched(other, built, held["甲.txt"], fields={"folder": ""}) == 403
    assert patched(other, built, held["甲.txt"], fields={"note": "可以改"}) == 200
    assert newest(built, held["甲.txt"]).fields["folder"] == held["outer"]


@pytest.mark.feature("YP-03")
def test_what_is_refused_changes_nothing_that_the_folder_holds(
    sign_in: SignIn, built: Installation, held: dict[str, str]
) -> None:
    client = sign_in("drafter")
    assert patched(client, built, held["outer"], grants=HEAD, level="无此密级") == 422
    stale = {"If-Match": '"9"'}
    address = f"/api/v1/records/{held['outer']}"
    assert client.patch(address, json={"grants": HEAD}, headers=stale).status_code == 409
    assert newest(built, held["甲.txt"]).grants == ()


@pytest.mark.feature("YP-03")
def test_a_folder_that_was_closed_halfway_is_closed_by_closing_it_again(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client, other = sign_in("drafter"), sign_in("head")
    patched(client, built, held["outer"], grants=HEAD)
    store[0].takes = 1
    assert patched(client, built, held["outer"], grants=[]) == 503
    store[0].takes = None
    assert patched(client, built, held["outer"], grants=[]) == 200
    assert opened(other, held) == [404, 404, 404, 404]


@pytest.mark.feature("YP-01", "YP-03")
def test_a_folder_that_was_moved_halfway_is_moved_by_moving_it_again(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client, other = sign_in("drafter"), sign_in("head")
    patched(client, built, held["other"], grants=HEAD)
    patched(client, built, held["outer"], fields={"parent": held["other"]})
    desk, outer = built.house.drive.desk, RecordId(held["outer"])
    store[0].takes = 1
    with pytest.raises(Unavailable):
        desk.move(drafter(built), outer, None)
    store[0].takes = None
    written = desk.move(drafter(built), outer, None)
    built.house.settle_all(written)
    assert [each.record for each in written][-1] == outer
    assert opened(other, held, "outer", "甲.txt", "乙.txt") == [404, 404, 404]


def days_later(built: Installation, days: int) -> Caller:
    caller = drafter(built)
    return replace(caller, now=caller.now + timedelta(days=days))


def broken_off(built: Installation, store: BreakingStore, held: dict[str, str]) -> set[str]:
    """What a deletion of the folder took with it before it broke off."""
    store.takes = 1
    with pytest.raises(Unavailable):
        built.house.drive.desk.delete(drafter(built), RecordId(held["outer"]))
    store.takes = None
    return {each.revision.record for each in built.house.drive.bin.items(drafter(built))}


def in_bin(client: TestClient) -> dict[str, int]:
    return {each["id"]: each["inside"] for each in client.get("/api/v1/recycle-bin").json()}


@pytest.mark.feature("YP-05")
def test_what_a_broken_deletion_took_stands_in_the_bin_by_itself_and_comes_back(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client = sign_in("drafter")
    [gone] = broken_off(built, store[0], held)
    assert gone in {held["甲.txt"], held["乙.txt"]}
    assert len(built.house.drive.bin.items(days_later(built, 20))) == 1  # a look frees nothing
    assert in_bin(client) == {gone: 0}
    assert client.post(f"/api/v1/recycle-bin/{gone}/restore").status_code == 200
    assert in_bin(client) == {}
    assert opened(client, held) == [200, 200, 200, 200]
    assert newest(built, gone).fields["folder"] == held["outer"]


@pytest.mark.feature("YP-05")
def test_a_broken_deletion_made_again_is_one_thing_and_comes_back_whole(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client = sign_in("drafter")
    broken_off(built, store[0], held)
    built.house.settle_all(built.house.drive.desk.delete(drafter(built), RecordId(held["outer"])))
    assert in_bin(client) == {held["outer"]: 2}
    assert len(client.post(f"/api/v1/recycle-bin/{held['outer']}/restore").json()) == 3
    assert opened(client, held) == [200, 200, 200, 200]


@pytest.mark.feature("YP-05")
def test_what_a_broken_deletion_took_can_be_let_go_and_is_over_after_thirty_days(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client = sign_in("drafter")
    [gone] = broken_off(built, store[0], held)
    assert client.delete(f"/api/v1/recycle-bin/{held['outer']}").status_code == 404
    assert client.delete(f"/api/v1/recycle-bin/{gone}").status_code == 204
    assert client.post(f"/api/v1/recycle-bin/{gone}/restore").status_code == 404
    [other] = broken_off(built, store[0], held)
    assert built.house.drive.bin.items(days_later(built, 31)) == []
    assert client.post(f"/api/v1/recycle-bin/{other}/restore").status_code == 404


@pytest.mark.feature("YP-05")
def test_a_folder_that_was_restored_halfway_is_restored_by_restoring_it_again(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client = sign_in("drafter")
    built.house.settle_all(built.house.drive.desk.delete(drafter(built), RecordId(held["outer"])))
    store[0].takes = 2
    again = f"/api/v1/recycle-bin/{held['outer']}/restore"
    assert client.post(again).status_code == 503
    store[0].takes = None
    assert len(in_bin(client)) == 1  # the one that is left, by itself
    assert len(client.post(again).json()) == 1
    assert opened(client, held) == [200, 200, 200, 200]
    assert client.post(again).status_code == 404


@pytest.mark.feature("YP-05")
def test_the_bin_tells_no_title_above_the_clearance_of_today(
    sign_in: SignIn, built: Installation, held: dict[str, str]
) -> None:
    client = sign_in("drafter")
    assert patched(client, built, held["other"], level="内部") == 200
    built.house.settle_all(built.house.drive.desk.delete(drafter(built), RecordId(held["other"])))
    assert in_bin(client) == {held["other"]: 0}
    [row] = [each for each in PEOPLE if each["login"] == "drafter"]
    lower = [{**row, "clearance": "公开"}]
    built.house.people.load(PeopleRows([], lower), lasting=True)
    low = sign_in("drafter")
    assert in_bin(low) == {}
    assert low.post(f"/api/v1/recycle-bin/{held['other']}/restore").status_code == 404
    built.house.people.load(PeopleRows([], [{**row, "clearance": "内部"}]), lasting=True)
    assert in_bin(sign_in("drafter")) == {held["other"]: 0}  # its mark was kept


@pytest.mark.feature("YP-05")
def test_what_went_before_its_folder_did_with_another_comes_back_by_itself(
    sign_in: SignIn, built: Installation, store: list[BreakingStore], held: dict[str, str]
) -> None:
    client, outer, above = sign_in("drafter"), held["outer"], held["other"]
    [gone] = broken_off(built, store[0], held)
    assert patched(client, built, outer, fields={"parent": above}) == 200
    built.house.settle_all(built.house.drive.desk.delete(drafter(built), RecordId(above)))
    assert in_bin(client) == {above: 2, gone: 0}
    assert client.delete(f"/api/v1/recycle-bin/{outer}").status_code == 404
    assert client.post(f"/api/v1/recycle-bin/{above}/restore").status_code == 200
    assert in_bin(client) == {gone: 0}
    assert len(client.post(f"/api/v1/recycle-bin/{outer}/restore").json()) == 1
    assert opened(client, held) == [200, 200, 200, 200]
