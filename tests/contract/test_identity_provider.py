"""The contract of IdentityProvider: in memory, and by OpenID Connect with a real provider."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

import pytest

from records.errors import Refused, Unavailable
from records.identity import Login
from records.ports.identity_provider import Errand, IdentityProvider, ProviderAnswer
from tests.servers.identity_provider import CLIENT, SECRET, IdentityProviderServer
from tests.servers.identity_provider.browsing import come_back
from tests.servers.server import Running, running
from wenshu.sign_in.access import ProviderAccess
from wenshu.sign_in.memory_provider import MemoryProvider
from wenshu.sign_in.oidc_provider import OidcProvider
from wenshu.sign_in.resting import Resting
from wenshu.system.clock import SystemClock

BACK = "http://testserver/sign-in/unified/back"
ERRAND = Errand("s" * 43, "n" * 43, "v" * 43)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider, and what a test does with it from outside."""

    port: IdentityProvider
    sign_in: Callable[[str, str], ProviderAnswer]
    shut: Callable[[], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(IdentityProviderServer(BACK)) as started:
        yield started


@pytest.fixture(params=["memory", "oidc"])
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    if request.param == "memory":
        memory = MemoryProvider()
        yield Provider(
            memory,
            lambda address, name: memory.sign_in(address, Login(name)),
            lambda: setattr(memory, "is_down", True),
        )
        return
    started: Running = request.getfixturevalue("server")
    access = ProviderAccess(started.address, CLIENT, BACK, SECRET)
    shut: list[Running] = []

    def kill() -> None:
        started.program.kill()
        shut.append(started)

    oidc = OidcProvider(access, SystemClock(), resting=Resting())
    yield Provider(oidc, lambda address, name: answer_of(come_back(address, BACK, name)), kill)
    for each in shut:
        each.program.again()


def answer_of(address: str) -> ProviderAnswer:
    told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    return ProviderAnswer(
        state=told.get("state", ""), code=told.get("code", ""), issuer=told.get("iss", "")
    )


@pytest.mark.feature("LG-09")
def test_who_signed_in_is_told_and_what_was_sent_along_comes_back(provider: Provider) -> None:
    provider.port.look()
    answer = provider.sign_in(provider.port.address(ERRAND), "drafter")
    assert answer.state == ERRAND.state
    assert provider.port.login_of(answer, ERRAND) == "drafter"


@pytest.mark.feature("LG-09")
def test_an_answer_is_taken_once(provider: Provider) -> None:
    answer = provider.sign_in(provider.port.address(ERRAND), "drafter")
    provider.port.login_of(answer, ERRAND)
    with pytest.raises(Refused, match="provider_refused"):
        provider.port.login_of(answer, ERRAND)


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize(
    ("change", "reason"),
    [({"verifier": "w" * 43}, "provider_refused"), ({"nonce": "m" * 43}, "provider_untrusted")],
)
def test_an_answer_to_another_errand_is_none(
    provider: Provider, change: dict[str, str], reason: str
) -> None:
    answer = provider.sign_in(provider.port.address(ERRAND), "drafter")
    with pytest.raises(Refused, match=reason):
        provider.port.login_of(answer, replace(ERRAND, **change))


@pytest.mark.feature("LG-09")
def test_what_the_provider_did_not_say_is_not_believed(provider: Provider) -> None:
    provider.sign_in(provider.port.address(ERRAND), "drafter")
    for made_up, reason in (
        (ProviderAnswer(state=ERRAND.state, code="made up"), "provider_"),
        (ProviderAnswer(state=ERRAND.state, error="access_denied"), "provider_"),
        (ProviderAnswer(state=ERRAND.state), "provider_"),
        (ProviderAnswer(state=ERRAND.state, code="x", issuer="https://elsewhere"), "untrusted"),
    ):
        with pytest.raises(Refused, match=reason):
            provider.port.login_of(made_up, ERRAND)


@pytest.mark.feature("LG-09")
def test_one_that_is_down_is_said_to_be(provider: Provider) -> None:
    answer = provider.sign_in(provider.port.address(ERRAND), "drafter")
    provider.shut()
    for call in (provider.port.look, lambda: provider.port.login_of(answer, ERRAND)):
        with pytest.raises(Unavailable, match="provider_down"):
            call()
