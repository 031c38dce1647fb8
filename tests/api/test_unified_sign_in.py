"""Signing in at a provider of identities, a real one (LG-09)."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from records.ports.identity_provider import Errand
from search_ui.routers.entry.unified import ERRAND_COOKIE
from services.people.door.unified_sign_in import ERRAND_S, ErrandSeal
from services.people.sessions import SESSION_COOKIE
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from tests.clocks import SetClock
from tests.servers.identity_provider import CLIENT, SECRET, IdentityProviderServer
from tests.servers.identity_provider.browsing import come_back
from tests.servers.server import Running, running
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings
from wenshu.sign_in.access import ProviderAccess, SignInAccess
from wenshu.system.identities import RandomIdentities

BACK = "http://testserver/sign-in/unified/back"


@pytest.fixture(scope="module")
def provider() -> Iterator[Running]:
    with running(IdentityProviderServer(BACK)) as server:
        yield server


@pytest.fixture
def settings(settings: Settings, provider: Running) -> Settings:
    """With that provider."""
    access = ProviderAccess(provider.address, CLIENT, BACK, SECRET)
    return replace(settings, sign_in=SignInAccess(provider=access))


@pytest.fixture
def browser(built: Installation) -> TestClient:
    """One without a session, that follows nothing by itself."""
    headers = {"Origin": "http://testserver"}
    return TestClient(create_web(built, hints=()), headers=headers, follow_redirects=False)


def set_out(browser: TestClient, then: str = "/tasks") -> str:
    """The address at the provider."""
    answer = browser.get(f"/sign-in/unified?next={then}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.feature("LG-09")
def test_who_signs_in_at_the_provider_is_in_and_where_he_wanted_to_go(browser: TestClient) -> None:
    assert "使用统一身份认证登录" in browser.get("/sign-in").text
    address = set_out(browser)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = browser.get(come_back(address, BACK, "drafter"))
    assert (back.status_code, back.headers["location"]) == (303, "/tasks")
    assert browser.get("/tasks").status_code == 200
    assert "丙三" in browser.get("/account").text


@pytest.mark.feature("LG-09")
def test_an_answer_is_good_once_and_in_the_browser_that_set_out(
    browser: TestClient, built: Installation
) -> None:
    answer = come_back(set_out(browser), BACK, "drafter")
    other = TestClient(create_web(built, hints=()), follow_redirects=False)
    stolen = other.get(answer)
    assert (stolen.status_code, "没有从本浏览器开始" in stolen.text) == (403, True)
    kept = dict(browser.cookies)
    assert browser.get(answer).status_code == 303
    again = browser.get(answer)
    assert (again.status_code, "没有从本浏览器开始" in again.text) == (403, True)
    replayed = TestClient(create_web(built, hints=()), cookies=kept, follow_redirects=False)
    refused = replayed.get(answer)
    assert (refused.status_code, "没有确认您的身份" in refused.text) == (403, True)
    assert SESSION_COOKIE not in refused.cookies


@pytest.mark.feature("LG-09")
def test_whom_the_house_does_not_keep_is_told_and_nothing_is_made(
    browser: TestClient, built: Installation
) -> None:
    answer = browser.get(come_back(set_out(browser), BACK, "stranger"))
    assert answer.status_code == 403
    assert "本系统没有账号“stranger”" in answer.text
    assert SESSION_COOKIE not in browser.cookies
    assert built.house.book.current().find_person("stranger") is None  # type: ignore[arg-type]


@pytest.mark.feature("LG-09")
def test_who_was_disabled_stays_outside(browser: TestClient, built: Installation) -> None:
    gone = {"login": "reader", "name": "丁四", "unit": "food", "disabled": True}
    built.house.people.load(PeopleRows((), (gone,)))
    answer = browser.get(come_back(set_out(browser), BACK, "reader"))
    assert (answer.status_code, "该账号已停用" in answer.text) == (403, True)
    assert SESSION_COOKIE not in browser.cookies


@pytest.mark.feature("LG-09")
def test_what_is_no_answer_leads_to_the_door(browser: TestClient) -> None:
    for query in ("", "state=x&code=y", "error=access_denied", "state=%00&code=%ff"):
        set_out(browser)
        answer = browser.get(f"/sign-in/unified/back?{query}")
        assert (answer.status_code, "请从登录页重新开始" in answer.text) == (403, True)


@pytest.mark.feature("LG-09", "AQ-08")
def test_only_who_set_out_here_has_the_provider_asked(
    browser: TestClient, built: Installation
) -> None:
    made_up = ".".join(("s" * 43, "n" * 43, "v" * 43))
    for kept in (f"{made_up}.%2F", f"{made_up}.9999999999.{'0' * 64}!%2F", "", "!", "..."):
        stranger = TestClient(create_web(built, hints=()), cookies={ERRAND_COOKIE: kept})
        answer = stranger.get(f"/sign-in/unified/back?state={'s' * 43}&code=x")
        assert "没有从本浏览器开始" in answer.text
    seen = []
    for _ in range(22):
        state = parse_qs(urlsplit(set_out(browser)).query)["state"][0]
        answer = browser.get(f"/sign-in/unified/back?state={state}&code=x")
        seen.append(answer.status_code)
    assert seen == [403] * 20 + [429] * 2
    assert "未成功的次数过多" in answer.text


@pytest.mark.feature("LG-09")
def test_an_errand_is_sealed_by_any_process_and_for_a_while() -> None:
    clock, claims = SetClock(), StoredClaims(MemoryObjectStore())
    one, other = (ErrandSeal(claims, RandomIdentities(), clock) for _ in range(2))
    errand = Errand("s" * 43, "n" * 43, "v" * 43)
    kept = one.sealed(errand)
    assert other.opened(kept) == errand
    assert other.opened(kept.replace("v", "w")) is None
    clock.pass_s(ERRAND_S + 1)
    assert other.opened(kept) is None


@pytest.mark.feature("LG-09")
def test_where_the_provider_is_down_the_page_says_so_and_passwords_go_on(
    browser: TestClient, provider: Running, built: Installation
) -> None:
    provider.program.kill()
    try:
        answer = browser.get("/sign-in/unified")
        assert answer.status_code == 503
        assert "统一身份认证暂时不能连接" in answer.text
        parts = {part.name: part.fault for part in built.house.health.parts()}
        assert parts["provider"] is not None
        given = {"login": "drafter", "password": "Abc#12345"}
        assert browser.post("/sign-in", data=given).status_code == 303
    finally:
        provider.program.again()
