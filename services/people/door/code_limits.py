"""How often codes may be asked for: each is a message to somebody (LG-07, AQ-08).

Counted for a login and the place they are asked for from; for the login over all unknown places
and for the address that is written to, so that nobody is flooded; and for the place over all
logins. A device that its person has signed in from has counts of its own, which nobody else can
fill: strangers hold up him alone who asks from where he never was.
"""

import math

from records.errors import Refused
from records.identity import Login
from records.ports.rate_limiter import Rate, RateLimiter
from services.people.devices import Devices, Origin, counted_as

OF_ONE_PLACE = (Rate(3, 15 * 60), Rate(10, 24 * 3600))
"""Codes for one login from one place."""

OF_ONE_LOGIN = (Rate(9, 15 * 60), Rate(30, 24 * 3600))
"""The same from all unknown places together."""

OF_ONE_TARGET = (Rate(5, 15 * 60), Rate(15, 24 * 3600))
"""Messages to one mobile number or mail address: those that unknown places ask for and those that
bind it, in whoever's name; and as many again that a person asks for on devices of his own."""

OF_ONE_ADDRESS = (Rate(20, 3600),)
"""An office behind one address, on the first day after the holidays."""


class CodeLimits:
    """Lets requests for codes pass."""

    def __init__(self, limiter: RateLimiter, devices: Devices) -> None:
        self._limiter = limiter
        self._devices = devices

    def admit(self, purpose: str, login: Login, origin: Origin) -> None:
        """Let a request pass, the same for any name.

        Raises Refused (``too_many_codes`` with ``minutes`` and ``wait_s``).
        """
        name, place = counted_as(login), self._devices.place(login, origin)
        self._refuse(self._limiter.count(f"{purpose}:{name}@{place.name}", OF_ONE_PLACE))
        if not place.is_known_device:
            self._refuse(self._limiter.count(f"{purpose}:{name}", OF_ONE_LOGIN))
            self._refuse(self._limiter.count(f"{purpose}-from:{origin.address}", OF_ONE_ADDRESS))

    def admit_target(self, address: str, *, own: tuple[Login, Origin] | None) -> None:
        """Let a message to this address pass. Raises Refused (``too_many_codes``).

        `own` is who asks for it where the address is bound to that login already; None otherwise.
        """
        counted = f"code-to:{counted_as(address)}"
        if own is not None and self._devices.knows(own[0], own[1].device):
            counted += f"@{counted_as(own[0])}"
        self._refuse(self._limiter.count(counted, OF_ONE_TARGET))

    @staticmethod
    def _refuse(wait_s: float) -> None:
        if wait_s:
            minutes = math.ceil(wait_s / 60)
            raise Refused("too_many_codes", minutes=minutes, wait_s=math.ceil(wait_s))
