"""A provider of identities in memory: for tests of what stands on the port."""

import hmac
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from records.errors import Refused, Unavailable
from records.identity import Login
from records.ports.identity_provider import Errand, ProviderAnswer

_ISSUER = "memory://provider"


@dataclass(frozen=True, slots=True)
class _GivenCode:
    login: Login
    nonce: str
    verifier: str


class MemoryProvider:
    """Lets in whoever says who he is; each code that it gives is taken once."""

    title = "统一身份认证"

    def __init__(self) -> None:
        self._codes: dict[str, _GivenCode] = {}
        self._given = 0
        self.is_down = False

    def address(self, errand: Errand) -> str:
        """As the port says."""
        self.look()
        asked = {"state": errand.state, "nonce": errand.nonce, "verifier": errand.verifier}
        return f"{_ISSUER}/sign-in?{urlencode(asked)}"

    def sign_in(self, address: str, login: Login) -> ProviderAnswer:
        """What the browser of a person who signs in at that address comes back with."""
        asked = parse_qs(urlsplit(address).query)
        self._given += 1
        code = f"code-{self._given}"
        self._codes[code] = _GivenCode(login, asked["nonce"][0], asked["verifier"][0])
        return ProviderAnswer(state=asked["state"][0], code=code, issuer=_ISSUER)

    def login_of(self, answer: ProviderAnswer, errand: Errand) -> Login:
        """As the port says."""
        self.look()
        if answer.issuer not in {"", _ISSUER}:
            raise Refused("provider_untrusted", fault="token_issuer")
        given = self._codes.pop(answer.code, None)
        if answer.error or given is None:
            raise Refused("provider_refused", error=answer.error or "invalid_grant")
        if not hmac.compare_digest(given.verifier, errand.verifier):
            raise Refused("provider_refused", error="invalid_grant")
        if not hmac.compare_digest(given.nonce, errand.nonce):
            raise Refused("provider_untrusted", fault="token_nonce")
        return given.login

    def look(self) -> None:
        """As the port says."""
        if self.is_down:
            raise Unavailable("provider_down")
