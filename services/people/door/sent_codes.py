"""One-time codes that are sent to an address: for a lost password, to bind it, to sign in (LG-07).

``codes/{purpose}/{login}/{place}/{instant}`` is a code as it was sent; the newest of its person,
purpose and place is good, until ``{instant}.used`` stands beside it: once, however many try at the
same time. A code is good where it was asked for: who asks for others, or guesses, elsewhere takes
nobody's away. What is kept opens nothing: a digest.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from records.errors import Invalid, Refused
from records.identity import Login
from records.parameters.catalogue import CODE_MINUTES
from records.parameters.parameter import Parameters
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.courier import Courier, Message
from records.ports.identities import Identities
from records.ports.rate_limiter import Rate, RateLimiter
from services.people.devices import counted_as

Purpose = Literal["recovery", "binding", "sign-in"]

_TRIES = 5
"""Guesses of a code in the time that one is good: of eight digits that is 1 in 20 million."""

_USED = ".used"

Wording = Callable[[Purpose, str, int], tuple[str, str]]
"""Subject and text of a message with a code that is good for so many minutes."""


class SentCode(BaseModel):
    """A code as it is kept."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    digest: str
    channel: str
    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FittingCode:
    """A code that somebody has, and the name under which it is kept."""

    name: str
    sent: SentCode


class SentCodes:
    """Sends codes and takes them back."""

    def __init__(
        self,
        claims: Claims,
        identities: Identities,
        clock: Clock,
        *,
        limiter: RateLimiter,
        couriers: Mapping[str, Courier],
        wording: Wording,
        parameters: Callable[[], Parameters],
    ) -> None:
        self._claims = claims
        self._identities = identities
        self._clock = clock
        self._limiter = limiter
        self._couriers = couriers
        self._wording = wording
        self._parameters = parameters

    @property
    def channels(self) -> frozenset[str]:
        """The ways on which a code can be sent at all."""
        return frozenset(self._couriers)

    def send(
        self, purpose: Purpose, login: Login, channel: str, address: str, *, place: str
    ) -> None:
        """A fresh code to the address; one that was sent before is good no more.

        Raises Invalid (``unknown_channel``), Unavailable (``courier_down``) and Refused
        (``address_refused``).
        """
        if channel not in self._couriers:
            raise Invalid("unknown_channel", given=channel[:20], allowed=tuple(self._couriers))
        code, minutes = self._identities.sent_code(), self._parameters()[CODE_MINUTES]
        now = self._clock.now()
        kept = SentCode(
            digest=_digest(purpose, login, code),
            channel=channel,
            address=address,
            until=now + timedelta(minutes=minutes),
        )
        name = f"{_prefix(purpose, login, place)}{_instant(now)}"
        if self._claims.take(name, kept.model_dump_json().encode()) is not None:
            return  # asked for twice in one instant: one code is enough
        subject, text = self._wording(purpose, code, minutes)
        self._couriers[channel].send(Message(address, subject, text))

    def checked(self, purpose: Purpose, login: Login, code: str, *, place: str) -> FittingCode:
        """The code that fits; it stays good until it is spent.

        Raises Refused (``wrong_code``) for everything else, and when it was guessed too often.
        """
        rates = (Rate(_TRIES, self._parameters()[CODE_MINUTES] * 60),)
        counted = "code:" + counted_as(f"{purpose}:{login}@{place}")
        if self._limiter.count(counted, rates):
            raise Refused("wrong_code", field="code")
        found = self._newest(purpose, login, place)
        fits = found is not None and hmac.compare_digest(
            found.sent.digest, _digest(purpose, login, code.strip())
        )
        if found is None or not fits or self._clock.now() > found.sent.until:
            raise Refused("wrong_code", field="code")
        self._limiter.forget(counted, rates)
        return found

    def spend(self, code: FittingCode) -> None:
        """It was used. Raises Refused (``wrong_code``) when somebody was faster."""
        if self._claims.take(f"{code.name}{_USED}", b"") is not None:
            raise Refused("wrong_code", field="code")

    def sweep(self, before_s: float) -> int:
        """Take away what was sent before that second of the epoch; how many names it was."""
        oldest = f"{before_s * 1e6:016.0f}"
        over = [
            name
            for name in self._claims.names("codes/")
            if name.rpartition("/")[2].removesuffix(_USED) < oldest
        ]
        for name in over:
            self._claims.free(name)
        return len(over)

    def tell(self, channel: str, address: str, subject: str, text: str) -> None:
        """A message without a code. Raises as `send`."""
        if channel not in self._couriers:
            raise Invalid("unknown_channel", given=channel[:20], allowed=tuple(self._couriers))
        self._couriers[channel].send(Message(address, subject, text))

    def _newest(self, purpose: Purpose, login: Login, place: str) -> FittingCode | None:
        """The newest code that was sent; None where none was, or it was used."""
        try:
            names = list(self._claims.names(_prefix(purpose, login, place)))
        except Invalid:  # no key can hold it, so nobody has it
            return None
        name = names[-1] if names else ""
        value = None if not name or name.endswith(_USED) else self._claims.read(name)
        return FittingCode(name, SentCode.model_validate_json(value)) if value else None


def _prefix(purpose: Purpose, login: Login, place: str) -> str:
    return f"codes/{purpose}/{login}/{place}/"


def _instant(at: datetime) -> str:
    """Microseconds of the epoch, as digits that sort by time."""
    return f"{at.timestamp() * 1e6:016.0f}"


def _digest(purpose: Purpose, login: Login, code: str) -> str:
    told = f"{purpose}\n{login}\n{code}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
