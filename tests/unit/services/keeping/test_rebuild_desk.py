"""A rebuild is asked for by anybody and done once, by a process that may write."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from records.errors import Unavailable
from records.identity import Login
from services.keeping.rebuild_desk import NOTE, SILENT, RebuildDesk, RebuildState
from storage.memory_store import MemoryObjectStore
from tests.clocks import SetClock

WHO = Login("admin")


class Rig:
    """A desk over a store; what it does is set by the test."""

    def __init__(self) -> None:
        self.store, self.clock = MemoryObjectStore(), SetClock()
        self.runs = self.given_up = 0
        self.batches: Callable[[], Iterator[int]] = lambda: iter((500, 800))
        self.desk = self.another()

    def another(self) -> RebuildDesk:
        """The desk of another process on the same store."""
        return RebuildDesk(self.store, self.clock, self)

    def run(self) -> Iterator[int]:
        """Implements `Rebuilding`."""
        self.runs += 1
        return self.batches()

    def give_up(self) -> None:
        """Implements `Rebuilding`."""
        self.given_up += 1


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_nothing_is_done_before_it_is_asked_for(rig: Rig) -> None:
    assert rig.desk.progress().state is RebuildState.NONE
    assert not rig.desk.tend()
    assert rig.runs == 0


def test_what_one_process_asks_for_another_does_once(rig: Rig) -> None:
    assert rig.another().ask(WHO).state is RebuildState.ASKED
    assert rig.desk.tend()
    assert not rig.desk.tend()
    done = rig.another().progress()
    assert (done.state, done.done, done.by, rig.runs) == (RebuildState.DONE, 800, WHO, 1)


def test_how_far_it_is_can_be_read_meanwhile(rig: Rig) -> None:
    seen = []

    def batches() -> Iterator[int]:
        for done in (300, 700):
            yield done
            noted = rig.another().progress()
            seen.append((noted.state, noted.done, noted.total))

    rig.desk.ask(WHO)
    rig.desk.tend()
    rig.batches = batches
    rig.desk.ask(WHO)
    rig.desk.tend()
    assert seen == [(RebuildState.RUNNING, 300, 800), (RebuildState.RUNNING, 700, 800)]
    assert rig.desk.progress().total == 700


def test_to_ask_while_one_is_open_asks_for_no_other(rig: Rig) -> None:
    first = rig.desk.ask(WHO)
    rig.clock.at += timedelta(seconds=30)
    assert rig.desk.ask(Login("other")) == first


def test_a_process_that_may_not_write_leaves_it_to_one_that_may(rig: Rig) -> None:
    def elsewhere() -> Iterator[int]:
        raise Unavailable("writer_elsewhere")

    rig.desk.ask(WHO)
    rig.batches = elsewhere
    assert not rig.desk.tend()
    assert rig.desk.progress().state is RebuildState.ASKED


def test_why_it_failed_is_told_and_it_may_be_asked_for_again(rig: Rig) -> None:
    def fails() -> Iterator[int]:
        yield 500
        raise Unavailable("index_not_written")

    rig.desk.ask(WHO)
    rig.batches = fails
    with pytest.raises(Unavailable, match="index_not_written"):
        rig.desk.tend()
    failed = rig.desk.progress()
    assert (failed.state, failed.done) == (RebuildState.FAILED, 500)
    assert failed.reason == "index_not_written"
    assert rig.desk.ask(WHO).state is RebuildState.ASKED


def test_one_whose_process_was_killed_is_over_when_it_has_been_silent(rig: Rig) -> None:
    def killed() -> Iterator[int]:
        yield 500
        raise KeyboardInterrupt

    rig.desk.ask(WHO)
    rig.batches = killed
    with pytest.raises(KeyboardInterrupt):
        rig.desk.tend()
    assert rig.desk.progress().state is RebuildState.RUNNING
    rig.clock.at += SILENT + timedelta(seconds=1)
    assert (rig.desk.progress().state, rig.desk.progress().reason) == ("failed", "broken_off")


def test_a_note_that_cannot_be_read_is_none(rig: Rig) -> None:
    rig.store.replace(NOTE, b"torn")
    assert rig.desk.progress().state is RebuildState.NONE


def test_whoever_closes_gives_up_what_runs(rig: Rig) -> None:
    rig.desk.give_up()
    assert rig.given_up == 1
