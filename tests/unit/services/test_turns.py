"""Turns: bounded, fair, and told at once when there is no room."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import Refused, Unavailable
from services.asker import Asker
from services.turns import LONGEST_REST_S, Share, Turn, Turns


class Time:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def queued(turns: Turns, begun: list[Turn], *askers: str) -> list[Turn]:
    """These askers, one after another; each is put into `begun` when its turn comes."""
    found = []
    for asker in askers:
        turn = turns.arrive(asker)
        turn.wish(lambda turn=turn: begun.append(turn))  # type: ignore[misc]
        found.append(turn)
    return found


def names(turns: list[Turn]) -> str:
    return "".join(turn.asker for turn in turns)


def test_no_more_are_at_work_than_the_share_says_and_the_next_begins_when_one_ends() -> None:
    begun: list[Turn] = []
    first, *_ = queued(Turns(Share(2, 2, 9, 9)), begun, "a", "b", "c")
    assert names(begun) == "ab"
    first.leave()
    assert names(begun) == "abc"


def test_whoever_rests_makes_room_for_work_and_keeps_his_place() -> None:
    turns, begun = Turns(Share(1, 1, 9, 1)), list[Turn]()
    first, _ = queued(turns, begun, "a", "b")
    first.rest()
    first.rest()
    assert names(begun) == "ab"
    with pytest.raises(Refused):
        turns.arrive("a")
    first.leave()
    queued(turns, begun, "a")
    begun[1].leave()
    assert names(begun) == "aba"


def test_one_asker_never_has_more_at_work_than_his_share() -> None:
    begun: list[Turn] = []
    queued(Turns(Share(4, 2, 9, 9)), begun, "a", "a", "a", "b")
    assert names(begun) == "aab"


def test_a_newcomer_comes_before_all_who_wait_for_their_second_turn() -> None:
    turns, begun = Turns(Share(1, 1, 99, 99)), list[Turn]()
    queued(turns, begun, "a", "a", "a", "a", "b")
    begun[0].leave()
    assert names(begun) == "ab"


def test_whoever_used_little_lately_comes_before_whoever_used_much() -> None:
    time = Time()
    turns, begun = Turns(Share(1, 1, 99, 99), now_s=time), list[Turn]()
    queued(turns, begun, "a", "b", "a", "b", "a")
    for spent in (0.4, 0.01, 0.01, 0.01):
        time.now += spent
        begun[-1].leave()
    assert names(begun) == "abbaa"


def test_those_who_used_much_take_turns_whatever_was_before() -> None:
    time = Time()
    turns, begun = Turns(Share(1, 1, 99, 99), now_s=time), list[Turn]()
    for _ in range(100):  # a is busy while nobody else is there
        queued(turns, begun, "a")
        time.now += 0.1
        begun[-1].leave()
    begun.clear()
    queued(turns, begun, *"bbbbccccaaaa")
    for _ in range(11):
        time.now += 2
        begun[-1].leave()

    assert all("a" in names(begun)[at : at + 3] for at in range(1, 9))


def test_a_crowd_that_fills_the_house_leaves_room_for_whoever_is_not_there() -> None:
    turns = Turns(Share(1, 1, 4, 4))
    for _ in range(4):
        turns.arrive("a")
    for newcomer in "bcdefghijklm":
        turns.arrive(newcomer)
        with pytest.raises(Unavailable):
            turns.arrive(newcomer)
    with pytest.raises(Unavailable):
        turns.arrive("n")


def test_an_asker_with_all_he_may_have_is_told_when_to_come_again() -> None:
    turns = Turns(Share(1, 1, 99, 2))
    turns.arrive("a")
    turns.arrive("a")
    with pytest.raises(Refused) as refused:
        turns.arrive("a")
    assert refused.value.reason == "too_many_at_once"
    assert 1 <= int(str(refused.value.facts["wait_s"])) <= LONGEST_REST_S
    turns.arrive("b")


def test_a_full_queue_is_told_at_once_and_has_room_again_when_somebody_left() -> None:
    turns = Turns(Share(1, 1, 2, 2))
    first, _ = turns.arrive("a"), turns.arrive("b")
    with pytest.raises(Unavailable) as busy:
        turns.arrive("b")
    assert busy.value.reason == "busy"
    first.leave()
    turns.arrive("b")


def test_whoever_leaves_while_he_waits_is_not_served() -> None:
    turns, begun = Turns(Share(1, 1, 9, 9)), list[Turn]()
    at_work, gone, _ = queued(turns, begun, "a", "b", "c")
    gone.leave()
    gone.leave()
    at_work.leave()
    assert names(begun) == "ac"


def test_a_thread_waits_for_its_turn_no_longer_than_its_patience() -> None:
    turns = Turns(Share(1, 1, 9, 9))
    with turns.taken(Asker("a"), patience_s=0):
        with pytest.raises(Unavailable) as busy, turns.taken(Asker("b"), patience_s=0):
            pass
        assert busy.value.reason == "busy"
    with turns.taken(Asker("b"), patience_s=0):
        pass


def test_a_thread_whose_asker_has_gone_waits_no_more() -> None:
    turns, gone = Turns(Share(1, 1, 9, 9)), Asker("b")
    with turns.taken(Asker("a"), patience_s=0):
        gone.gone.set()
        with pytest.raises(Unavailable), turns.taken(gone, patience_s=3600):
            pass


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=60))
def test_whatever_comes_and_goes_the_bounds_hold_and_all_who_stay_are_served(
    steps: list[tuple[str, bool]],
) -> None:
    share = Share(at_work=2, at_work_each=1, present=6, present_each=3)
    turns, here, begun = Turns(share), list[Turn](), list[Turn]()
    for asker, comes in steps:
        if comes:
            try:
                here += queued(turns, begun, asker)
            except (Refused, Unavailable):
                assert len(here) >= 6 or sum(t.asker == asker for t in here) == 3
        elif here:
            here.pop(0).leave()
        at_work = [turn for turn in here if turn in begun]
        assert len(at_work) <= 2
        assert len({turn.asker for turn in at_work}) == len(at_work)
        assert len(at_work) == min(2, len({turn.asker for turn in here}))
    while here:
        served = [turn for turn in here if turn in begun]
        assert served
        for turn in served:
            here.remove(turn)
            turn.leave()


def test_threads_in_great_number_are_never_more_at_work_than_allowed() -> None:
    turns, lock, at_work, most = Turns(Share(3, 2, 99, 99)), threading.Lock(), 0, 0

    def work(asker: str) -> None:
        nonlocal at_work, most
        for _ in range(50):
            with turns.taken(Asker(asker), patience_s=30):
                with lock:
                    at_work += 1
                    most = max(most, at_work)
                with lock:
                    at_work -= 1

    threads = [threading.Thread(target=work, args=(str(n % 4),)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most <= 3
