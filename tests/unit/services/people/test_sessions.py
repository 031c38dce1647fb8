"""Sessions: how long one lives, and who may end it."""

from datetime import UTC, datetime, timedelta

import pytest

from records.errors import NotFound, Refused
from records.identity import Login, ObjectKey
from records.parameters.catalogue import REMEMBER_DAYS
from services.people.sessions import Sessions
from storage.memory_store import MemoryObjectStore
from tests.counting import CountingObjectStore
from wenshu.system.identities import RandomIdentities

WHO, OTHER = Login("clerk"), Login("other")

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)


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
def store() -> CountingObjectStore:
    return CountingObjectStore(MemoryObjectStore())


@pytest.fixture
def sessions(clock: SetClock, store: CountingObjectStore) -> Sessions:
    return Sessions(store, RandomIdentities(), clock)


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
    clock.move(timedelta(days=REMEMBER_DAYS.default, minutes=1))
    fresh = sessions.open(WHO, client="new", restricted=False)
    assert sessions.sweep() == 1
    assert sessions.find(fresh).client == "new"


def test_nobody_ends_the_session_of_another(sessions: Sessions) -> None:
    secret = sessions.open(WHO, client="test", restricted=False)
    name = sessions.find(secret).name
    with pytest.raises(NotFound):
        sessions.end_by_name(OTHER, name)
    with pytest.raises(NotFound):
        sessions.end_by_name(WHO, "../../claims")
    assert sessions.find(secret).login == WHO
    sessions.end_by_name(WHO, name)
    assert sessions.of(WHO) == []


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "...",
        "a.b.c.d",
        "wss.Li4.202611230100.x",
        "wss.L2V0Yw.202611230100.x",
        "wss.YQ.2026.x",
        "wst.YQ.202611230100.x",
        "\udc00.1.2.3",
        "wss.%.1.2",
    ],
)
def test_what_is_no_secret_opens_nothing_and_reads_nothing_else(
    sessions: Sessions, store: CountingObjectStore, secret: str
) -> None:
    with store.counted() as calls, pytest.raises(Refused, match="session_expired"):
        sessions.find(secret)
    assert len(calls) == 0
    sessions.end(secret)


def test_a_secret_of_one_person_opens_no_session_of_another(sessions: Sessions) -> None:
    secret = sessions.open(WHO, client="test", restricted=False)
    mark, owner, *_ = sessions.open(OTHER, client="test", restricted=False).split(".")
    with pytest.raises(Refused, match="session_expired"):
        sessions.find(".".join([mark, owner, *secret.split(".")[2:]]))


def test_sessions_of_many_others_are_not_read(
    sessions: Sessions, store: CountingObjectStore
) -> None:
    secret = sessions.open(WHO, client="mine", restricted=False)
    for number in range(50):
        sessions.open(Login(f"other{number}"), client="test", restricted=False)
    with store.counted() as calls:
        assert [each.client for each in sessions.of(WHO)] == ["mine"]
    assert [call for call, _ in calls] == ["list", "read"]
    with store.counted() as calls:
        sessions.end_others(WHO, keep=secret)
        assert sessions.sweep() == 0
    assert [call for call, _ in calls] == ["list", "list"]
    assert len(sessions.of(WHO)) == 1


def test_the_name_of_a_login_in_any_script_is_found_again(sessions: Sessions) -> None:
    who = Login("王敏")
    secret = sessions.open(who, client="test", restricted=False)
    assert sessions.find(secret).login == who
    assert len(sessions.of(who)) == 1


def test_what_an_earlier_program_left_is_swept(
    sessions: Sessions, store: CountingObjectStore
) -> None:
    store.replace(ObjectKey("sessions/" + "0" * 64), b"{}")
    assert sessions.sweep() == 1
