"""参数设置 (AQ-11): by whom, within which bounds, and that they hold without a restart."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from records.errors import Refused
from records.identity import Login
from records.parameters.catalogue import CATALOGUE, FILE_MIB, SESSION_IDLE_MINUTES, SOON_DAYS
from records.people.people_rows import PeopleRows
from services.people.sessions import Sessions
from tests.api.conftest import Browse, SignIn
from tests.clocks import SetClock
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

API = "/api/v1/parameters"
PAGE = "/parameters"


def shown(client: TestClient) -> dict[str, dict[str, object]]:
    return {each["name"]: each for each in client.get(API).json()}


def posted(client: TestClient, **changed: str) -> dict[str, str]:
    """The form as the page gives it, with some values typed over."""
    now = shown(client)
    form = {name: str(each["value"]) for name, each in now.items()}
    seen = {f"seen_{name}": str(each["value"]) for name, each in now.items()}
    return {**form, **seen, **changed}


@pytest.fixture
def admin(browse: Browse, sign_in: SignIn) -> TestClient:
    client = browse("admin")
    client.headers["Authorization"] = sign_in("admin").headers["Authorization"]
    return client


@pytest.mark.feature("AQ-11")
def test_every_parameter_is_shown_with_its_default_and_its_bounds(admin: TestClient) -> None:
    page = admin.get(PAGE).text
    for each in CATALOGUE:
        assert each.title in page
        assert f"可设 {each.least} 至 {each.most}" in page or each.is_switch
        assert each.least <= each.default <= each.most
    assert set(shown(admin)) == {each.name for each in CATALOGUE}


@pytest.mark.feature("AQ-11")
def test_who_changed_it_and_when_stands_beside_it(admin: TestClient) -> None:
    answer = admin.post(PAGE, data=posted(admin, soon_days="5"))
    assert "已保存 1 项参数" in answer.text
    assert "3 天 → 5 天" in answer.text
    told = shown(admin)["soon_days"]
    assert (told["value"], told["changed_by"]) == (5, "admin")
    assert "庚七" in admin.get(PAGE).text


@pytest.mark.feature("AQ-11")
@pytest.mark.parametrize("typed", ["0", "31", "三", "", "1.5", "-1", "9" * 30])
def test_what_is_out_of_range_is_refused_at_its_field_and_nothing_is_lost(
    admin: TestClient, typed: str
) -> None:
    answer = admin.post(PAGE, data=posted(admin, soon_days=typed, token_days="30"))
    assert answer.status_code == 422
    assert "即将到期" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="30"' in answer.text, "what was typed rightly beside it stays"
    assert shown(admin)["token_days"]["value"] == 366, "and is not saved alone"


@pytest.mark.feature("AQ-11")
def test_of_two_administrators_at_once_the_second_is_told_and_loses_nothing(
    admin: TestClient,
) -> None:
    stale = posted(admin, soon_days="9", token_days="30")
    admin.post(PAGE, data=posted(admin, soon_days="5"))
    answer = admin.post(PAGE, data=stale)
    assert answer.status_code == 422
    assert "刚由庚七改为 5 天" in answer.text
    assert 'value="9"' in answer.text
    assert shown(admin)["soon_days"]["value"] == 5
    again = {**stale, "seen_soon_days": "5"}
    assert "已保存 2 项参数" in admin.post(PAGE, data=again).text


@pytest.mark.feature("AQ-11")
def test_two_who_set_different_ones_do_not_stand_in_each_others_way(admin: TestClient) -> None:
    other = posted(admin, token_days="30")
    admin.post(PAGE, data=posted(admin, soon_days="5"))
    assert "已保存 1 项参数" in admin.post(PAGE, data=other).text
    assert shown(admin)["soon_days"]["value"] == 5, "what only one of them touched stands"


@pytest.mark.feature("AQ-11")
def test_nobody_else_sees_or_sets_them(sign_in: SignIn, browse: Browse) -> None:
    assert sign_in("head").get(API).status_code == 403
    assert sign_in("head").patch(API, json={"values": {"soon_days": 5}}).status_code == 403
    assert browse("head").get(PAGE).status_code == 403
    assert browse("head").post(PAGE, data={"soon_days": "5"}).status_code == 403
    assert "参数设置" not in browse("head").get("/").text


@pytest.mark.feature("AQ-11")
def test_a_program_is_told_which_name_or_number_is_wrong(admin: TestClient) -> None:
    unknown = admin.patch(API, json={"values": {"colour": 1}})
    assert (unknown.status_code, unknown.json()["reason"]) == (404, "unknown_parameter")
    high = admin.patch(API, json={"values": {"soon_days": 31, "token_days": 30}})
    assert (high.status_code, high.json()["reason"]) == (422, "parameter_range")
    assert shown(admin)["token_days"]["value"] == 366
    switch = admin.patch(API, json={"values": {"applications": 2}}).json()
    assert "0 为关闭，1 为开启" in switch["detail"]


@pytest.mark.feature("AQ-11")
def test_a_change_holds_at_once_in_this_process_and_soon_in_every_other(
    built: Installation, settings: Settings, admin: TestClient
) -> None:
    with installation(settings) as other:
        assert other.house.book.parameters()[SOON_DAYS] == 3
        admin.patch(API, json={"values": {"soon_days": 7, "file_mib": 1}})
        assert built.house.book.parameters()[SOON_DAYS] == 7
        (thread,) = [each for each in other.tending if each._thread.name == "parameters"]
        thread.tend()
        assert other.house.book.parameters()[SOON_DAYS] == 7
        assert other.house.staging.max_bytes == 1 << 20


@pytest.mark.feature("AQ-11")
def test_a_larger_file_than_the_parameter_says_is_refused(
    admin: TestClient, built: Installation, sign_in: SignIn
) -> None:
    keeper = sign_in("keeper")
    assert built.house.staging.max_bytes == 5_000_000, "no larger than the server takes"
    admin.patch(API, json={"values": {FILE_MIB.name: 1}})
    answer = keeper.post("/api/v1/files", files={"file": ("大.txt", b"x" * ((1 << 20) + 1))})
    assert (answer.status_code, answer.json()["reason"]) == (413, "too_large")
    assert keeper.post("/api/v1/files", files={"file": ("小.txt", b"x")}).status_code == 201


@pytest.mark.feature("AQ-11")
def test_a_shorter_pause_ends_sessions_that_were_open_before(built: Installation) -> None:
    clock, book = SetClock(SystemClock().now()), built.house.administration.parameters.book
    sessions = Sessions(built.engines.store, RandomIdentities(), clock, parameters=book.current)
    secret = sessions.open(Login("head"), client="x", restricted=False)
    clock.at += timedelta(minutes=20)
    assert sessions.find(secret).login == "head"
    clock.at += timedelta(minutes=20)
    book.set({SESSION_IDLE_MINUTES: 10}, seen={}, by=Login("admin"))
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(secret)


@pytest.mark.feature("AQ-11")
def test_the_security_officer_is_told_of_a_change(
    built: Installation, admin: TestClient, sign_in: SignIn
) -> None:
    row = {"login": "officer", "name": "辛八", "unit": "office", "roles": ["security_officer"]}
    built.house.people.load(PeopleRows([], [row]), lasting=True)
    admin.patch(API, json={"values": {"password_days": 0}})
    while not built.drain.empty():
        built.drain.round()
    hits = sign_in("officer").get("/api/v1/search", params={"kind": "rights_change"}).json()["hits"]
    assert "系统参数有变更" in [hit["title"] for hit in hits]
