"""Which notices reach a person elsewhere as well, and where: his own choice (M13)."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from records.consequences.effects import About
from records.errors import Invalid
from records.identity import Login
from records.ports.claims import Claims

CHANNELS: Mapping[str, re.Pattern[str]] = {
    "mail": re.compile(r"[^\s@,;<>\"]{1,64}@[A-Za-z0-9.-]{1,190}"),
    "sms": re.compile(r"\+?[0-9]{5,20}"),
}
"""The ways there are, and what an address of each looks like."""


@dataclass(frozen=True, slots=True)
class Way:
    """An address, and what is told there."""

    address: str
    about: frozenset[About]


class Ways:
    """Choices as names, ``ways/{channel}/{login}``: who wants anything at all is one listing."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def of(self, login: Login, channel: str) -> Way | None:
        """The choice of a person; None when he wants nothing there."""
        value = self._claims.read(f"ways/{channel}/{login}")
        if value is None:
            return None
        told = json.loads(value)
        return Way(told["address"], frozenset(About(each) for each in told["about"]))

    def choose(self, login: Login, channel: str, address: str, about: Collection[About]) -> None:
        """Set the choice, or take it back with nothing to tell.

        Raises Invalid (``unknown_channel``, ``bad_address``).
        """
        if channel not in CHANNELS:
            raise Invalid("unknown_channel", given=channel, allowed=tuple(CHANNELS))
        if about and not CHANNELS[channel].fullmatch(address):
            raise Invalid("bad_address", given=address, field=channel)
        name = f"ways/{channel}/{login}"
        self._claims.free(name)
        if about:
            told = {"address": address, "about": sorted(about)}
            self._claims.take(name, json.dumps(told).encode())

    def wanting(self, channel: str) -> frozenset[Login]:
        """Everyone who wants something there: one listing."""
        prefix = f"ways/{channel}/"
        return frozenset(Login(name.removeprefix(prefix)) for name in self._claims.names(prefix))
