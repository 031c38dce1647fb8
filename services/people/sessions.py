"""Sessions: a signed-in person's tokens, their list and their end (LG-13).

A session lives in the store under the digest of its secret, so that a stolen store opens nothing.
It may be lost without harm (its owner signs in again), so it is replaced in place.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from records.errors import NotFound, Refused
from records.identity import Login, ObjectKey
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.object_store import ObjectStore

IDLE = timedelta(minutes=30)
"""A session ends after so long without a request (features.md C3.10)."""

LONGEST = timedelta(hours=12)
"""And after so long in any case: one working day."""

_TOUCH = timedelta(minutes=1)

SESSION_COOKIE = "wenshu_session"
"""Under this name browsers keep the secret."""


class Session(BaseModel):
    """A signed-in person at one place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: str
    login: Login
    began_at: datetime
    seen_at: datetime
    client: str
    restricted: bool
    """Opened with a one-time code, or a password that somebody else set: good for setting a
    password and nothing else (LG-04)."""


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, store: ObjectStore, identities: Identities, clock: Clock) -> None:
        self._store = store
        self._identities = identities
        self._clock = clock

    def open(self, login: Login, *, client: str, restricted: bool) -> str:
        """A new session; returns its secret, which is not kept."""
        secret = self._identities.secret()
        now = self._clock.now()
        session = Session(
            digest=_digest(secret),
            login=login,
            began_at=now,
            seen_at=now,
            client=client[:200],
            restricted=restricted,
        )
        self._keep(session)
        return secret

    def find(self, secret: str) -> Session:
        """The live session; keeps it alive. Raises Refused (``session_expired``)."""
        session = self._read(_digest(secret))
        now = self._clock.now()
        if session is None or self._is_over(session, now):
            raise Refused("session_expired")
        if now - session.seen_at > _TOUCH:
            self._keep(session.model_copy(update={"seen_at": now}))
        return session

    def of(self, login: Login) -> list[Session]:
        """Live sessions of a person, latest first."""
        now = self._clock.now()
        live = [s for s in self._all() if s.login == login and not self._is_over(s, now)]
        return sorted(live, key=lambda session: session.seen_at, reverse=True)

    def end(self, secret: str) -> None:
        """Sign out."""
        self._store.delete(_key(_digest(secret)))

    def end_by_digest(self, login: Login, digest: str) -> None:
        """End one of a person's own sessions. Raises NotFound when it is not his."""
        session = self._read(digest) if digest.isalnum() else None
        if session is None or session.login != login:
            raise NotFound("unknown_session")
        self._store.delete(_key(digest))

    def end_others(self, login: Login, *, keep: str | None) -> None:
        """End all sessions of a person but the one with the secret `keep` (LG-06)."""
        kept = _digest(keep) if keep else None
        for session in self._all():
            if session.login == login and session.digest != kept:
                self._store.delete(_key(session.digest))

    def sweep(self) -> int:
        """Remove sessions that are over; how many."""
        now = self._clock.now()
        over = [session for session in self._all() if self._is_over(session, now)]
        for session in over:
            self._store.delete(_key(session.digest))
        return len(over)

    def _is_over(self, session: Session, now: datetime) -> bool:
        return now - session.seen_at > IDLE or now - session.began_at > LONGEST

    def _all(self) -> Iterator[Session]:
        for stat in self._store.list("sessions/", after=""):
            session = self._read(stat.key.removeprefix("sessions/"))
            if session is not None:
                yield session

    def _read(self, digest: str) -> Session | None:
        try:
            return Session.model_validate_json(self._store.read(_key(digest)))
        except (NotFound, ValueError):
            return None

    def _keep(self, session: Session) -> None:
        self._store.replace(_key(session.digest), session.model_dump_json().encode())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(digest: str) -> ObjectKey:
    return ObjectKey(f"sessions/{digest}")
