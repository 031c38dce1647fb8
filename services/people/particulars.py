"""个人信息 (LG-10): where a person is reached, kept by himself; addresses are bound by a code.

He sees them, and who keeps his account. Only a bound address gets codes for a lost password
(LG-07).
"""

import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, Refused, Unavailable
from records.identity import Login
from records.people.organisation import Person
from records.ports.chains import Chains
from records.ports.clock import Clock
from services.chain_changes import change_newest
from services.notifications.ways import CHANNELS
from services.people.accounts import Accounts
from services.people.caller import Caller
from services.people.devices import Origin
from services.people.door.code_limits import CodeLimits
from services.people.door.sent_codes import SentCodes
from services.people.rights_news import RightsNews

_TELEPHONE = re.compile(r"[0-9+() -]{3,30}")
_LOG = logging.getLogger(__name__)

_OWN = "own"
"""Codes to bind an address are used by who is signed in, wherever he is."""

LONGEST = 60
"""Characters of a room."""


class Particulars(BaseModel):
    """What a person tells of himself. `bound` are channels whose address he has shown to be his.

    `untold` holds, by channel, the address that another replaces until that is told; empty for
    none: a program that ends between the two leaves what is still to be told.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    room: str = ""
    telephone: str = ""
    mail: str = ""
    sms: str = ""
    bound: tuple[str, ...] = ()
    untold: dict[str, str] = {}
    changed_at: datetime | None = None

    def address(self, channel: str) -> str:
        """The address of a channel, bound or not; empty for none."""
        return {"mail": self.mail, "sms": self.sms}.get(channel, "")

    def bound_to(self, channel: str) -> str:
        """The bound address of a channel; empty for none."""
        return self.address(channel) if channel in self.bound else ""


class ParticularsBook:
    """Keeps them, one chain a person: ``particulars/{login}``."""

    def __init__(
        self,
        chains: Chains,
        clock: Clock,
        codes: SentCodes,
        accounts: Accounts,
        *,
        limits: CodeLimits,
        news: RightsNews,
        wording: Callable[[str], tuple[str, str]],
    ) -> None:
        """`wording` gives subject and text of what an address is told that another replaces."""
        self._limits = limits
        self._news = news
        self._wording = wording
        self._chains = chains
        self._clock = clock
        self._codes = codes
        self._accounts = accounts

    def of(self, login: Login) -> Particulars:
        """What is known; nothing for who told nothing."""
        link = self._chains.latest(_chain(login))
        return Particulars.model_validate_json(link.value) if link else Particulars()

    def change(self, caller: Caller, *, room: str, telephone: str) -> None:
        """Where he sits and is called. Raises Invalid (``too_long``, ``bad_telephone``)."""
        place, number = " ".join(room.split()), " ".join(telephone.split())
        if len(place) > LONGEST:
            raise Invalid("too_long", field="room", label="房间", max=LONGEST, given=len(place))
        if number and not _TELEPHONE.fullmatch(number):
            raise Invalid("bad_telephone", field="telephone", given=number[:30])
        self._write(caller.person.login, lambda _: {"room": place, "telephone": number})

    def begin_binding(
        self, caller: Caller, channel: str, address: str, *, password: str, origin: Origin
    ) -> None:
        """Send a code to an address that is to be bound; the own password is asked for.

        Raises Invalid (``unknown_channel``, ``bad_address``), Refused (as `Accounts.verify`;
        ``address_refused``, ``too_many_codes``) and Unavailable (``courier_down``).
        """
        login, given = caller.person.login, address.strip()
        if channel not in self._codes.channels:
            allowed = tuple(sorted(self._codes.channels))
            raise Invalid("unknown_channel", field="channel", given=channel[:20], allowed=allowed)
        if not CHANNELS[channel].fullmatch(given):
            raise Invalid("bad_address", field="address", given=given[:100])
        self._accounts.verify(login, password, caller.organisation, origin=origin)
        self._limits.admit("binding", login, origin)
        self._limits.admit_target(given, own=None)
        self._codes.send("binding", login, channel, given, place=_OWN)

    def bind(self, caller: Caller, code: str) -> None:
        """Bind the address to which the code was sent. Raises Refused (``wrong_code``).

        He is told by the address that it replaces, and in the house with the officers: whoever sat
        at his desk may have bound his own.
        """
        login = caller.person.login
        self.tell_bindings(caller.person)
        fitting = self._codes.checked("binding", login, code, place=_OWN)
        sent = fitting.sent
        self._write(
            login,
            lambda before: {
                sent.channel: sent.address,
                "bound": tuple(sorted({*before.bound, sent.channel})),
                "untold": {**before.untold, sent.channel: before.bound_to(sent.channel)},
            },
        )
        self.tell_bindings(caller.person)
        self._codes.spend(fitting)

    def tell_bindings(self, person: Person) -> None:
        """Tell of addresses that were bound and not told of; who binds does so himself.

        Whoever writes to a bound address calls it before.
        """
        known = self.of(person.login)
        for channel, was in known.untold.items():
            self._news.address_bound(person, channel, was=_hidden(was))
            if was and was != known.address(channel):
                self._tell_replaced(channel, was)
            self._write(person.login, partial(_told, channel))

    def _tell_replaced(self, channel: str, address: str) -> None:
        """By the old address; one that takes nothing any more holds nobody up."""
        try:
            self._codes.tell(channel, address, *self._wording(channel))
        except (Invalid, Refused, Unavailable) as error:
            _LOG.warning("an address that was replaced could not be told: %s", error)

    def release(self, caller: Caller, channel: str, *, password: str, origin: Origin) -> None:
        """Forget an address. Raises Refused as `Accounts.verify`, Invalid (``unknown_channel``)."""
        if channel not in CHANNELS:
            raise Invalid("unknown_channel", field="channel", given=channel[:20], allowed=())
        login = caller.person.login
        self._accounts.verify(login, password, caller.organisation, origin=origin)
        self._write(
            login,
            lambda before: {
                channel: "",
                "bound": tuple(each for each in before.bound if each != channel),
            },
        )

    def release_all(self, login: Login) -> None:
        """No address is good for setting the password any more, whoever bound it."""
        if self.of(login).bound:
            self._write(login, lambda _: {"bound": ()})

    def note(self, login: Login, *, mail: str, sms: str) -> None:
        """What somebody told when he asked for his account; nothing of it is bound."""
        self._write(login, lambda _: {"mail": mail, "sms": sms, "bound": ()})

    def channels(self) -> frozenset[str]:
        """What can be bound here."""
        return self._codes.channels

    def _write(self, login: Login, told: Callable[[Particulars], Mapping[str, object]]) -> None:
        def changed(value: bytes | None) -> bytes:
            before = Particulars.model_validate_json(value) if value else Particulars()
            after = before.model_copy(update={**told(before), "changed_at": self._clock.now()})
            return after.model_dump_json().encode()

        busy = Conflict("account_busy", login=login)
        change_newest(self._chains, _chain(login), changed, busy=busy)


def _told(channel: str, before: Particulars) -> Mapping[str, object]:
    """Nothing of that channel is untold any more."""
    return {"untold": {each: was for each, was in before.untold.items() if each != channel}}


def _hidden(address: str) -> str:
    """An address as it may be read by officers: its ends."""
    return f"{address[:3]}****{address[-4:]}" if len(address) > 7 else "****" if address else ""


def _chain(login: Login) -> str:
    return f"particulars/{login}"
