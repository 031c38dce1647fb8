"""Parts are tried side by side: one that hangs is told of and hangs nobody."""

import time
from collections.abc import Iterator
from threading import Event

import pytest

from records.errors import Unavailable, WenshuError
from services.keeping.probing import FRESH_S, PartProber, Probe
from tests.waiting import until


@pytest.fixture
def thawed() -> Iterator[Event]:
    event = Event()
    yield event
    event.set()


def hanging(thawed: Event, begun: list[float]) -> Probe:
    def fault() -> WenshuError | None:
        begun.append(time.monotonic())
        thawed.wait(30)
        return None

    return Probe("store", fault)


def test_a_part_that_hangs_is_told_of_and_the_others_are_tried(thawed: Event) -> None:
    down = Unavailable("queue_down")
    probing = PartProber([hanging(thawed, []), Probe("queue", lambda: down)], patience_s=0.1)
    began = time.monotonic()
    store, queue = probing.parts()
    while queue.fault is not down:  # on a busy machine its turn may come after the patience
        assert time.monotonic() - began < 20, "one part hangs the other"
        store, queue = probing.parts()
    assert time.monotonic() - began < 25
    assert store.fault is not None
    assert store.fault.reason == "part_silent"


def test_a_trial_that_hangs_is_waited_for_and_not_begun_again(thawed: Event) -> None:
    begun: list[float] = []
    probing = PartProber([hanging(thawed, begun)], patience_s=0.05)
    for _ in range(5):
        probing.parts()
    assert len(begun) == 1
    thawed.set()
    until(lambda: probing.parts()[0].fault is None, "it stays down")


def test_what_was_found_stands_for_a_moment_however_many_ask() -> None:
    now, tried = 0.0, 0

    def fault() -> None:
        nonlocal tried
        tried += 1

    probing = PartProber([Probe("store", fault)], now_s=lambda: now)
    for at, expected in ((0.0, 1), (FRESH_S / 2, 1), (FRESH_S, 2)):
        now = at
        assert probing.parts()[0].fault is None
        assert tried == expected
