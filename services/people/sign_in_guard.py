"""Slows guesses of passwords down, without giving anyone the means to keep others out (AQ-08).

Failures are counted for a login and the place they come from together, for the login over all
unknown places, and for the address over all logins. A device that its person has signed in from
before has a count of its own, which nobody else can fill. Nothing here knows whether there is an
account of that name, so an unknown one is answered like any other.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from records.errors import Refused
from records.identity import Login
from records.parameters.catalogue import LOCK_FAILURES, LOCK_MINUTES
from records.parameters.parameter import Parameters
from records.ports.rate_limiter import Rate, RateLimiter
from services.people.devices import Devices, Origin, counted_as

_PLACES = 3
"""From all unknown places together one may fail so many times as often as from one."""

OF_ONE_LOGIN_LONG = Rate(40, 4 * 3600)
"""From any number of unknown places: the longer it goes on, the longer one waits."""

OF_ONE_ADDRESS: Sequence[Rate] = (Rate(60, 15 * 60), Rate(240, 4 * 3600))
"""An office of 300 people behind one address, of whom every fifth mistypes in the morning."""


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One try to sign in that was let through; its names in the counts."""

    place: str
    login: str
    address: str
    is_known_device: bool


class SignInGuard:
    """Lets tries through, and counts those that fail."""

    def __init__(
        self,
        limiter: RateLimiter,
        devices: Devices,
        *,
        parameters: Callable[[], Parameters] = Parameters,
    ) -> None:
        self._parameters = parameters
        self._limiter = limiter
        self._devices = devices

    def admit(self, login: Login, origin: Origin) -> SignInAttempt:
        """Let a try through. It counts as failed until it is said to have `passed`.

        Raises Refused (``account_locked`` with ``minutes`` and ``wait_s``), also when the password
        would be right, so that guesses sent at once win nothing.
        """
        name, place = counted_as(login), self._devices.place(login, origin)
        attempt = SignInAttempt(
            f"{name}@{place.name}",
            f"login:{name}",
            f"from:{origin.address}",
            place.is_known_device,
        )
        if not attempt.is_known_device:
            self._refuse(self._limiter.wait_s(attempt.login, self._of_one_login()))
            self._refuse(self._limiter.wait_s(attempt.address, OF_ONE_ADDRESS))
        wait_s = self._limiter.count(attempt.place, self._from_one_place())
        if wait_s:
            self._refuse(wait_s)
        return attempt

    def failed(self, attempt: SignInAttempt) -> None:
        """The password was wrong, or there is no such account.

        Raises Refused (``account_locked``) when this was the last try for a while.
        """
        if not attempt.is_known_device:
            self._limiter.count(attempt.login, self._of_one_login())
            self._limiter.count(attempt.address, OF_ONE_ADDRESS)
        self._refuse(self._limiter.wait_s(attempt.place, self._from_one_place()))

    def passed(self, attempt: SignInAttempt) -> None:
        """The password was right."""
        self._limiter.forget(attempt.place, self._from_one_place())

    def remember(self, login: Login, device: str) -> None:
        """The person has signed in from this device: others' guesses no longer matter there."""
        self._devices.remember(login, device)

    def forget(self, login: Login) -> None:
        """An administrator has set the account anew: strangers' guesses no longer count."""
        self._limiter.forget(f"login:{counted_as(login)}", self._of_one_login())

    def _from_one_place(self) -> Sequence[Rate]:
        """Failures from one place, then a while of waiting (features.md C3.10, LG-13)."""
        now = self._parameters()
        return (Rate(now[LOCK_FAILURES], now[LOCK_MINUTES] * 60),)

    def _of_one_login(self) -> Sequence[Rate]:
        place = self._from_one_place()[0]
        return (Rate(_PLACES * place.most, place.within_s), OF_ONE_LOGIN_LONG)

    @staticmethod
    def _refuse(wait_s: float) -> None:
        if wait_s > 0:
            minutes = math.ceil(wait_s / 60)
            raise Refused("account_locked", minutes=minutes, wait_s=math.ceil(wait_s))
