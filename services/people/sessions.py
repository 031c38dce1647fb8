"""Sessions: a signed-in person's tokens, their list and their end (LG-13).

A session lives in the store under ``sessions/{login}/{minute it began}.{digest of its secret}``: a
stolen store opens nothing, all of one person are one listing, and which are over stands in their
names, so none is found by reading others. The secret that is handed out says whose it is and when
it began, beside 256 bits of chance. A session may be lost without harm (its owner signs in again),
so it is replaced in place.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict

from records.errors import NotFound, Refused
from records.identity import Login, ObjectKey
from records.parameters.catalogue import REMEMBER_DAYS, SESSION_HOURS, SESSION_IDLE_MINUTES
from records.parameters.parameter import Parameters
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.object_store import ObjectStore
from services.people.handed_out import handed_out, whose

_TOUCH = timedelta(minutes=1)

_MARK = "wss"
_NAME = re.compile(r"\d{12}\.[0-9a-f]{64}")

SESSION_COOKIE = "wenshu_session"
"""Under this name browsers keep the secret."""


class Session(BaseModel):
    """A signed-in person at one place."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    digest: str
    login: Login
    began_at: datetime
    seen_at: datetime
    client: str
    restricted: bool
    """Opened with a one-time code, or a password that somebody else set: good for setting a
    password and nothing else (LG-04)."""
    kept: bool = False
    """保持登录 (LG-02): it outlasts a pause and a day, for as long as the parameter says now."""

    @property
    def name(self) -> str:
        """Tells it from the person's others; opens nothing."""
        return f"{_minute(self.began_at)}.{self.digest}"


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(
        self,
        store: ObjectStore,
        identities: Identities,
        clock: Clock,
        *,
        parameters: Callable[[], Parameters] = Parameters,
    ) -> None:
        self._parameters = parameters
        self._store = store
        self._identities = identities
        self._clock = clock

    def open(self, login: Login, *, client: str, restricted: bool, kept: bool = False) -> str:
        """A new session; returns its secret, which is not kept."""
        now = self._clock.now()
        secret = handed_out(_MARK, login, _minute(now), self._identities.secret())
        session = Session(
            digest=_digest(secret),
            login=login,
            began_at=now,
            seen_at=now,
            client=client[:200],
            restricted=restricted,
            kept=kept and not restricted,
        )
        self._keep(session)
        return secret

    def find(self, secret: str) -> Session:
        """The live session; keeps it alive. Raises Refused (``session_expired``)."""
        key, now = _key_of(secret), self._clock.now()
        session = self._read(key) if key is not None else None
        if session is None or self._is_over(session, now):
            raise Refused("session_expired")
        if now - session.seen_at > _TOUCH:
            self._keep(session.model_copy(update={"seen_at": now}))
        return session

    def of(self, login: Login) -> list[Session]:
        """Live sessions of a person, latest first: one listing, and one reading for each."""
        now = self._clock.now()
        found = [self._read(stat.key) for stat in self._store.list(_prefix(login), after="")]
        live = [each for each in found if each is not None and not self._is_over(each, now)]
        return sorted(live, key=lambda session: session.seen_at, reverse=True)

    def end(self, secret: str) -> None:
        """Sign out."""
        key = _key_of(secret)
        if key is not None:
            self._store.delete(key)

    def end_by_name(self, login: Login, name: str) -> None:
        """End one of a person's own sessions. Raises NotFound when it is not his."""
        if not _NAME.fullmatch(name) or self._read(_key(login, name)) is None:
            raise NotFound("unknown_session")
        self._store.delete(_key(login, name))

    def end_others(self, login: Login, *, keep: str | None) -> None:
        """End all sessions of a person but the one with the secret `keep` (LG-06)."""
        kept = _key_of(keep) if keep else None
        for stat in list(self._store.list(_prefix(login), after="")):
            if stat.key != kept:
                self._store.delete(stat.key)

    def sweep(self) -> int:
        """Remove sessions that began so long ago that they are over; how many. None is read."""
        oldest = _minute(
            self._clock.now() - max(self._longest(kept=kept) for kept in (False, True))
        )
        over = [
            stat.key
            for stat in self._store.list("sessions/", after="")
            if _is_old(stat.key, oldest)
        ]
        for key in over:
            self._store.delete(key)
        return len(over)

    def _is_over(self, session: Session, now: datetime) -> bool:
        if now > self.until(session):
            return True
        idle = timedelta(minutes=self._parameters()[SESSION_IDLE_MINUTES])
        return not self._is_kept(session) and now - session.seen_at > idle

    def until(self, session: Session) -> datetime:
        """When it ends in any case."""
        return session.began_at + self._longest(kept=self._is_kept(session))

    def _is_kept(self, session: Session) -> bool:
        return session.kept and self._parameters()[REMEMBER_DAYS] > 0

    def _longest(self, *, kept: bool) -> timedelta:
        now = self._parameters()
        return timedelta(days=now[REMEMBER_DAYS]) if kept else timedelta(hours=now[SESSION_HOURS])

    def _read(self, key: ObjectKey) -> Session | None:
        try:
            return Session.model_validate_json(self._store.read(key))
        except (NotFound, ValueError):
            return None

    def _keep(self, session: Session) -> None:
        key = _key(session.login, session.name)
        self._store.replace(key, session.model_dump_json().encode())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%d%H%M}"


def _prefix(login: Login) -> str:
    return f"sessions/{quote(login, safe='@-')}/"


def _key(login: Login, name: str) -> ObjectKey:
    return ObjectKey(f"{_prefix(login)}{name}")


def _key_of(secret: str) -> ObjectKey | None:
    """Where the session of a secret lies; None for what is none, whatever was sent in its place."""
    told = whose(secret, mark=_MARK)
    if told is None:
        return None
    name = f"{told[1]}.{_digest(secret)}"
    return _key(told[0], name) if _NAME.fullmatch(name) else None


def _is_old(key: str, oldest: str) -> bool:
    """Whether it began before that minute; what bears no minute is of an earlier program."""
    name = key.rpartition("/")[2]
    return not _NAME.fullmatch(name) or name < oldest
