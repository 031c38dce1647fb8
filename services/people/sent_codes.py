"""One-time codes that are sent to an address: for a lost password, and to bind an address (LG-07).

Those of one person, purpose and place are one chain: a code is a link, and its use is the next
one, so a code is good once however many try at the same time. A code is good where it was asked
for: who asks for others, or guesses, elsewhere takes nobody's away. What is kept opens nothing: a
digest.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, Refused, Unavailable
from records.identity import Login
from records.parameters.catalogue import CODE_MINUTES
from records.parameters.parameter import Parameters
from records.ports.chains import Chains
from records.ports.clock import Clock
from records.ports.courier import Courier, Message
from records.ports.identities import Identities
from records.ports.rate_limiter import Rate, RateLimiter
from services.chain_changes import change_newest

Purpose = Literal["recovery", "binding"]

_TRIES = 5
"""Guesses of a code in the time that one is good: of eight digits that is 1 in 20 million."""


Wording = Callable[[Purpose, str, int], tuple[str, str]]
"""Subject and text of a message with a code that is good for so many minutes."""


class SentCode(BaseModel):
    """A code as it is kept, or that it was used."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    digest: str
    channel: str
    address: str
    until: datetime
    used: bool = False


class SentCodes:
    """Sends codes and takes them back."""

    def __init__(
        self,
        chains: Chains,
        identities: Identities,
        clock: Clock,
        *,
        limiter: RateLimiter,
        couriers: Mapping[str, Courier],
        wording: Wording,
        parameters: Callable[[], Parameters],
    ) -> None:
        self._chains = chains
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
        kept = SentCode(
            digest=_digest(purpose, login, code),
            channel=channel,
            address=address,
            until=self._clock.now() + timedelta(minutes=minutes),
        )
        busy = Unavailable("courier_down", channel=channel)
        value = kept.model_dump_json().encode()
        change_newest(self._chains, _chain(purpose, login, place), lambda _: value, busy=busy)
        subject, text = self._wording(purpose, code, minutes)
        self._couriers[channel].send(Message(address, subject, text))

    def checked(self, purpose: Purpose, login: Login, code: str, *, place: str) -> SentCode:
        """The code that fits; it stays good until it is spent.

        Raises Refused (``wrong_code``) for everything else, and when it was guessed too often.
        """
        rates = (Rate(_TRIES, self._parameters()[CODE_MINUTES] * 60),)
        counted = hashlib.sha256(
            f"{purpose}:{login}@{place}".encode("utf-8", "replace")
        ).hexdigest()[:24]
        if self._limiter.count(f"code:{counted}", rates):
            raise Refused("wrong_code", field="code")
        kept = self._latest(purpose, login, place)
        fits = kept is not None and hmac.compare_digest(
            kept.digest, _digest(purpose, login, code.strip())
        )
        if kept is None or not fits or kept.used or self._clock.now() > kept.until:
            raise Refused("wrong_code", field="code")
        self._limiter.forget(f"code:{counted}", rates)
        return kept

    def spend(self, purpose: Purpose, login: Login, code: SentCode, *, place: str) -> None:
        """It was used. Raises Refused (``wrong_code``) when somebody was faster."""
        link = self._chains.latest(_chain(purpose, login, place))
        if link is None or SentCode.model_validate_json(link.value) != code:
            raise Refused("wrong_code", field="code")
        used = code.model_copy(update={"used": True})
        try:
            self._chains.append(
                _chain(purpose, login, place), link.number + 1, used.model_dump_json().encode()
            )
        except Conflict as error:
            raise Refused("wrong_code", field="code") from error

    def tell(self, channel: str, address: str, subject: str, text: str) -> None:
        """A message without a code. Raises as `send`."""
        if channel not in self._couriers:
            raise Invalid("unknown_channel", given=channel[:20], allowed=tuple(self._couriers))
        self._couriers[channel].send(Message(address, subject, text))

    def _latest(self, purpose: Purpose, login: Login, place: str) -> SentCode | None:
        try:
            link = self._chains.latest(_chain(purpose, login, place))
        except Invalid:  # no key can hold it, so nobody has it
            return None
        return SentCode.model_validate_json(link.value) if link else None


def _chain(purpose: Purpose, login: Login, place: str) -> str:
    return f"codes/{purpose}/{login}/{place}"


def _digest(purpose: Purpose, login: Login, code: str) -> str:
    told = f"{purpose}\n{login}\n{code}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
