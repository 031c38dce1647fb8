"""Accounts: guesses that arrive at once count like guesses one after another."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from records.errors import Refused
from records.identity import Login, UnitCode
from records.organisation import Organisation, Person, Unit
from services.accounts import LOCK_AFTER, Accounts
from storage.chains import StoredChains
from storage.memory_store import MemoryObjectStore
from wenshu.clock import SystemClock
from wenshu.identities import RandomIdentities

CLERK = Login("clerk")
UNIT = UnitCode("office")
OFFICE = Organisation(
    units=(Unit(code=UNIT, name="办公室"),),
    people=(Person(login=CLERK, name="甲一", unit=UNIT),),
)
RIGHT = "Abc#12345"


class PlainHasher:
    """Keeps passwords as they are, and lets something happen while one is compared."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], None] | None = None

    def hash(self, password: str) -> str:
        return password

    def fits(self, password: str, hashed: str) -> bool:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()
        return password == hashed


@pytest.mark.parametrize("failures", [0, LOCK_AFTER - 1])
def test_a_right_guess_is_refused_when_others_locked_the_account_meanwhile(failures: int) -> None:
    hasher = PlainHasher()
    accounts = Accounts(
        StoredChains(MemoryObjectStore()), hasher, RandomIdentities(), SystemClock()
    )
    accounts.open(CLERK, RIGHT)

    def guess(times: int) -> None:
        for _ in range(times):
            with suppress(Refused):
                accounts.verify(CLERK, "wrong", OFFICE)

    guess(failures)
    hasher.meanwhile = lambda: guess(LOCK_AFTER - failures)
    with pytest.raises(Refused) as refused:
        accounts.verify(CLERK, RIGHT, OFFICE)
    assert refused.value.reason == "account_locked"


def test_a_right_password_clears_the_failures_before_it() -> None:
    accounts = Accounts(
        StoredChains(MemoryObjectStore()), PlainHasher(), RandomIdentities(), SystemClock()
    )
    accounts.open(CLERK, RIGHT)
    for _ in range(2):
        for _ in range(LOCK_AFTER - 1):
            with pytest.raises(Refused):
                accounts.verify(CLERK, "wrong", OFFICE)
        assert accounts.verify(CLERK, RIGHT, OFFICE).failures == 0
