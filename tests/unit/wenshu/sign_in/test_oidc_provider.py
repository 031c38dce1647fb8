"""The port of identity providers, where the provider lies or fails (LG-09)."""

from collections.abc import Iterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from records.errors import Refused, Unavailable
from records.ports.identity_provider import Errand, ProviderAnswer
from tests.servers.lying_provider import LyingProvider, lying_provider
from wenshu.sign_in.access import ProviderAccess
from wenshu.sign_in.oidc_provider import OidcProvider
from wenshu.sign_in.resting import Resting
from wenshu.system.clock import SystemClock

ERRAND = Errand("s" * 43, "n" * 43, "v" * 43)


@pytest.fixture
def liar() -> Iterator[LyingProvider]:
    with lying_provider() as one:
        one.nonce = ERRAND.nonce
        yield one


def asked(liar: LyingProvider) -> OidcProvider:
    access = ProviderAccess(liar.address, "wenshu", "https://x/back", "secret")
    return OidcProvider(access, SystemClock(), resting=Resting())


def login(liar: LyingProvider, **answer: str) -> str:
    given = ProviderAnswer(state=ERRAND.state, code="code", **answer)
    return asked(liar).login_of(given, ERRAND)


@pytest.mark.feature("LG-09")
def test_a_true_answer_is_taken(liar: LyingProvider) -> None:
    assert login(liar) == "drafter"
    liar.claims = {"preferred_username": "head", "aud": ["wenshu", "other"], "azp": "wenshu"}
    assert login(liar) == "head"


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"iss": "https://elsewhere"}, "token_issuer"),
        ({"aud": "other"}, "token_audience"),
        ({"aud": ["wenshu", "other"]}, "token_audience"),
        ({"aud": ["wenshu", "other"], "azp": "other"}, "token_audience"),
        ({"nonce": "m" * 43}, "token_nonce"),
        ({"nonce": None}, "token_nonce"),
        ({"exp": 1}, "token_time"),
        ({"iat": 1 << 40, "exp": 1 << 41}, "token_time"),
        ({"exp": None}, "token_form"),
        ({"iat": "today"}, "token_form"),
        ({"sub": "somebody"}, "token_subject"),
        ({"preferred_username": ["drafter"]}, "token_login"),
        ({"preferred_username": ""}, "token_login"),
    ],
)
def test_a_token_that_is_not_for_us_is_not_believed(
    liar: LyingProvider, claims: dict[str, Any], fault: str
) -> None:
    liar.claims = claims
    with pytest.raises(Refused) as refused:
        login(liar)
    assert refused.value.facts["fault"] == fault


@pytest.mark.feature("LG-09")
def test_a_clock_may_be_two_minutes_off(liar: LyingProvider) -> None:
    from_now = int(SystemClock().now().timestamp())
    liar.claims = {"iat": from_now + 100, "exp": from_now + 400}
    assert login(liar) == "drafter"
    liar.claims = {"iat": from_now - 400, "exp": from_now - 100}
    assert login(liar) == "drafter"
    liar.claims = {"iat": from_now - 400, "exp": from_now - 140}
    with pytest.raises(Refused, match="token_time"):
        login(liar)


@pytest.mark.feature("LG-09")
def test_a_signature_of_anybody_else_is_none(liar: LyingProvider) -> None:
    right = {"iss": liar.address, "aud": "wenshu", "nonce": ERRAND.nonce, "iat": 0, "exp": 1 << 40}
    shared = OctKey.import_key("the secret that both know")
    other = RSAKey.generate_key(2048)
    for token in (
        jwt.encode({"alg": "RS256", "kid": liar.key.kid}, right, other),
        jwt.encode({"alg": "HS256"}, right, shared),
        "eyJhbGciOiJub25lIn0." + jwt.encode({"alg": "HS256"}, right, shared).split(".")[1] + ".",
        "",
        "a.b.c",
    ):
        liar.token = token
        with pytest.raises(Refused, match="token_signature"):
            login(liar)


@pytest.mark.feature("LG-09")
def test_keys_are_kept_and_asked_for_anew_when_they_have_changed(
    liar: LyingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = asked(liar)
    given = ProviderAnswer(state=ERRAND.state, code="code")
    now = [0.0]
    provider._book._now_s = lambda: now[0]
    for _ in range(3):
        assert provider.login_of(given, ERRAND) == "drafter"
    assert liar.asked.count("/keys") == 1
    liar.key = RSAKey.generate_key(2048, auto_kid=True)
    with pytest.raises(Refused, match="token_signature"):
        provider.login_of(given, ERRAND)
    now[0] = 31
    assert provider.login_of(given, ERRAND) == "drafter"
    assert liar.asked.count("/keys") == 2


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://elsewhere"},
        {"token_endpoint": "http://elsewhere/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": 5},
    ],
)
def test_a_provider_that_does_not_fit_its_description_is_not_asked(
    liar: LyingProvider, told: dict[str, Any]
) -> None:
    liar.told = told
    with pytest.raises(Unavailable, match="provider_down"):
        asked(liar).address(ERRAND)
    assert not any(path in liar.asked for path in ("/token", "/keys"))


@pytest.mark.feature("LG-09")
def test_an_answer_of_another_provider_is_none(liar: LyingProvider) -> None:
    with pytest.raises(Refused, match="token_issuer"):
        login(liar, issuer="https://elsewhere")
    liar.told = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(Refused, match="token_issuer"):
        login(liar)
    assert "/token" not in liar.asked
    assert login(liar, issuer=liar.address) == "drafter"


@pytest.mark.feature("LG-09")
def test_one_that_fails_rests_and_a_code_that_it_does_not_take_is_no_failure(
    liar: LyingProvider,
) -> None:
    provider = asked(liar)
    given = ProviderAnswer(state=ERRAND.state, code="code")
    assert provider.login_of(given, ERRAND) == "drafter"
    liar.status = 400
    with pytest.raises(Refused, match="provider_refused"):
        provider.login_of(given, ERRAND)
    liar.status = 500
    with pytest.raises(Unavailable):
        provider.login_of(given, ERRAND)
    liar.status = 200
    before = len(liar.asked)
    with pytest.raises(Unavailable, match="not asked again"):
        provider.address(ERRAND)
    assert len(liar.asked) == before


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize(
    ("path", "status", "content"),
    [
        ("/token", 400, b"<html>no"),
        ("/token", 429, b"[]"),
        ("/token", 302, b""),
        ("/person", 401, b"no"),
        ("/person", 403, b"{}"),
    ],
)
def test_what_is_refused_to_one_person_shuts_the_provider_for_nobody(
    liar: LyingProvider, path: str, status: int, content: bytes
) -> None:
    provider = asked(liar)
    given = ProviderAnswer(state=ERRAND.state, code="code")
    liar.says = {path: (status, content)}
    with pytest.raises(Refused, match="provider_refused"):
        provider.login_of(given, ERRAND)
    liar.says = {}
    assert provider.login_of(given, ERRAND) == "drafter"


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys"])
def test_one_that_tells_nobody_what_it_is_is_down(liar: LyingProvider, path: str) -> None:
    provider = asked(liar)
    liar.says = {path: (404, b"<html>nothing here")}
    with pytest.raises(Unavailable, match="provider_down"):
        provider.login_of(ProviderAnswer(state=ERRAND.state, code="code"), ERRAND)
