"""Sessions: how long one lives, and who may end it."""

from datetime import UTC, datetime, timedelta

import pytest

from records.errors import NotFound, Refused
from records.identity import Login
from services.people.sessions import IDLE, LONGEST, Sessions
from storage.memory_store import MemoryObjectStore
from wenshu.identities import RandomIdentities

WHO, OTHER = Login("clerk"), Login("other")


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def sessions(clock: SetClock) -> Sessions:
    return Sessions(MemoryObjectStore(), RandomIdentities(), clock)


@pytest.mark.feature("LG-13")
def test_a_session_without_requests_ends(sessions: Sessions, clock: SetClock) -> None:
    secret = sessions.open(WHO, client="test", restricted=False)
    clock.move(IDLE)
    assert sessions.find(secret).login == WHO
    clock.move(IDLE + timedelta(seconds=1))
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(secret)


@pytest.mark.feature("LG-13")
def test_a_session_in_use_ends_after_a_working_day_all_the_same(
    sessions: Sessions, clock: SetClock
) -> None:
    secret = sessions.open(WHO, client="test", restricted=False)
    step = timedelta(minutes=20)
    for _ in range(int(LONGEST / step)):
        clock.move(step)
        sessions.find(secret)
    clock.move(step)
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(secret)


def test_a_sweep_removes_what_is_over_and_nothing_else(sessions: Sessions, clock: SetClock) -> None:
    sessions.open(WHO, client="old", restricted=False)
    clock.move(IDLE + timedelta(minutes=1))
    fresh = sessions.open(WHO, client="new", restricted=False)
    assert sessions.sweep() == 1
    assert sessions.find(fresh).client == "new"


def test_nobody_ends_the_session_of_another(sessions: Sessions) -> None:
    secret = sessions.open(WHO, client="test", restricted=False)
    digest = sessions.find(secret).digest
    with pytest.raises(NotFound):
        sessions.end_by_digest(OTHER, digest)
    with pytest.raises(NotFound):
        sessions.end_by_digest(WHO, "../../claims")
    assert sessions.find(secret).login == WHO
    sessions.end_by_digest(WHO, digest)
    assert sessions.of(WHO) == []
