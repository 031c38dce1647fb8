"""Passwords that are lost or expire, and addresses that are bound (LG-05, LG-07, LG-10)."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.errors import Refused
from records.identity import Login
from records.parameters.catalogue import PASSWORD_DAYS
from records.people.people_rows import PeopleRows
from services.people.accounts import Account, Accounts
from services.people.devices import Devices, Origin
from services.people.sign_in_guard import SignInGuard
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.clocks import SetClock
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings
from wenshu.system.argon_hasher import ArgonPasswordHasher
from wenshu.system.clock import SystemClock
from wenshu.system.couriers import CourierAccess
from wenshu.system.identities import RandomIdentities
from wenshu.system.rate_limiters import WindowRateLimiter

NEW = "Other#67890"
PHONE = "13900000000"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With ways out of the house: folders into which messages are written."""
    access = CourierAccess(mail_folder=tmp_path / "mail", sms_folder=tmp_path / "sms")
    return replace(settings, couriers=access)


@pytest.fixture
def stranger(built: Installation) -> TestClient:
    return TestClient(create_web(built, hints=()), headers={"Origin": "http://testserver"})


def messages(tmp_path: Path, channel: str = "sms") -> list[str]:
    found = sorted((tmp_path / channel).glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    return [path.read_text(encoding="utf-8") for path in found]


def last_code(tmp_path: Path, channel: str = "sms") -> str:
    (code,) = re.findall(r"验证码 (\d{8})", messages(tmp_path, channel)[-1])
    return str(code)


def bound(client: TestClient, tmp_path: Path, address: str = PHONE) -> None:
    """The address bound to whoever the client is."""
    given = {"channel": "sms", "address": address, "password": PASSWORD}
    assert client.post("/api/v1/account/addresses", json=given).status_code == 202
    answer = client.post("/api/v1/account/addresses/code", json={"code": last_code(tmp_path)})
    assert answer.json()["bound"] == ["sms"], answer.text


def may_sign_in(client: TestClient, password: str, login: str = "head") -> bool:
    given = {"login": login, "password": password}
    return client.post("/api/v1/session", json=given).status_code == 200


def named(page: str, login: str) -> str:
    """The page without the login that it names."""
    return page.replace(f"账号 {login}", "").replace(f'value="{login}"', "")


@pytest.mark.feature("LG-07")
def test_a_code_to_a_bound_address_sets_the_password_once(
    built: Installation, stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    head = sign_in("head")
    bound(head, tmp_path)
    page = stranger.post("/forgot", data={"login": "head", "channel": "sms"})
    assert "验证码已经发出" in page.text
    form = {"login": "head", "code": last_code(tmp_path), "password": NEW, "again": NEW}
    done = stranger.post("/forgot/code", data=form)
    assert "密码已重新设置，请登录" in done.text
    assert may_sign_in(stranger, NEW)
    assert head.get("/api/v1/tasks").status_code == 401, "whoever was signed in is out"
    again = stranger.post(
        "/forgot/code", data={**form, "password": "X1#aaaaaaa", "again": "X1#aaaaaaa"}
    )
    assert again.status_code == 422
    assert "已用过" in again.text
    assert may_sign_in(stranger, NEW)


@pytest.mark.feature("LG-07")
@pytest.mark.parametrize("login", ["head", "drafter", "nobody", "../../x", "用户" * 40])
def test_the_answer_is_the_same_whether_there_is_such_an_account_or_not(
    stranger: TestClient, sign_in: SignIn, tmp_path: Path, login: str
) -> None:
    bound(sign_in("head"), tmp_path)
    before = len(messages(tmp_path))
    page = stranger.post("/forgot", data={"login": login, "channel": "sms"})
    other = stranger.post("/forgot", data={"login": "someone", "channel": "sms"})
    assert page.status_code == 200
    assert named(page.text, login) == named(other.text, "someone")
    assert len(messages(tmp_path)) == before + (login == "head")
    wrong = {"login": login, "code": "00000000", "new": NEW}
    answer = stranger.post("/api/v1/session/recovery/code", json=wrong)
    assert (answer.status_code, answer.json()["reason"]) == (403, "wrong_code")


@pytest.mark.feature("LG-07")
def test_nothing_is_looked_up_or_sent_before_the_answer(
    built: Installation, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    codes, before = built.house.entry.codes, len(messages(tmp_path))
    codes.ask("recovery", Login("head"), Origin("10.0.0.1"))
    assert len(messages(tmp_path)) == before
    codes.send("recovery", Login("head"), "sms", Origin("10.0.0.1"))
    assert len(messages(tmp_path)) == before + 1


@pytest.mark.feature("LG-07")
def test_an_address_that_was_never_bound_gets_nothing(
    built: Installation, stranger: TestClient, tmp_path: Path
) -> None:
    built.house.entry.particulars.note(Login("head"), mail="head@example.cn", sms=PHONE)
    stranger.post("/forgot", data={"login": "head", "channel": "sms"})
    assert messages(tmp_path) == []


@pytest.mark.feature("LG-07")
def test_guesses_of_a_code_come_to_an_end(
    stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    stranger.post("/forgot", data={"login": "head", "channel": "sms"})
    given = {"login": "head", "code": "00000000", "new": NEW}
    for _ in range(5):
        stranger.post("/api/v1/session/recovery/code", json=given)
    right = {**given, "code": last_code(tmp_path)}
    assert stranger.post("/api/v1/session/recovery/code", json=right).status_code == 403
    assert may_sign_in(stranger, PASSWORD)


@pytest.mark.feature("LG-07")
def test_messages_to_one_person_come_to_an_end_from_one_place(
    stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    before = len(messages(tmp_path))
    answers = [
        stranger.post("/forgot", data={"login": "head", "channel": "sms"}).status_code
        for _ in range(6)
    ]
    assert answers.count(200) == 3
    assert len(messages(tmp_path)) == before + 3


@pytest.mark.feature("LG-07")
def test_a_weak_or_known_password_leaves_the_code_good(
    stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    stranger.post("/forgot", data={"login": "head", "channel": "sms"})
    code = last_code(tmp_path)
    for password, told in (("short", "密码不符合要求"), (PASSWORD, "近期使用过")):
        form = {"login": "head", "code": code, "password": password, "again": password}
        answer = stranger.post("/forgot/code", data=form)
        assert told in answer.text
        assert f'value="{code}"' in answer.text, "the code need not be typed again"
    form = {"login": "head", "code": code, "password": NEW, "again": NEW}
    assert "密码已重新设置" in stranger.post("/forgot/code", data=form).text


@pytest.mark.feature("LG-07")
def test_who_was_disabled_meanwhile_gets_in_by_no_code(
    built: Installation, stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    stranger.post("/forgot", data={"login": "head", "channel": "sms"})
    row = {"login": "head", "name": "乙二", "unit": "law", "disabled": True}
    built.house.people.load(PeopleRows([], [row]))
    given = {"login": "head", "code": last_code(tmp_path), "new": NEW}
    assert stranger.post("/api/v1/session/recovery/code", json=given).status_code == 403


@pytest.mark.feature("LG-10")
def test_particulars_are_ones_own_and_an_address_needs_the_password_and_a_code(
    browse: Browse, tmp_path: Path
) -> None:
    head = browse("head")
    page = head.post("/account/particulars", data={"room": "305 室", "telephone": "010-6600"})
    assert "已保存" in page.text
    assert 'value="305 室"' in page.text
    wrong = {"channel": "sms", "address": PHONE, "password": "wrong"}
    refused = head.post("/account/bind", data=wrong)
    assert refused.status_code == 422
    assert "当前密码不正确" in refused.text
    assert messages(tmp_path) == []
    bad = head.post("/account/bind", data={**wrong, "address": "call me", "password": PASSWORD})
    assert "不是可以送达的地址" in bad.text
    head.post("/account/bind", data={**wrong, "password": PASSWORD})
    assert "验证码不正确" in head.post("/account/bind/code", data={"code": "1"}).text
    done = head.post("/account/bind/code", data={"code": last_code(tmp_path)})
    assert "已绑定" in done.text
    assert PHONE not in browse("drafter").get("/account/particulars").text
    out = head.post("/account/release", data={"channel": "sms", "password": PASSWORD})
    assert PHONE not in out.text


@pytest.mark.feature("LG-10")
def test_a_telephone_that_is_none_is_refused_at_its_field(browse: Browse) -> None:
    page = browse("head").post("/account/particulars", data={"room": "305", "telephone": "打电话"})
    assert page.status_code == 422
    assert "不是电话号码" in page.text
    assert 'value="打电话"' in page.text


class Ageing:
    """Accounts over a clock that tests move, in the store of an installation."""

    def __init__(self, built: Installation) -> None:
        self.built, self.clock = built, SetClock(SystemClock().now())
        house, claims = built.house, built.house.app_tokens._claims
        guard = SignInGuard(WindowRateLimiter.in_process(), Devices(claims, self.clock))
        self.accounts = Accounts(
            house.accounts._chains,
            ArgonPasswordHasher(memory_kib=64),
            RandomIdentities(),
            self.clock,
            guard,
            parameters=house.book.parameters,
        )

    def verified(self, password: str = PASSWORD) -> Account:
        now = self.built.house.book.current()
        return self.accounts.verify(Login("head"), password, now, origin=Origin("10.0.0.1"))


@pytest.mark.feature("LG-05")
def test_a_password_that_is_too_old_is_good_for_setting_another_only(built: Installation) -> None:
    ageing = Ageing(built)
    ageing.clock.at += timedelta(days=89)
    account = ageing.verified()
    assert (account.must_change, ageing.accounts.days_left(account)) == (False, 1)
    ageing.clock.at += timedelta(days=1, minutes=1)
    assert ageing.verified().expired
    assert ageing.verified().must_change
    now = built.house.book.current()
    ageing.accounts.change(Login("head"), PASSWORD, NEW, now, origin=Origin("10.0.0.1"))
    assert not ageing.verified(NEW).must_change


@pytest.mark.feature("LG-05")
def test_without_a_term_no_password_gets_old(built: Installation) -> None:
    ageing = Ageing(built)
    built.house.administration.parameters.set_by_machine({PASSWORD_DAYS: 0})
    ageing.clock.at += timedelta(days=4000)
    assert not ageing.verified().must_change


@pytest.mark.feature("LG-05")
def test_whose_password_expired_is_asked_for_another_at_the_door(
    built: Installation, stranger: TestClient
) -> None:
    old = built.house.accounts._account(Login("head"))
    assert old is not None
    long_ago = old.model_copy(update={"changed_at": old.changed_at - timedelta(days=91)})
    built.house.accounts._write(Login("head"), lambda _: long_ago)
    given = {"login": "head", "password": PASSWORD}
    page = stranger.post("/sign-in", data=given)
    assert "密码已到有效期" in page.text
    assert "wenshu_session" not in stranger.cookies
    assert stranger.post("/api/v1/session", json=given).json()["must_set_password"]
    form = {"login": "head", "code": PASSWORD, "password": NEW, "again": NEW, "next": "/"}
    stranger.post("/set-password", data=form)
    assert "wenshu_session" in stranger.cookies


@pytest.mark.feature("LG-05")
def test_soon_before_it_expires_the_person_is_told_after_signing_in(
    built: Installation, stranger: TestClient
) -> None:
    old = built.house.accounts._account(Login("head"))
    assert old is not None
    long_ago = old.model_copy(update={"changed_at": old.changed_at - timedelta(days=87)})
    built.house.accounts._write(Login("head"), lambda _: long_ago)
    page = stranger.post("/sign-in", data={"login": "head", "password": PASSWORD})
    assert "您的密码将在 3 天后到期" in page.text


@pytest.mark.feature("LG-05")
def test_an_administrators_reset_does_not_bring_old_passwords_back(built: Installation) -> None:
    accounts, now = built.house.accounts, built.house.book.current()
    here = Origin("10.0.0.1")
    code = accounts.open(Login("head"), None)
    assert code is not None
    with pytest.raises(Exception, match="reused_password"):
        accounts.change(Login("head"), code, PASSWORD, now, origin=here)
    accounts.change(Login("head"), code, NEW, now, origin=here)


@pytest.mark.feature("LG-05")
def test_the_length_of_passwords_follows_the_parameter(
    built: Installation, stranger: TestClient, sign_in: SignIn
) -> None:
    sign_in("admin").patch("/api/v1/parameters", json={"values": {"password_length": 14}})
    form = {"login": "head", "code": PASSWORD, "password": "Abc#1234567", "again": "Abc#1234567"}
    page = stranger.post("/set-password", data=form)
    assert "至少 14 位" in page.text
    assert 'minlength="14"' in page.text


@pytest.mark.feature("LG-07", "AQ-08")
def test_a_stranger_elsewhere_holds_nobody_up(
    built: Installation, stranger: TestClient, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    codes, recovery = built.house.entry.codes, built.house.entry.recovery
    evil = Origin("203.0.113.9")
    for _ in range(3):
        codes.ask("recovery", Login("head"), evil)
    with pytest.raises(Refused, match="too_many_codes"):
        codes.ask("recovery", Login("head"), evil)
    page = stranger.post("/forgot", data={"login": "head", "channel": "sms"})
    assert "验证码已经发出" in page.text
    code = last_code(tmp_path)
    codes.send("recovery", Login("head"), "sms", evil)
    for _ in range(8):
        with pytest.raises(Refused, match="wrong_code"):
            recovery.reset(Login("head"), "00000000", NEW, origin=evil)
    with pytest.raises(Refused, match="wrong_code"):
        recovery.reset(Login("head"), code, NEW, origin=evil)
    form = {"login": "head", "code": code, "password": NEW, "again": NEW}
    assert "密码已重新设置" in stranger.post("/forgot/code", data=form).text


@pytest.mark.feature("LG-07", "AQ-08")
def test_from_everywhere_at_once_messages_to_one_number_come_to_an_end(
    built: Installation, sign_in: SignIn, tmp_path: Path
) -> None:
    bound(sign_in("head"), tmp_path)
    codes, recovery = built.house.entry.codes, built.house.entry.recovery
    before, passed = len(messages(tmp_path)), 0
    for n in range(40):
        origin = Origin(f"203.0.113.{n}")
        try:
            codes.ask("recovery", Login("head"), origin)
        except Refused:
            continue
        passed += 1
        codes.send("recovery", Login("head"), "sms", origin)
    assert passed == 9
    assert len(messages(tmp_path)) - before <= 5
    here = Origin("198.51.100.7", "a browser that its person has signed in from")
    built.house.accounts.remember_device(Login("head"), here.device)
    before = len(messages(tmp_path))
    for _ in range(3):
        codes.ask("recovery", Login("head"), here)
        codes.send("recovery", Login("head"), "sms", here)
    assert len(messages(tmp_path)) - before == 3
    recovery.reset(Login("head"), last_code(tmp_path), NEW, origin=here)
    with pytest.raises(Refused, match="too_many_codes"):
        codes.ask("recovery", Login("head"), here)


@pytest.mark.feature("LG-10", "AQ-08")
def test_codes_to_bind_an_address_come_to_an_end(browse: Browse, tmp_path: Path) -> None:
    head = browse("head")
    given = {"channel": "sms", "address": PHONE, "password": PASSWORD}
    pages = [head.post("/account/bind", data=given) for _ in range(5)]
    assert len(messages(tmp_path)) == 3
    assert "获取验证码过于频繁" in pages[-1].text
    assert pages[-1].status_code in {403, 422, 429}


@pytest.mark.feature("LG-10", "AQ-14")
def test_another_address_is_told_by_the_old_one_and_in_the_house(
    built: Installation, sign_in: SignIn, tmp_path: Path
) -> None:
    head, other = sign_in("head"), "13911112222"
    bound(head, tmp_path)
    before = len(messages(tmp_path))
    bound(head, tmp_path, other)
    sent = messages(tmp_path)[before:]
    told = [each for each in sent if "绑定了另一手机号码" in each]
    assert len(sent) == 2
    assert [f"To: {PHONE}\n" in each for each in told] == [True]
    while not built.drain.empty():
        built.drain.round()
    hits = head.get("/api/v1/search", params={"kind": "rights_change"}).json()["hits"]
    details = [head.get(f"/api/v1/records/{hit['id']}").json()["fields"]["detail"] for hit in hits]
    assert len(details) == 2
    assert any("原为 139****0000" in each for each in details)
    assert not any(PHONE in each or other in each for each in details)


@pytest.mark.feature("LG-10", "AQ-14")
def test_a_binding_that_breaks_off_is_there_and_told_or_neither(
    built: Installation, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The program ends."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    head, other, here = built.house.book.caller(Login("head")), "13911112222", Origin("10.0.0.1")
    bound(sign_in("head"), tmp_path)
    particulars = built.house.entry.particulars
    particulars.begin_binding(head, "sms", other, password=PASSWORD, origin=here)
    code, before = last_code(tmp_path), len(messages(tmp_path))
    with monkeypatch.context() as at:
        at.setattr(particulars, "_write", killed)
        with pytest.raises(Killed):
            particulars.bind(head, code)
    assert (particulars.of(Login("head")).sms, told_of(built, sign_in)) == (PHONE, 1)
    with monkeypatch.context() as at:
        at.setattr(particulars._news, "address_bound", killed)
        with pytest.raises(Killed):
            particulars.bind(head, code)
    assert (particulars.of(Login("head")).sms, told_of(built, sign_in)) == (other, 1)
    assert len(messages(tmp_path)) == before
    built.house.entry.codes.send("recovery", Login("head"), "sms", here)
    sent = messages(tmp_path)[before:]
    assert ["绑定了另一手机号码" in each for each in sent] == [True, False]
    assert told_of(built, sign_in) == 2
    particulars.bind(head, code)
    with pytest.raises(Refused, match="wrong_code"):
        particulars.bind(head, code)


def told_of(built: Installation, sign_in: SignIn) -> int:
    """Notices of what was changed that the head finds."""
    while not built.drain.empty():
        built.drain.round()
    answer = sign_in("head").get("/api/v1/search", params={"kind": "rights_change"})
    return len(answer.json()["hits"])
