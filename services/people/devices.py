"""Where people come from; browsers that are known are not kept out by others' guesses."""

import hashlib
from dataclasses import dataclass

from records.errors import Invalid
from records.identity import Login
from records.ports.claims import Claims
from records.ports.clock import Clock

DEVICE_COOKIE = "wenshu_device"
"""Under this name browsers keep the secret of their device."""

KEPT_DAYS = 180
MOST = 20
"""Devices kept of one person; the one that was known longest ago gives way."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody comes from: his address, and the secret of his device, empty for none."""

    address: str
    device: str = ""

    @property
    def place(self) -> str:
        """In short, the browser where it keeps something, else the address."""
        told = f"device\n{self.device}" if self.device else f"address\n{self.address}"
        return counted_as(told)


@dataclass(frozen=True, slots=True)
class Place:
    """An origin, as what one person does there is counted."""

    name: str
    is_known_device: bool


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

    def place(self, login: Login, origin: Origin) -> Place:
        """The device where the person is known there, else the address."""
        known = self.knows(login, origin.device)
        name = f"device:{counted_as(origin.device)}" if known else f"address:{origin.address}"
        return Place(name, known)

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


def counted_as(text: str) -> str:
    """What names a text in the counts: of one length, and no name in anybody's Redis."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def _prefix(login: Login) -> str:
    return f"device/{login}/"


def _name(login: Login, secret: str) -> str:
    return _prefix(login) + hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()[:32]
