"""Refreshes are shared: few of them, and yet every writer sees what he wrote."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from indexers.elasticsearch_index.refreshes import Refreshes

WRITERS = 40


def run(*actions: Callable[[], object]) -> None:
    threads = [Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_who_comes_while_a_refresh_runs_shares_the_next_one() -> None:
    begun, go_on = Event(), Event()
    count = 0

    def refresh() -> None:
        nonlocal count
        count += 1
        begun.set()
        assert go_on.wait(30)

    refreshes = Refreshes(refresh)
    waiting: list[Thread] = [Thread(target=refreshes.show)]
    waiting[0].start()
    assert begun.wait(30)
    waiting += [Thread(target=refreshes.show) for _ in range(WRITERS)]
    for thread in waiting[1:]:
        thread.start()
    while len(refreshes._turn._waiters) < WRITERS:  # type: ignore[attr-defined]
        Event().wait(0.001)
    go_on.set()
    for thread in waiting:
        thread.join(timeout=30)
    assert count == 2


def test_everybody_sees_what_he_wrote_before() -> None:
    written: list[int] = []
    visible: set[int] = set()
    unseen: list[int] = []

    def refresh() -> None:
        shown = list(written)
        Event().wait(0.002)
        visible.update(shown)

    refreshes = Refreshes(refresh)

    def writer(number: int) -> None:
        for turn in range(10):
            mine = number * 100 + turn
            written.append(mine)
            refreshes.show()
            if mine not in visible:
                unseen.append(mine)

    run(*(lambda number=number: writer(number) for number in range(WRITERS)))
    assert unseen == []
    assert len(visible) == WRITERS * 10


def test_a_refresh_that_fails_is_told_to_him_who_ran_it_and_tried_again_by_the_next() -> None:
    faults = [OSError("down"), None]

    def refresh() -> None:
        if fault := faults.pop(0):
            raise fault

    refreshes = Refreshes(refresh)
    with pytest.raises(OSError, match="down"):
        refreshes.show()
    refreshes.show()
    assert faults == []
