"""Every process knows who has subscribed to what, also where a writer died half-way."""

from datetime import timedelta

import pytest

from records.identity import Login
from services.standing.subscriptions import Subscription, SubscriptionBook, When
from storage.chains import StoredChains
from storage.memory_store import MemoryObjectStore
from tests.clocks import NOW, SetClock

LI, WANG = Login("li"), Login("wang")


def one(target: str, when: When = When.AT_ONCE) -> Subscription:
    return Subscription(target=target, name=target, asks=f"q={target}", when=when, since=NOW)


class Rig:
    def __init__(self) -> None:
        self.chains, self.clock = StoredChains(MemoryObjectStore()), SetClock()
        self.mine, self.others = self.book(), self.book()

    def book(self) -> SubscriptionBook:
        return SubscriptionBook(self.chains, self.clock)

    def known(self) -> dict[Login, list[str]]:
        """What the other process knows."""
        standing = self.others.all()
        return {login: [each.target for each in own] for login, own in standing.items()}


@pytest.mark.feature("SS-06")
def test_another_process_knows_a_change_with_its_next_pass() -> None:
    rig = Rig()
    assert rig.known() == {}
    rig.mine.subscribe(LI, one("a"))
    assert rig.known() == {LI: ["a"]}
    before = rig.others.all()
    assert rig.others.all() is before
    rig.mine.subscribe(WANG, one("b"))
    rig.mine.subscribe(LI, one("c"))
    assert rig.known() == {LI: ["a", "c"], WANG: ["b"]}
    rig.mine.end(LI, "a")
    rig.mine.end(WANG, "b")
    assert rig.known() == {LI: ["c"]}
    assert rig.others.all() is not before


@pytest.mark.feature("SS-06")
def test_who_missed_more_changes_than_are_named_reads_all() -> None:
    rig = Rig()
    rig.mine.subscribe(LI, one("a"))
    assert rig.known() == {LI: ["a"]}
    rig.mine.end(LI, "a")
    for number in range(60):
        rig.mine.subscribe(Login(f"p{number}"), one("x"))
    assert len(rig.known()) == 60


@pytest.mark.feature("SS-06")
def test_a_change_whose_writer_died_is_known_an_hour_later_and_by_who_makes_it_again() -> None:
    rig = Rig()
    assert rig.known() == {}
    value = f"[{one('a').model_dump_json()}]".encode()
    rig.chains.append("subscriptions/li", 1, value)
    assert rig.known() == {}
    rig.clock.at += timedelta(hours=1)
    assert rig.known() == {LI: ["a"]}
    rig.chains.append("subscriptions/wang", 1, value)
    rig.mine.subscribe(WANG, one("a"))
    assert rig.known() == {LI: ["a"], WANG: ["a"]}


@pytest.mark.feature("SS-06")
def test_what_cannot_be_read_of_one_keeps_nobody_else_from_being_told() -> None:
    rig = Rig()
    rig.chains.append("subscriptions/li", 1, b'[{"target": 1}]')
    rig.mine.subscribe(WANG, one("b"))
    assert rig.known() == {WANG: ["b"]}
    assert rig.mine.of(LI) == ()


@pytest.mark.feature("SS-06")
def test_subscribed_again_it_stands_since_the_first_time() -> None:
    rig = Rig()
    rig.mine.subscribe(LI, one("a"))
    later = one("a", When.DAILY).model_copy(update={"since": NOW + timedelta(days=1)})
    rig.mine.subscribe(LI, later)
    (kept,) = rig.mine.of(LI)
    assert (kept.when, kept.since) == (When.DAILY, NOW)
