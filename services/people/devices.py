"""Browsers that a person has signed in from: known ones are not kept out by others' guesses."""

import hashlib

from records.errors import Invalid
from records.identity import Login
from records.ports.claims import Claims
from records.ports.clock import Clock

DEVICE_COOKIE = "wenshu_device"
"""Under this name browsers keep the secret of their device."""

KEPT_DAYS = 180
MOST = 20
"""Devices kept of one person; the one that was known longest ago gives way."""


class Devices:
    """Remembers devices by the digest of a secret of theirs; it opens nothing by itself."""

    def __init__(self, claims: Claims, clock: Clock) -> None:
        self._claims = claims
        self._clock = clock

    def knows(self, login: Login, secret: str) -> bool:
        """Whether that person has signed in from this device; False for what is no login."""
        try:
            return bool(secret) and self._claims.read(_name(login, secret)) is not None
        except Invalid:  # no key can hold it, so nobody has it
            return False

    def remember(self, login: Login, secret: str) -> None:
        """That person has signed in from it now."""
        if self._claims.take(_name(login, secret), self._clock.now().isoformat().encode()) is None:
            self._forget_oldest(login)

    def _forget_oldest(self, login: Login) -> None:
        names = list(self._claims.names(_prefix(login)))
        if len(names) > MOST:
            oldest = sorted(names, key=lambda name: self._claims.read(name) or b"")
            for name in oldest[: len(names) - MOST]:
                self._claims.free(name)


def _prefix(login: Login) -> str:
    return f"device/{login}/"


def _name(login: Login, secret: str) -> str:
    return _prefix(login) + hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()[:32]
