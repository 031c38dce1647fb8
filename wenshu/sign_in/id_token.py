"""What makes an ID token one for us: OpenID Connect Core 1.0, section 3.1.3.7."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from records.errors import Refused

SKEW_S = 120
"""So much may the provider's clock differ from ours."""

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures alone: neither none, nor one that whoever knows our secret could make."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say."""

    issuer: str
    client: str
    nonce: str
    now: datetime


def signed_claims(token: object, keys: KeySet) -> Mapping[str, Any] | None:
    """The claims of a token that one of these keys has signed, else None."""
    try:
        if not isinstance(token, str):
            return None
        return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def check_claims(claims: Mapping[str, Any], expected: Expected) -> None:
    """Whether it is for us, of now, and for this errand.

    Raises Refused (``provider_untrusted``) with the ``fault``.
    """
    if claims.get("iss") != expected.issuer:
        raise Refused("provider_untrusted", fault="token_issuer")
    audience = claims.get("aud")
    audience = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", expected.client if len(audience) == 1 else None)
    if expected.client not in audience or party != expected.client:
        raise Refused("provider_untrusted", fault="token_audience")
    now, until, since = expected.now.timestamp(), _instant(claims, "exp"), _instant(claims, "iat")
    if now > until + SKEW_S or now < since - SKEW_S:
        raise Refused("provider_untrusted", fault="token_time")
    if not hmac.compare_digest(str(claims.get("nonce")).encode(), expected.nonce.encode()):
        raise Refused("provider_untrusted", fault="token_nonce")


def _instant(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("provider_untrusted", fault="token_form")
    return float(value)
