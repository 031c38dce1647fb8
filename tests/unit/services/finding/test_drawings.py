"""Drawings: equal ones joined, failures remembered, dropped when nobody waits."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from records.errors import Invalid, NotFound, Refused, Unavailable
from services.asker import ASKER, Asker
from services.finding.drawings import FAILED_S, Drawings, is_wanted
from services.turns import Share, Turns
from tests.waiting import until


def drawings(at_work: int = 2, present: int = 9) -> Drawings:
    return Drawings(Turns(Share(at_work, at_work, present, present)))


class Hand:
    """Draws when it is let, and counts how often it was asked."""

    def __init__(self) -> None:
        self.drawn = 0
        self.wanted: bool | None = None
        self.may_end = threading.Event()

    def draw(self) -> str:
        self.drawn += 1
        self.may_end.wait(10)
        self.wanted = is_wanted()
        return "a picture"


def as_asker(asker: Asker, house: Drawings, key: str, hand: Hand) -> str:
    ASKER.set(asker)
    return house.once(key, hand.draw, patience_s=10)


def begun(threads: ThreadPoolExecutor, asker: Asker, house: Drawings, hand: Hand) -> Future[str]:
    return threads.submit(as_asker, asker, house, "page 1", hand)


def test_however_many_ask_for_one_thing_it_is_drawn_once() -> None:
    house, hand = drawings(at_work=1), Hand()
    with ThreadPoolExecutor(8) as threads:
        asked = [begun(threads, Asker(str(n)), house, hand) for n in range(8)]
        until(lambda: hand.drawn == 1, "nothing happened", within_s=10)
        hand.may_end.set()
        assert [each.result() for each in asked] == ["a picture"] * 8
    assert hand.drawn == 1
    assert house.once("page 1", hand.draw, patience_s=10) == "a picture"
    assert hand.drawn == 2


def test_who_joins_gets_the_error_of_the_one_who_draws() -> None:
    house, hand = drawings(), Hand()

    def fail() -> str:
        hand.draw()
        raise NotFound("no_page")

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(house.once, "k", fail, patience_s=10) for _ in range(2)]
        until(lambda: hand.drawn == 1, "nothing happened", within_s=10)
        hand.may_end.set()
        for each in asked:
            with pytest.raises(NotFound):
                each.result()


def test_a_file_that_cannot_be_drawn_is_not_tried_again_for_a_while() -> None:
    now, tried = 0.0, 0
    house = Drawings(Turns(Share(1, 1, 1, 1)), now_s=lambda: now)

    def fail() -> str:
        nonlocal tried
        tried += 1
        raise Invalid("unreadable", why="timeout")

    for at, expected in ((0.0, 1), (FAILED_S - 1, 1), (FAILED_S + 1, 2)):
        now = at
        with pytest.raises(Invalid):
            house.once("bad", fail, patience_s=0)
        assert tried == expected
    assert house.once("good", lambda: 1, patience_s=0) == 1


@pytest.mark.parametrize(
    "error", [Unavailable("no_worker"), NotFound("no_page"), Invalid("unreadable", why="unwanted")]
)
def test_what_is_no_fault_of_the_file_is_tried_again(error: Exception) -> None:
    house, tried = drawings(), 0

    def fail() -> str:
        nonlocal tried
        tried += 1
        raise error

    for _ in range(2):
        with pytest.raises(type(error)):
            house.once("k", fail, patience_s=0)
    assert tried == 2


def test_a_drawing_is_wanted_until_the_last_who_waits_has_gone() -> None:
    house, hand, first, second = drawings(), Hand(), Asker("a"), Asker("b")
    seen: list[bool] = []

    def draw() -> str:
        hand.drawn += 1
        first.gone.wait(10)
        seen.append(is_wanted())
        second.gone.wait(10)
        seen.append(is_wanted())
        return ""

    def asked(asker: Asker) -> str:
        ASKER.set(asker)
        return house.once("k", draw, patience_s=10)

    with ThreadPoolExecutor(2) as threads:
        threads.submit(asked, first)
        until(lambda: hand.drawn == 1, "nothing happened", within_s=10)
        joined = threads.submit(asked, second)
        until(lambda: len(house._under_way["k"].askers) == 2, "nothing happened", within_s=10)
        first.gone.set()
        until(lambda: seen == [True], "nothing happened", within_s=10)
        second.gone.set()
        joined.exception(10)
    assert seen == [True, False]


def test_one_asker_never_has_all_who_draw() -> None:
    house, hands = Drawings.by(2), [Hand(), Hand(), Hand()]
    with ThreadPoolExecutor(3) as threads:
        mine = [threads.submit(as_asker, Asker("a"), house, str(n), hands[n]) for n in range(2)]
        other = threads.submit(as_asker, Asker("b"), house, "other", hands[2])
        until(lambda: hands[2].drawn == 1, "nothing happened", within_s=10)
        assert hands[0].drawn + hands[1].drawn == 1
        for hand in hands:
            hand.may_end.set()
        assert [each.result() for each in [*mine, other]] == ["a picture"] * 3


def test_who_joins_does_not_wait_behind_the_other_drawings_of_the_first_who_asked() -> None:
    house, slow, popular = Drawings.by(2), Hand(), Hand()
    popular.may_end.set()
    with ThreadPoolExecutor(3) as threads:
        mine = [threads.submit(as_asker, Asker("a"), house, "slow", slow)]
        until(lambda: slow.drawn == 1, "nothing happened", within_s=10)
        mine.append(threads.submit(as_asker, Asker("a"), house, "popular", popular))
        until(lambda: "popular" in house._under_way, "nothing happened", within_s=10)
        try:
            other = threads.submit(as_asker, Asker("b"), house, "popular", popular)
            assert other.result(5) == "a picture"
            assert mine[1].result(5) == "a picture"
        finally:
            slow.may_end.set()
    assert popular.drawn == 1


def test_one_who_gives_up_before_his_turn_takes_nobody_with_him() -> None:
    house, slow, popular, impatient = drawings(at_work=1), Hand(), Hand(), Asker("a")
    popular.may_end.set()
    with ThreadPoolExecutor(3) as threads:
        threads.submit(as_asker, Asker("c"), house, "slow", slow)
        until(lambda: slow.drawn == 1, "nothing happened", within_s=10)
        first = threads.submit(as_asker, impatient, house, "popular", popular)
        until(lambda: "popular" in house._under_way, "nothing happened", within_s=10)
        other = threads.submit(as_asker, Asker("b"), house, "popular", popular)
        until(lambda: len(house._under_way["popular"].askers) == 2, "nothing", within_s=10)
        impatient.gone.set()
        assert isinstance(first.exception(5), Unavailable)
        slow.may_end.set()
        assert other.result(5) == "a picture"
    assert house._under_way == {}


def test_no_turn_in_time_is_told_and_leaves_nothing_behind() -> None:
    house, hand = drawings(at_work=1), Hand()
    with ThreadPoolExecutor(1) as threads:
        slow = begun(threads, Asker("a"), house, hand)
        until(lambda: hand.drawn == 1, "nothing happened", within_s=10)
        for _ in range(2):
            with pytest.raises(Unavailable) as busy:
                house.once("page 2", hand.draw, patience_s=0)
            assert busy.value.reason == "busy"
        hand.may_end.set()
        slow.result()
    assert house.once("page 2", lambda: 2, patience_s=0) == 2


def test_an_error_that_nobody_foresaw_hangs_no_one() -> None:
    house, hand = drawings(), Hand()

    def fail() -> str:
        hand.draw()
        raise ZeroDivisionError

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(house.once, "k", fail, patience_s=10)
        until(lambda: hand.drawn == 1, "nothing happened", within_s=10)
        second = threads.submit(house.once, "k", fail, patience_s=10)
        until(lambda: len(house._under_way["k"].askers) == 2, "nothing happened", within_s=10)
        hand.may_end.set()
        with pytest.raises(ZeroDivisionError):
            first.result()
        with pytest.raises(Unavailable):
            second.result()
    with pytest.raises(Refused):
        house.once("k", _refuse, patience_s=0)


def _refuse() -> str:
    raise Refused("too_many_at_once", wait_s=1)
