"""Signing in by a code that is sent to a bound address (LG-09)."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.errors import Refused
from records.identity import Login
from records.parameters.catalogue import CODE_SIGN_IN
from records.parameters.parameter import Parameters
from services.people.devices import Origin
from services.people.door.sent_codes import SentCodes
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from tests.api.conftest import PASSWORD, SignIn
from tests.clocks import SetClock
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings
from wenshu.system.couriers import CourierAccess, couriers
from wenshu.system.identities import RandomIdentities
from wenshu.system.rate_limiters import WindowRateLimiter

PHONE = "13900000000"
HEAD = Login("head")


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With a way out of the house: a folder into which messages are written."""
    return replace(settings, couriers=CourierAccess(sms_folder=tmp_path / "sms"))


@pytest.fixture
def stranger(built: Installation) -> TestClient:
    return TestClient(create_web(built, hints=()), headers={"Origin": "http://testserver"})


def messages(tmp_path: Path) -> list[str]:
    found = sorted((tmp_path / "sms").glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    return [path.read_text(encoding="utf-8") for path in found]


def last_code(tmp_path: Path) -> str:
    (code,) = re.findall(r"验证码 (\d{8})", messages(tmp_path)[-1])
    return str(code)


def bind(client: TestClient, tmp_path: Path) -> None:
    given = {"channel": "sms", "address": PHONE, "password": PASSWORD}
    assert client.post("/api/v1/account/addresses", json=given).status_code == 202
    code = {"code": last_code(tmp_path)}
    assert client.post("/api/v1/account/addresses/code", json=code).status_code == 200


def set_way(built: Installation, *, is_open: bool) -> None:
    built.house.administration.parameters.set_by_machine({CODE_SIGN_IN: int(is_open)})


@pytest.fixture
def opened(built: Installation, sign_in: SignIn, tmp_path: Path) -> None:
    """The way is open, and the head has bound a number."""
    bind(sign_in("head"), tmp_path)
    set_way(built, is_open=True)


@pytest.mark.usefixtures("opened")
@pytest.mark.feature("LG-09")
def test_a_code_signs_in_once_and_leads_to_the_page_that_was_wanted(
    stranger: TestClient, tmp_path: Path
) -> None:
    assert "/sign-in/code?next=/tasks" in stranger.get("/sign-in?next=/tasks").text
    asking = stranger.get("/sign-in/code?next=/tasks")
    assert "验证码登录" in asking.text
    (action,) = re.findall(r'<form[^>]* action="(/sign-in/code[^"]*)"', asking.text)
    sent = stranger.post(action, data={"login": "head", "channel": "sms"})
    assert "验证码已经发出" in sent.text
    assert "您正在登录" in messages(tmp_path)[-1]
    form = {"login": "head", "code": last_code(tmp_path), "next": "/tasks"}
    entered = stranger.post("/sign-in/code/enter", data=form, follow_redirects=False)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/tasks")
    assert stranger.get("/tasks").status_code == 200
    again = stranger.post("/sign-in/code/enter", data=form, follow_redirects=False)
    assert again.status_code == 403
    assert "已用过" in again.text


@pytest.mark.usefixtures("opened")
@pytest.mark.feature("LG-09")
@pytest.mark.parametrize("login", ["head", "drafter", "nobody", "../../x"])
def test_nobody_learns_who_has_an_account_or_a_number(
    stranger: TestClient, tmp_path: Path, login: str
) -> None:
    before = len(messages(tmp_path))
    page = stranger.post("/sign-in/code", data={"login": login, "channel": "sms"})
    other = stranger.post("/sign-in/code", data={"login": "someone", "channel": "sms"})
    assert page.status_code == 200
    named = page.text.replace(f"账号 {login}", "").replace(f'value="{login}"', "")
    assert named == other.text.replace("账号 someone", "").replace('value="someone"', "")
    assert len(messages(tmp_path)) == before + (login == "head")
    wrong = stranger.post("/api/v1/session/by-code", json={"login": login, "code": "00000000"})
    assert (wrong.status_code, wrong.json()["reason"]) == (403, "wrong_code")


@pytest.mark.feature("LG-09")
def test_it_is_closed_until_an_administrator_opens_it(
    built: Installation, stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    bind(sign_in("head"), tmp_path)
    before = len(messages(tmp_path))
    assert "/sign-in/code" not in stranger.get("/sign-in").text
    assert "没有开通验证码登录" in stranger.get("/sign-in/code").text
    asked = stranger.post("/api/v1/session/codes", json={"login": "head", "channel": "sms"})
    assert (asked.status_code, asked.json()["reason"]) == (403, "no_code_sign_in")
    assert len(messages(tmp_path)) == before
    set_way(built, is_open=True)
    answer = stranger.post("/api/v1/session/codes", json={"login": "head", "channel": "sms"})
    assert answer.status_code == 202
    set_way(built, is_open=False)
    given = {"login": "head", "code": last_code(tmp_path)}
    closed = stranger.post("/api/v1/session/by-code", json=given)
    assert (closed.status_code, closed.json()["reason"]) == (403, "no_code_sign_in")
    set_way(built, is_open=True)
    token = stranger.post("/api/v1/session/by-code", json=given).json()["token"]
    own = stranger.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
    assert own.status_code == 200


@pytest.mark.usefixtures("opened")
@pytest.mark.feature("LG-09")
def test_a_code_of_another_place_or_another_purpose_opens_nothing(
    built: Installation, tmp_path: Path
) -> None:
    entry, here, elsewhere = built.house.entry, Origin("10.0.0.1"), Origin("203.0.113.9")
    entry.by_code.ask(HEAD, here)
    entry.by_code.send(HEAD, "sms", here)
    code = last_code(tmp_path)
    with pytest.raises(Refused, match="wrong_code"):
        entry.by_code.enter(HEAD, code, origin=elsewhere)
    with pytest.raises(Refused, match="wrong_code"):
        entry.recovery.reset(HEAD, code, "Other#67890", origin=here)
    assert entry.by_code.enter(HEAD, code, origin=here) == HEAD


@pytest.mark.usefixtures("opened")
@pytest.mark.feature("LG-09", "LG-04")
def test_a_first_password_is_set_before_anything_else(
    built: Installation, stranger: TestClient, tmp_path: Path
) -> None:
    built.house.accounts.open(HEAD, None)
    stranger.post("/sign-in/code", data={"login": "head", "channel": "sms"})
    form = {"login": "head", "code": last_code(tmp_path)}
    refused = stranger.post("/sign-in/code/enter", data=form)
    assert refused.status_code == 403
    assert "密码还没有设置，或已过有效期" in refused.text


@pytest.mark.feature("LG-07")
def test_codes_that_are_over_are_swept_and_newer_ones_stay(tmp_path: Path) -> None:
    claims, clock = StoredClaims(MemoryObjectStore()), SetClock()
    codes = SentCodes(
        claims,
        RandomIdentities(),
        clock,
        limiter=WindowRateLimiter.in_process(),
        couriers={
            each.channel: each for each in couriers(CourierAccess(sms_folder=tmp_path / "sms"))
        },
        wording=lambda purpose, code, minutes: (purpose, f"验证码 {code} {minutes}"),
        parameters=Parameters,
    )
    codes.send("recovery", HEAD, "sms", PHONE, place="here")
    old = codes.checked("recovery", HEAD, last_code(tmp_path), place="here")
    codes.spend(old)
    clock.at += timedelta(days=2)
    codes.send("recovery", HEAD, "sms", PHONE, place="here")
    assert codes.sweep(clock.at.timestamp() - 24 * 3600) == 2
    newer = codes.checked("recovery", HEAD, last_code(tmp_path), place="here")
    assert list(claims.names("codes/")) == [newer.name]
