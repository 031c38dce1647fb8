"""The port `IdentityProvider` by OpenID Connect: authorization code with PKCE (RFC 7636)."""

import base64
import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from records.errors import Refused, Unavailable
from records.identity import Login
from records.ports.clock import Clock
from records.ports.identity_provider import Errand, ProviderAnswer
from wenshu.sign_in.access import ProviderAccess
from wenshu.sign_in.id_token import Expected, check_claims, signed_claims
from wenshu.sign_in.json_asker import JsonAsker
from wenshu.sign_in.provider_book import Endpoints, ProviderBook
from wenshu.sign_in.resting import Resting

_LOG = logging.getLogger(__name__)


class OidcProvider:
    """One provider, at which we are one client."""

    def __init__(self, access: ProviderAccess, clock: Clock, *, resting: Resting) -> None:
        self._access = access
        self._clock = clock
        self._resting = resting
        self._asker = JsonAsker(access.ca)
        self._book = ProviderBook(access.issuer, self._asker)

    @property
    def title(self) -> str:
        """As the port says."""
        return self._access.title

    def address(self, errand: Errand) -> str:
        """As the port says."""
        with self._answering():
            where = self._book.endpoints().authorization
        asked = {
            "response_type": "code",
            "scope": "openid profile",
            "client_id": self._access.client,
            "redirect_uri": self._access.back,
            "state": errand.state,
            "nonce": errand.nonce,
            "code_challenge": _challenge(errand.verifier),
            "code_challenge_method": "S256",
        }
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    def login_of(self, answer: ProviderAnswer, errand: Errand) -> Login:
        """As the port says."""
        with self._answering():
            endpoints = self._book.endpoints()
            if answer.issuer != self._access.issuer and (answer.issuer or endpoints.names_itself):
                raise Refused("provider_untrusted", fault="token_issuer")
            if answer.error or not answer.code:
                raise Refused("provider_refused", error=answer.error[:60])
            told = self._exchange(endpoints, answer.code, errand)
            claims = self._signed(told.get("id_token"))
            check_claims(
                claims,
                Expected(self._access.issuer, self._access.client, errand.nonce, self._clock.now()),
            )
            return self._login(endpoints, claims, told.get("access_token"))

    def look(self) -> None:
        """As the port says."""
        self._book.look()
        self._resting.answered()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What it does not answer now it is not asked again for a while."""
        if self._resting.rests:
            raise Unavailable("provider_down", detail="not asked again yet", asked=False)
        try:
            yield
        except Unavailable as error:
            _LOG.warning("the provider of identities does not answer: %s", error)
            self._resting.failed()
            raise
        self._resting.answered()

    def _exchange(self, endpoints: Endpoints, code: str, errand: Errand) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._access.back,
            "code_verifier": errand.verifier,
        }
        client, secret, headers = self._access.client, self._access.secret, {}
        if secret and endpoints.takes_basic:
            pair = f"{quote(client, safe='')}:{quote(secret, safe='')}".encode()
            headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        else:
            form |= {"client_id": client, **({"client_secret": secret} if secret else {})}
        status, told = self._asker.post(endpoints.token, form, headers)
        if status != 200:
            error = str(told.get("error", f"status {status}"))[:60]
            _LOG.warning("the provider of identities takes no code: %s", error)
            raise Refused("provider_refused", error=error)
        return told

    def _signed(self, token: object) -> Mapping[str, Any]:
        """Its claims; with keys that changed since we asked for them as well."""
        for keys in (self._book.keys, self._book.newer_keys):
            known = keys()
            claims = signed_claims(token, known) if known is not None else None
            if claims is not None:
                return claims
        raise Refused("provider_untrusted", fault="token_signature")

    def _login(self, endpoints: Endpoints, claims: Mapping[str, Any], bearer: object) -> Login:
        """The claim that is the login: in the token, else asked for (Core, 5.3)."""
        name = self._access.claim
        told = claims.get(name)
        if told is None and endpoints.person and isinstance(bearer, str):
            status, person = self._asker.get(endpoints.person, bearer=bearer)
            if status != 200:
                _LOG.warning("the provider of identities tells nothing of a person: %s", status)
                raise Refused("provider_refused", error=f"status {status}")
            if person.get("sub") != claims.get("sub"):
                raise Refused("provider_untrusted", fault="token_subject")
            told = person.get(name)
        if not isinstance(told, str) or not 1 <= len(told) <= 200:
            raise Refused("provider_untrusted", fault="token_login")
        return Login(told)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
