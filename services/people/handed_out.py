"""Secrets as they are handed out: they say whose they are, so that nobody else's are looked at."""

import base64
import binascii

from records.identity import Login
from records.people.organisation import LOGIN


def handed_out(mark: str, login: Login, name: str, chance: str) -> str:
    """``{mark}.{login}.{name}.{chance}``, of characters that a cookie and a header may hold."""
    owner = base64.urlsafe_b64encode(login.encode()).decode().rstrip("=")
    return f"{mark}.{owner}.{name}.{chance}"


def whose(secret: str, *, mark: str) -> tuple[Login, str] | None:
    """Owner and name out of such a secret; None for anything else that was sent in its place."""
    parts = secret.split(".")
    if len(parts) != 4 or parts[0] != mark:
        return None
    owner = parts[1] + "=" * (-len(parts[1]) % 4)
    try:
        login = base64.b64decode(owner, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return (Login(login), parts[2]) if LOGIN.fullmatch(login) else None
