"""保持登录 (LG-02): a session that outlasts a pause and a day, and can be ended from elsewhere."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from records.errors import Refused
from records.identity import Login
from services.people.sessions import SESSION_COOKIE, Sessions
from tests.api.conftest import PASSWORD, SignIn
from tests.clocks import SetClock
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

HEAD = Login("head")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SystemClock().now())


@pytest.fixture
def sessions(built: Installation, clock: SetClock) -> Sessions:
    return Sessions(
        built.engines.store, RandomIdentities(), clock, parameters=built.house.book.parameters
    )


def browser(built: Installation, **more: str) -> TestClient:
    client = TestClient(create_web(built, hints=()), headers={"Origin": "http://testserver"})
    client.post("/sign-in", data={"login": "head", "password": PASSWORD, **more})
    return client


@pytest.mark.feature("LG-02")
def test_a_kept_session_outlasts_a_pause_and_ends_after_its_days(
    sessions: Sessions, clock: SetClock
) -> None:
    secret = sessions.open(HEAD, client="a", restricted=False, kept=True)
    plain = sessions.open(HEAD, client="b", restricted=False)
    clock.at += timedelta(days=6, hours=23)
    assert sessions.find(secret).login == HEAD
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(plain)
    clock.at += timedelta(hours=2)
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(secret)


@pytest.mark.feature("LG-02")
def test_a_shorter_term_counts_for_sessions_that_are_kept_already(
    built: Installation, sessions: Sessions, clock: SetClock, sign_in: SignIn
) -> None:
    secret = sessions.open(HEAD, client="a", restricted=False, kept=True)
    clock.at += timedelta(days=2)
    assert sessions.find(secret).login == HEAD
    sign_in("admin").patch("/api/v1/parameters", json={"values": {"remember_days": 0}})
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(secret)


@pytest.mark.feature("LG-02")
def test_the_choice_is_made_at_the_door_and_shown_among_the_devices(built: Installation) -> None:
    kept, plain = browser(built, keep="1"), browser(built)
    assert {cookie.name: cookie.expires for cookie in kept.cookies.jar}[SESSION_COOKIE]
    assert {cookie.name: cookie.expires for cookie in plain.cookies.jar}[SESSION_COOKIE] is None
    page = plain.get("/account").text
    assert page.count("保持登录至") == 1
    assert "其他设备全部下线" in page
    plain.post("/account/sessions/end-others")
    assert kept.get("/account", follow_redirects=False).status_code == 303
    assert plain.get("/account", follow_redirects=False).status_code == 200


@pytest.mark.feature("LG-02")
def test_where_it_is_not_offered_nobody_is_kept(built: Installation, sign_in: SignIn) -> None:
    assert "保持登录 7 天" in browser(built).get("/sign-in").text
    sign_in("admin").patch("/api/v1/parameters", json={"values": {"remember_days": 0}})
    client = browser(built, keep="1")
    assert "保持登录" not in client.get("/sign-in").text
    assert {cookie.name: cookie.expires for cookie in client.cookies.jar}[SESSION_COOKIE] is None


@pytest.mark.feature("LG-13")
def test_signed_out_in_one_tab_the_other_leads_to_the_door_and_back(built: Installation) -> None:
    client = browser(built, keep="1")
    client.post("/sign-out")
    answer = client.post("/account/particulars", data={"room": "1"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
