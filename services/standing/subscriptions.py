"""Who has subscribed to which searches: a chain for each person, and one that says whose changed.

``subscriptions/{login}`` holds all of one person; ``subscriptions-changed`` names those who changed
theirs last, so that every process that tries revisions knows them all and reads only what is new.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from records.errors import Conflict, Corrupt, Invalid
from records.identity import Login
from records.ports.chains import Chains
from records.ports.clock import Clock
from services.chain_changes import change_newest

_LOG = logging.getLogger(__name__)

MOST = 50
"""Of one person: each may bring him news every day."""

_NAMED = 50
"""So many who changed theirs last a link of the register names; who missed more reads all."""

_ALL_AGAIN = timedelta(hours=1)
"""So old may be what this process knows of a change whose writer died before it was noted."""

_REGISTER = "subscriptions-changed"
_PREFIX = "subscriptions/"


class When(StrEnum):
    """When somebody is told what a search finds from now on."""

    NEVER = "never"
    """He has not subscribed."""
    AT_ONCE = "now"
    DAILY = "daily"


class Subscription(BaseModel):
    """A search that stands for one person; `target` is that of the search among his 收藏."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: str
    name: str
    asks: str
    """As the page of the search is asked: a query string."""
    when: When
    since: datetime
    """Revisions from before are not told."""


_LIST = TypeAdapter(tuple[Subscription, ...])

Standing = Mapping[Login, tuple[Subscription, ...]]


class SubscriptionBook:
    """Keeps subscriptions."""

    def __init__(self, chains: Chains, clock: Clock) -> None:
        self._chains = chains
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Standing = {}
        self._number = 0
        self._read_at: datetime | None = None

    def of(self, login: Login) -> tuple[Subscription, ...]:
        """Those of one person, in the order in which he made them; of a damaged chain none."""
        try:
            return self.sound(login)
        except Corrupt as error:
            _LOG.error("the subscriptions of %s are passed over: %s", login, error)
            return ()

    def names(self, login: Login) -> Mapping[str, str]:
        """Target → what he calls that search."""
        return {each.target: each.name for each in self.of(login)}

    def sound(self, login: Login) -> tuple[Subscription, ...]:
        """The same, for whoever gives something up where there are none. Raises Corrupt."""
        link = self._chains.latest(_PREFIX + login)
        return _read(login, link.value if link else None)

    def subscribe(self, login: Login, wanted: Subscription) -> None:
        """Subscribe, or change when one is told: since when stays.

        Raises Invalid (``too_many_subscriptions``), Conflict (``subscriptions_busy``).
        """

        def with_it(own: tuple[Subscription, ...]) -> tuple[Subscription, ...]:
            before = next((each for each in own if each.target == wanted.target), None)
            if before is None and len(own) >= MOST:
                raise Invalid("too_many_subscriptions", most=MOST, field="when")
            one = wanted if before is None else wanted.model_copy(update={"since": before.since})
            if before is None:
                return (*own, one)
            return tuple(one if each is before else each for each in own)

        self._change(login, with_it)

    def end(self, login: Login, target: str) -> None:
        """Tell of this search no more; nothing happens where nobody subscribed to it."""
        self._change(login, lambda own: tuple(each for each in own if each.target != target))

    def all(self) -> Standing:
        """Everybody's: one and the same mapping until one is read anew. Raises Unavailable."""
        with self._lock:
            now = self._clock.now()
            link = self._chains.latest(_REGISTER, known=self._number)
            number = link.number if link else 0
            if self._read_at is None or not timedelta(0) <= now - self._read_at < _ALL_AGAIN:
                self._known = self._everybody()
                self._read_at = now
            elif link is not None and number > self._number:
                changed = json.loads(link.value)[: number - self._number]
                missed = number - self._number > len(changed)
                self._known = self._everybody() if missed else self._with(changed)
            self._number = number
            return self._known

    def _everybody(self) -> Standing:
        logins = [name.removeprefix(_PREFIX) for name in self._chains.names(_PREFIX)]
        return _some({Login(login): self.of(Login(login)) for login in logins})

    def _with(self, changed: Iterable[str]) -> Standing:
        return _some({**self._known, **{Login(one): self.of(Login(one)) for one in changed}})

    def _change(
        self,
        login: Login,
        change: Callable[[tuple[Subscription, ...]], tuple[Subscription, ...]],
    ) -> None:
        def changed(value: bytes | None) -> bytes | None:
            before = _read(login, value)
            after = change(before)
            return None if after == before else _LIST.dump_json(after)

        busy = Conflict("subscriptions_busy")
        change_newest(self._chains, _PREFIX + login, changed, busy=busy)
        # Also where nothing changed: whoever wrote it before may have died before he noted it.

        def noted(value: bytes | None) -> bytes:
            before = json.loads(value) if value else []
            return json.dumps([login, *before][:_NAMED]).encode()

        change_newest(self._chains, _REGISTER, noted, busy=busy)


def _some(found: Mapping[Login, tuple[Subscription, ...]]) -> Standing:
    return {login: own for login, own in found.items() if own}


def _read(login: Login, value: bytes | None) -> tuple[Subscription, ...]:
    try:
        return () if value is None else _LIST.validate_json(value)
    except ValidationError as error:
        _LOG.warning("the subscriptions of %s cannot be read: %s", login, error)
        return ()
