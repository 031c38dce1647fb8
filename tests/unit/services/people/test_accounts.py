"""Accounts: guesses that arrive at once, old chains, unknown logins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from records.errors import Refused
from records.identity import Login, UnitCode
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from services.people.accounts import Accounts
from services.people.devices import Devices, Origin
from services.people.sign_in_guard import SignInGuard
from storage.chains import StoredChains
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities
from wenshu.system.rate_limiters import WindowRateLimiter

CLERK = Login("clerk")
UNIT = UnitCode("office")
OFFICE = Organisation(
    units=(Unit(code=UNIT, name="办公室"),),
    people=(Person(login=CLERK, name="甲一", unit=UNIT),),
)
RIGHT = "Abc#12345"
HERE = Origin("10.0.0.1")


class PlainHasher:
    """Keeps passwords as they are, and counts how often one is compared."""

    def __init__(self) -> None:
        self.compared = 0
        self.cost = 1

    def hash(self, password: str) -> str:
        return f"{self.cost}:{password}"

    def hash_random(self, secret: str) -> str:
        return f"{self.cost}:{secret}"

    def fits(self, password: str, stored: str) -> bool:
        self.compared += 1
        return password == stored.partition(":")[2]

    def is_outdated(self, stored: str) -> bool:
        return not stored.startswith(f"{self.cost}:")


Rig = tuple[Accounts, PlainHasher, MemoryObjectStore]


@pytest.fixture
def rig() -> Rig:
    store, hasher, clock = MemoryObjectStore(), PlainHasher(), SystemClock()
    guard = SignInGuard(WindowRateLimiter.in_process(), Devices(StoredClaims(store), clock))
    accounts = Accounts(StoredChains(store), hasher, RandomIdentities(), clock, guard)
    accounts.open(CLERK, RIGHT)
    return accounts, hasher, store


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason


def test_of_forty_guesses_sent_at_once_five_are_compared(rig: Rig) -> None:
    accounts, hasher, _ = rig

    def guess(_: int) -> str:
        return reason(lambda: accounts.verify(CLERK, "wrong", OFFICE, origin=HERE))

    with ThreadPoolExecutor(16) as threads:
        told = list(threads.map(guess, range(40)))
    assert hasher.compared == 5
    assert told.count("wrong_password") <= 4


def test_an_unknown_login_is_answered_and_compared_like_a_known_one(rig: Rig) -> None:
    accounts, hasher, _ = rig
    told = []
    for login in (CLERK, Login("nobody")):
        before = hasher.compared
        told.append(
            [
                reason(lambda who=login: accounts.verify(who, "wrong", OFFICE, origin=HERE))  # type: ignore[misc]
                for _ in range(7)
            ]
        )
        assert hasher.compared == before + 5
    assert told[0] == told[1] == ["wrong_password"] * 4 + ["account_locked"] * 3


def test_a_failure_writes_nothing_into_the_account(rig: Rig) -> None:
    accounts, _, store = rig
    before = [stat.key for stat in store.list("chains/", after="")]
    reason(lambda: accounts.verify(CLERK, "wrong", OFFICE, origin=HERE))
    assert [stat.key for stat in store.list("chains/", after="")] == before


def test_an_account_that_an_earlier_program_locked_is_read(rig: Rig) -> None:
    accounts, _, store = rig
    chains = StoredChains(store)
    link = chains.latest(f"accounts/{CLERK}")
    assert link is not None
    text = link.value.decode().replace(
        '"must_change":',
        '"failures":5,"locked_until":"2026-11-29T10:00:00Z","must_change":',
    )
    chains.append(f"accounts/{CLERK}", 2, text.replace('"set"', '"failed"').encode())
    assert accounts.verify(CLERK, RIGHT, OFFICE, origin=HERE).login == CLERK


def test_a_password_is_kept_at_the_cost_of_today_from_the_next_sign_in_on(rig: Rig) -> None:
    accounts, hasher, _ = rig
    hasher.cost = 2
    before = accounts.verify(CLERK, RIGHT, OFFICE, origin=HERE)
    assert before.password_hash == f"1:{RIGHT}"
    after = accounts.verify(CLERK, RIGHT, OFFICE, origin=HERE)
    assert after == before.model_copy(update={"password_hash": f"2:{RIGHT}"})


def test_a_wrong_password_changes_no_hash(rig: Rig) -> None:
    accounts, hasher, store = rig
    hasher.cost = 2
    written = list(store.list("chains/", after=""))
    assert reason(lambda: accounts.verify(CLERK, "wrong", OFFICE, origin=HERE)) == "wrong_password"
    assert list(store.list("chains/", after="")) == written


def test_who_has_an_account_is_told_for_several_at_once(rig: Rig) -> None:
    accounts, _, _ = rig
    assert accounts.opened([Login("nobody"), CLERK]) == {CLERK}
    assert accounts.exists(CLERK)
    assert not accounts.exists(Login("nobody"))
