"""账号申请 (LG-03): a newcomer asks for an account, an administrator opens or refuses it.

``applications/open/{id}`` waits; ``applications/decided/{id}`` says what became of it, by whom and
why. Whoever asked finds it out by a secret that he alone has.
"""

import hashlib
import hmac
import math
from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import Login, UnitCode, is_identifier
from records.parameters.catalogue import APPLICATIONS
from records.parameters.parameter import Parameters
from records.people.organisation import Organisation
from records.people.person import sound_login
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.rate_limiter import Rate, RateLimiter
from services.administration.scope import scope_of
from services.notifications.ways import CHANNELS
from services.people.caller import Caller
from services.people.devices import Origin

OF_ONE_ADDRESS = (Rate(10, 3600),)
"""Applications from one address: newcomers of one office, on one day."""

MOST_WAITING = 500
"""More than these wait for nobody; who asks then is told to come again."""

_OPEN, _DECIDED = "applications/open/", "applications/decided/"
_FIELDS = {"name": ("姓名", 60), "unit": ("单位", 100), "reason": ("申请事由", 200)}


class Wanted(BaseModel):
    """What a newcomer tells of himself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    login: str
    unit: str
    """As he calls it: he is shown no list of units."""
    mail: str = ""
    sms: str = ""
    reason: str = ""


class Application(Wanted):
    """An application as it waits."""

    id: str
    secret: str
    at: datetime

    def unit_in(self, organisation: Organisation) -> UnitCode | None:
        """The unit that it names, by code or by a name that only one has."""
        if organisation.has_unit(UnitCode(self.unit)):
            return organisation.successor(UnitCode(self.unit))
        named = [
            each.code
            for each in organisation.units
            if self.unit in {each.name, organisation.full_name(each.code)}
            and each.merged_into is None
        ]
        return named[0] if len(named) == 1 else None


class Decision(BaseModel):
    """What became of one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    application: Application
    opened: bool
    login: str = ""
    reason: str = ""
    by: Login
    at: datetime


class Applications:
    """Takes applications, and their decisions."""

    def __init__(
        self,
        claims: Claims,
        identities: Identities,
        clock: Clock,
        *,
        limiter: RateLimiter,
        parameters: Callable[[], Parameters],
    ) -> None:
        self._claims = claims
        self._identities = identities
        self._clock = clock
        self._limiter = limiter
        self._parameters = parameters

    @property
    def are_taken(self) -> bool:
        """Whether anybody may ask."""
        return bool(self._parameters()[APPLICATIONS])

    def ask(self, wanted: Wanted, origin: Origin) -> str:
        """Hand one in; the secret by which its state is found.

        Raises Refused (``no_applications``; ``too_many_applications`` with ``minutes``), Invalid
        at the field that is wrong.
        """
        if not self.are_taken:
            raise Refused("no_applications")
        clean = _checked(wanted)
        wait_s = self._limiter.count(f"apply-from:{origin.address}", OF_ONE_ADDRESS)
        if wait_s or len(self._waiting_names()) >= MOST_WAITING:
            minutes = max(1, math.ceil(wait_s / 60))
            raise Refused("too_many_applications", minutes=minutes, wait_s=minutes * 60)
        secret, number = self._identities.one_time_code(), str(self._identities.record_id())
        made = Application(
            **clean.model_dump(), id=number, secret=_digest(secret), at=self._clock.now()
        )
        self._claims.take(_OPEN + number, made.model_dump_json().encode())
        return f"{number}.{secret}"

    def state(self, told: str) -> Application | Decision:
        """What became of the application with this secret. Raises NotFound."""
        number, _, secret = told.strip().partition(".")
        found: Application | Decision | None = None
        if is_identifier(number):
            found = self._decision(number) or self._open(number)
        kept = found.application if isinstance(found, Decision) else found
        if kept is None or found is None or not hmac.compare_digest(kept.secret, _digest(secret)):
            raise NotFound("unknown_application")
        return found

    def waiting(self, caller: Caller) -> tuple[Application, ...]:
        """What the caller may decide, the oldest first; nothing for who keeps no people."""
        scope = scope_of(caller)
        if scope is None:
            return ()
        found = (self._open(name) for name in self._waiting_names())
        return tuple(
            each
            for each in found
            if each is not None and scope.has(each.unit_in(caller.organisation))
        )

    def one(self, caller: Caller, number: str) -> Application:
        """One that waits. Raises NotFound (``unknown_application``), for those of others too.

        Raises Conflict (``application_decided``) for one that another has decided.
        """
        scope = scope_of(caller)
        found = self._open(number) if is_identifier(number) else None
        decided = self._decision(number) if is_identifier(number) else None
        kept = decided.application if decided else found
        if kept is None or scope is None or not scope.has(kept.unit_in(caller.organisation)):
            raise NotFound("unknown_application")
        if decided is not None or found is None:
            by = caller.organisation.name_of(decided.by) if decided else ""
            raise Conflict("application_decided", by=by)
        return found

    def decide(
        self, caller: Caller, number: str, *, opened: bool, login: str = "", reason: str = ""
    ) -> Decision:
        """Note what became of one. Raises as `one`, and Invalid (``no_reason``) for a refusal."""
        found, told = self.one(caller, number), " ".join(reason.split())
        if not opened and not told:
            raise Invalid("no_reason", field="reason")
        if len(told) > 200:
            raise Invalid("too_long", field="reason", label="理由", max=200, given=len(told))
        made = Decision(
            application=found,
            opened=opened,
            login=login,
            reason=told,
            by=caller.person.login,
            at=self._clock.now(),
        )
        standing = self._claims.take(_DECIDED + number, made.model_dump_json().encode())
        self._claims.free(_OPEN + number)
        if standing is not None:
            by = caller.organisation.name_of(Decision.model_validate_json(standing).by)
            raise Conflict("application_decided", by=by)
        return made

    def _waiting_names(self) -> list[str]:
        return [name.removeprefix(_OPEN) for name in self._claims.names(_OPEN)]

    def _open(self, number: str) -> Application | None:
        value = self._claims.read(_OPEN + number)
        return Application.model_validate_json(value) if value else None

    def _decision(self, number: str) -> Decision | None:
        value = self._claims.read(_DECIDED + number)
        return Decision.model_validate_json(value) if value else None


def _checked(wanted: Wanted) -> Wanted:
    told = {name: " ".join(str(getattr(wanted, name)).split()) for name in Wanted.model_fields}
    for name, (label, longest) in _FIELDS.items():
        if not told[name]:
            raise Invalid("must_be_filled", field=name, label=label)
        if len(told[name]) > longest:
            given = len(told[name])
            raise Invalid("too_long", field=name, label=label, max=longest, given=given)
    sound_login(told["login"])
    for channel in ("mail", "sms"):
        if told[channel] and not CHANNELS[channel].fullmatch(told[channel]):
            raise Invalid("bad_address", field=channel, given=told[channel][:100])
    if not told["mail"] and not told["sms"]:
        raise Invalid("no_address", field="sms")
    return Wanted(**told)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
