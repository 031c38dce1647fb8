"""统一身份认证 (LG-09): people sign in at a provider, and come back as who they are here.

The provider says who somebody is, and nothing else: people, posts and rights are kept in the house,
found by login alone. Whom nobody keeps here does not get in, and nothing is made for him.
"""

import hashlib
import hmac
import math
from datetime import UTC, datetime, timedelta

from records.errors import Refused, Unavailable
from records.identity import Login
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.identity_provider import Errand, IdentityProvider, ProviderAnswer
from records.ports.rate_limiter import Rate, RateLimiter
from services.people.devices import Origin
from services.people.organisation_book import OrganisationBook

ERRAND_S = 600
"""Time to sign in at the provider, a second factor included."""

OF_ONE_ADDRESS = (Rate(20, 15 * 60),)
"""Answers that come back from one address and are none: each is a question to the provider."""

_KEY = "errand-key"


class ErrandSeal:
    """What browsers keep of errands, so that only those that the house gave out come back.

    The key is the house's, made by whichever process needs it first and claimed for all.
    """

    def __init__(self, claims: Claims, identities: Identities, clock: Clock) -> None:
        self._claims = claims
        self._identities = identities
        self._clock = clock
        self._key = b""

    def sealed(self, errand: Errand) -> str:
        """The errand as one text of letters, digits, ``-``, ``_`` and points."""
        until = int((self._clock.now() + timedelta(seconds=ERRAND_S)).timestamp())
        told = f"{errand.state}.{errand.nonce}.{errand.verifier}.{until}"
        return f"{told}.{self._mark(told)}"

    def opened(self, kept: str) -> Errand | None:
        """The errand; None for what the house did not seal, or too long ago."""
        told, _, mark = kept.rpartition(".")
        if not hmac.compare_digest(self._mark(told).encode(), mark.encode("utf-8", "replace")):
            return None
        state, nonce, verifier, until = told.split(".")
        if datetime.fromtimestamp(int(until), UTC) < self._clock.now():
            return None
        return Errand(state, nonce, verifier)

    def _mark(self, told: str) -> str:
        if not self._key:
            fresh = self._identities.secret().encode()
            self._key = self._claims.take(_KEY, fresh) or fresh
        return hmac.new(self._key, told.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class UnifiedSignIn:
    """Sends people out and takes them in; without a provider it is not offered."""

    def __init__(
        self,
        provider: IdentityProvider | None,
        *,
        identities: Identities,
        book: OrganisationBook,
        seal: ErrandSeal,
        limiter: RateLimiter,
    ) -> None:
        self._provider = provider
        self._identities = identities
        self._book = book
        self._seal = seal
        self._limiter = limiter

    @property
    def title(self) -> str:
        """What people call the provider; empty where there is none."""
        return self._provider.title if self._provider else ""

    def begin(self) -> tuple[str, str]:
        """Where the browser goes, and what it keeps meanwhile: letters, digits and points.

        Raises Refused (``no_provider``), Unavailable (``provider_down``).
        """
        secret = self._identities.secret
        errand = Errand(secret(), secret(), secret())
        return self._asked().address(errand), self._seal.sealed(errand)

    def finish(self, kept: str, answer: ProviderAnswer, *, origin: Origin) -> Login:
        """Who came back with that answer; `kept` is what his browser kept, empty for nothing.

        Raises Refused (``no_provider``; ``errand_lost`` when this browser did not set out, or came
        back from another errand; ``too_many_returns`` with ``minutes`` and ``wait_s``;
        ``unknown_at_home`` and ``account_disabled`` with ``login``; as `IdentityProvider.login_of`)
        and Unavailable (``provider_down``).
        """
        provider = self._asked()
        errand = self._seal.opened(kept)
        if errand is None or not hmac.compare_digest(
            errand.state.encode(), answer.state.encode("utf-8", "replace")
        ):
            raise Refused("errand_lost")
        login = self._login_of(provider, errand, answer, f"unified-from:{origin.address}")
        person = self._book.current().find_person(login)
        if person is None:
            raise Refused("unknown_at_home", login=login)
        if person.disabled:
            raise Refused("account_disabled", login=login)
        return login

    def _login_of(
        self, provider: IdentityProvider, errand: Errand, answer: ProviderAnswer, counted: str
    ) -> Login:
        """Who he is there; what comes to nothing is counted where the provider was asked."""
        if wait_s := self._limiter.wait_s(counted, OF_ONE_ADDRESS):
            minutes = math.ceil(wait_s / 60)
            raise Refused("too_many_returns", minutes=minutes, wait_s=math.ceil(wait_s))
        try:
            return provider.login_of(answer, errand)
        except (Refused, Unavailable) as error:
            if error.facts.get("asked", True):
                self._limiter.count(counted, OF_ONE_ADDRESS)
            raise

    def _asked(self) -> IdentityProvider:
        if self._provider is None:
            raise Refused("no_provider")
        return self._provider
