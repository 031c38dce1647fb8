"""A provider of identities in a thread of the test, that says what it is told to say."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.servers.answering import QuietHandler, answering


@dataclass
class LyingProvider:
    """What it says of itself and of whoever signs in; a test changes it."""

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    shown: tuple[RSAKey, ...] = ()
    """Keys that it shows; none are its own."""
    claims: dict[str, Any] = field(default_factory=dict)
    """Put over those of a token that is right."""
    told: dict[str, Any] = field(default_factory=dict)
    """Put over what it says of itself."""
    token: str | None = None
    """In the place of a token that it signs."""
    status: int = 200
    says: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """By path, status and content in the place of a document."""
    nonce: str = ""
    asked: list[str] = field(default_factory=list)
    """Paths, in order."""

    def document(self, path: str) -> Mapping[str, Any]:
        """What lies there."""
        here = self.address
        if path == "/keys":
            return {"keys": [key.as_dict(private=False) for key in self.shown or (self.key,)]}
        if path == "/token":
            return {"access_token": "x", "token_type": "Bearer", "id_token": self._token()}
        if path == "/person":
            return {"sub": "drafter", "preferred_username": "drafter"}
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/auth",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
            "userinfo_endpoint": f"{here}/person",
            **self.told,
        }

    def _token(self) -> str:
        if self.token is not None:
            return self.token
        claims = {
            "iss": self.address,
            "aud": "wenshu",
            "sub": "drafter",
            "nonce": self.nonce,
            "iat": int(time()),
            "exp": int(time()) + 300,
            **self.claims,
        }
        header = {"alg": "RS256", "kid": self.key.kid}
        return jwt.encode(header, {k: v for k, v in claims.items() if v is not None}, self.key)


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """One that runs until the block ends."""
    liar = LyingProvider()

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 - as the library says
            liar.asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            document = json.dumps(liar.document(self.path)).encode()
            status, body = liar.says.get(self.path, (liar.status, document))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

    with answering(Handler) as address:
        liar.address = address
        yield liar
