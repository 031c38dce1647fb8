"""Guesses are slowed down; nobody is kept out by somebody else's; unknown logins look alike."""

from collections import Counter
from collections.abc import Sequence

import pytest

from records.errors import Refused
from records.identity import Login
from records.ports.rate_limiter import Rate
from services.people.devices import MOST, Devices, Origin
from services.people.sign_in_guard import OF_ONE_ADDRESS, SignInGuard
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from wenshu.system.clock import SystemClock

OF_ONE_LOGIN = 15
"""Failures of one login from all unknown places, where five from one place lock it."""
ALICE = Login("alice")
HOME = Origin("10.0.0.1")


class EndlessWindows:
    """Counts, and never forgets by itself: time stands still."""

    def __init__(self) -> None:
        self.counted: Counter[tuple[str, Rate]] = Counter()

    def count(self, name: str, rates: Sequence[Rate]) -> float:
        full = self.wait_s(name, rates)
        if not full:
            self.counted.update((name, rate) for rate in rates)
        return full

    def wait_s(self, name: str, rates: Sequence[Rate]) -> float:
        full = [rate.within_s for rate in rates if self.counted[name, rate] >= rate.most]
        return float(max(full, default=0))

    def forget(self, name: str, rates: Sequence[Rate]) -> None:
        for rate in rates:
            self.counted.pop((name, rate), None)


@pytest.fixture
def devices() -> Devices:
    return Devices(StoredClaims(MemoryObjectStore()), SystemClock())


@pytest.fixture
def guard(devices: Devices) -> SignInGuard:
    return SignInGuard(EndlessWindows(), devices)


def fails(guard: SignInGuard, login: Login, origin: Origin) -> str:
    """One wrong password; the reason that is told."""
    try:
        guard.failed(guard.admit(login, origin))
    except Refused as refused:
        return refused.reason
    return "wrong_password"


@pytest.mark.feature("LG-13")
def test_the_fifth_failure_from_one_place_makes_it_wait_and_the_right_password_too(
    guard: SignInGuard,
) -> None:
    told = [fails(guard, ALICE, HOME) for _ in range(6)]
    assert told == ["wrong_password"] * 4 + ["account_locked"] * 2
    with pytest.raises(Refused) as refused:
        guard.admit(ALICE, HOME)
    assert refused.value.facts == {"minutes": 15, "wait_s": 900}


def test_a_right_password_begins_the_count_anew(guard: SignInGuard) -> None:
    for _ in range(3):
        for _ in range(4):
            assert fails(guard, ALICE, HOME) == "wrong_password"
        guard.passed(guard.admit(ALICE, HOME))


def test_guesses_that_are_sent_at_once_count_before_they_are_compared(guard: SignInGuard) -> None:
    for _ in range(5):
        guard.admit(ALICE, HOME)
    with pytest.raises(Refused):
        guard.admit(ALICE, HOME)


def test_guesses_elsewhere_keep_nobody_out_at_home(guard: SignInGuard) -> None:
    for _ in range(10):
        fails(guard, ALICE, Origin("10.9.9.9"))
    guard.passed(guard.admit(ALICE, HOME))


@pytest.mark.feature("AQ-08")
def test_guesses_from_everywhere_slow_strangers_and_never_a_known_device(
    guard: SignInGuard, devices: Devices
) -> None:
    devices.remember(ALICE, "secret")
    most = OF_ONE_LOGIN
    for number in range(most):
        fails(guard, ALICE, Origin(f"10.9.9.{number}"))
    with pytest.raises(Refused):
        guard.admit(ALICE, Origin("10.8.8.8"))
    with pytest.raises(Refused):
        guard.admit(ALICE, Origin("10.8.8.8", "no secret of hers"))
    guard.passed(guard.admit(ALICE, Origin("10.8.8.8", "secret")))


def test_guesses_at_her_own_device_are_bounded_too(guard: SignInGuard, devices: Devices) -> None:
    devices.remember(ALICE, "secret")
    told = [fails(guard, ALICE, Origin("10.0.0.1", "secret")) for _ in range(6)]
    assert told[4:] == ["account_locked"] * 2


def test_a_device_of_one_person_is_no_device_of_another(
    guard: SignInGuard, devices: Devices
) -> None:
    devices.remember(ALICE, "secret")
    assert not guard.admit(Login("bob"), Origin("10.0.0.1", "secret")).is_known_device


@pytest.mark.feature("AQ-08")
def test_four_guesses_on_each_of_all_logins_end_at_the_bound_of_the_address(
    guard: SignInGuard,
) -> None:
    most = OF_ONE_ADDRESS[0].most
    told = [fails(guard, Login(f"p{n // 4}"), HOME) for n in range(most + 8)]
    assert told == ["wrong_password"] * most + ["account_locked"] * 8
    assert fails(guard, ALICE, Origin("10.0.0.2")) == "wrong_password"


def test_an_account_that_was_set_anew_is_open_to_new_places_again(guard: SignInGuard) -> None:
    for number in range(OF_ONE_LOGIN):
        fails(guard, ALICE, Origin(f"10.9.9.{number}"))
    guard.forget(ALICE)
    guard.passed(guard.admit(ALICE, HOME))


def test_so_many_devices_are_kept_and_the_newest_are_among_them(devices: Devices) -> None:
    for number in range(MOST + 3):
        devices.remember(ALICE, f"secret {number}")
    known = [devices.knows(ALICE, f"secret {number}") for number in range(MOST + 3)]
    assert known == [False] * 3 + [True] * MOST
    assert not devices.knows(ALICE, "")


@pytest.mark.parametrize("login", ["", "..", "a/../b", "/etc", "文" * 200])
def test_what_can_be_no_login_fails_like_any_other_from_a_device_too(
    guard: SignInGuard, login: str
) -> None:
    reasons = [fails(guard, Login(login), Origin("10.0.0.1", device="x")) for _ in range(6)]
    assert reasons == ["wrong_password"] * 4 + ["account_locked"] * 2
