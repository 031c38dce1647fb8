"""The promise of `services.flow.reserving` on every store: no name twice, no gap unexplained."""

import multiprocessing
import os
import random
from collections import Counter
from datetime import timedelta
from multiprocessing.queues import Queue

import pytest

from records.consequences.reservations import Names
from records.errors import Conflict, Refused
from records.identity import RecordId
from records.ports.object_store import ObjectStore
from services.flow.claim_names import FREE, ClaimName
from services.flow.reserving import ORPHAN_S
from tests.clocks import NOW, SetClock
from tests.object_stores import DURABLE_KINDS, Places
from tests.reserving import NUMBER, WIDE, Taker, race, slots, take_and_die

TRIES = int(os.environ.get("WENSHU_RACES", "400"))
"""Of eight processes together."""


@pytest.mark.feature("HY-02", "FW-17")
@pytest.mark.parametrize("kind", DURABLE_KINDS)
def test_eight_processes_get_no_number_and_no_slot_twice_and_leave_no_gap(
    places: Places, kind: str
) -> None:
    place = places.fresh(kind)
    context = multiprocessing.get_context("spawn")
    done: Queue[int] = context.Queue()
    processes = [
        context.Process(target=race, args=(place, seed, TRIES // 8, done)) for seed in range(8)
    ]
    for process in processes:
        process.start()
    committed = sum(done.get(timeout=400) for _ in processes)
    for process in processes:
        process.join(timeout=60)
    taker = Taker(place.open())
    held = taker.held()
    assert [name for name, count in Counter(held).items() if count > 1] == []
    times = Counter(n.partition("+")[0] for n in held if n.startswith("slot/W/"))
    assert times, "the wide one was had"
    assert max(times.values()) <= WIDE
    numbers = {name for name in held if name.startswith("number/")}
    assert len(numbers) == committed
    names = {ClaimName.of(name).base for name in taker.claims.names(NUMBER.prefix)}
    highest = max(ClaimName.of(name).number for name in names)
    assert names == {f"{NUMBER.prefix}{n:06d}" for n in range(1, highest + 1)}
    free = {note.replace("number-free/", "number/") for note in taker.claims.names("number-free/")}
    assert names - numbers == free
    refilled = {taker.take("LAST", f"w{n}", NUMBER)[0].partition(".")[0] for n in range(len(free))}
    assert refilled == free


@pytest.mark.parametrize("kind", DURABLE_KINDS)
def test_what_a_killed_process_took_is_taken_over_after_a_while(places: Places, kind: str) -> None:
    place = places.fresh(kind)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=take_and_die, args=(place, "DEAD"))
    process.start()
    process.join(timeout=60)
    assert process.exitcode == -9
    clock = SetClock()
    taker = Taker(place.open(), clock)
    with pytest.raises(Conflict, match="taken"):
        taker.take("NEXT", "w", slots(NOW, 15))
    clock.pass_s(ORPHAN_S)
    got = taker.take("NEXT", "w", slots(NOW, 15))
    taker.commit("NEXT", "w", 1, got)
    with pytest.raises(Conflict, match="taken"):
        taker.take("LATER", "w", slots(NOW, 15))


def test_of_two_overlapping_times_one_is_had_and_nothing_of_the_other(store: ObjectStore) -> None:
    taker = Taker(store)
    first = taker.take("A", "a", slots(NOW + timedelta(minutes=30), 60))
    taker.commit("A", "a", 1, first)
    with pytest.raises(Conflict) as caught:
        taker.take("B", "b", slots(NOW, 60))
    assert caught.value.facts == {"what": "2026-11-22 09:30", "record": "A"}
    assert len(taker.take("C", "c", slots(NOW, 30))) == 2  # the beginning stayed free


def test_a_booking_may_begin_where_another_ends(store: ObjectStore) -> None:
    taker = Taker(store)
    taker.commit("A", "a", 1, taker.take("A", "a", slots(NOW, 60)))
    following = taker.take("B", "b", slots(NOW + timedelta(minutes=60), 60))
    assert len(following) == 4


def test_a_booking_over_midnight_holds_both_days(store: ObjectStore) -> None:
    taker = Taker(store)
    late = NOW.replace(hour=15, minute=30)  # 23:30 in Beijing
    got = taker.take("A", "a", slots(late, 60))
    assert got == (
        "slot/R/2026-11-22/2330",
        "slot/R/2026-11-22/2345",
        "slot/R/2026-11-23/0000",
        "slot/R/2026-11-23/0015",
    )


def test_what_a_revision_no_longer_holds_is_free_though_nobody_gave_it_back(
    store: ObjectStore,
) -> None:
    taker = Taker(store)
    taker.commit("A", "a", 1, taker.take("A", "a", slots(NOW, 30)))
    taker.commit("A", "a2", 2, ())
    assert len(taker.take("B", "b", slots(NOW, 30))) == 2


def test_a_late_giving_back_takes_nothing_from_whoever_has_it_now(store: ObjectStore) -> None:
    clock = SetClock()
    taker = Taker(store, clock)
    slow = taker.take("A", "a", slots(NOW, 15))
    clock.pass_s(ORPHAN_S)
    taker.commit("B", "b", 1, taker.take("B", "b", slots(NOW, 15)))
    taker.give_back("A", slow)
    with pytest.raises(Conflict):
        taker.take("C", "c", slots(NOW, 15))


def test_giving_back_what_the_record_still_holds_frees_nothing(store: ObjectStore) -> None:
    taker = Taker(store)
    held = taker.take("A", "a", slots(NOW, 15))
    taker.commit("A", "a", 1, held)
    assert taker.take("A", "again", slots(NOW, 15)) == held
    taker.give_back("A", held)
    with pytest.raises(Conflict):
        taker.take("B", "b", slots(NOW, 15))


def test_the_same_attempt_again_gets_what_it_has(store: ObjectStore) -> None:
    taker = Taker(store)
    assert taker.take("A", "a", slots(NOW, 30)) == taker.take("A", "a", slots(NOW, 30))


def test_two_attempts_of_one_record_do_not_both_count_on_a_claim(store: ObjectStore) -> None:
    taker = Taker(store)
    taker.take("A", "tab one", slots(NOW, 15))
    with pytest.raises(Conflict):
        taker.take("A", "tab two", slots(NOW, 15))


@pytest.mark.feature("FW-17")
def test_the_number_of_a_lost_commit_comes_back_and_that_of_an_ended_record_is_void(
    store: ObjectStore,
) -> None:
    taker = Taker(store)
    lost = taker.take("A", "a", NUMBER)
    taker.give_back("A", lost)
    taken = taker.reserver.take(
        [NUMBER], record=taker.commit("B", "b0", 1, ()).record, write_id="b"
    )
    assert taken.fields == {"number": "渝工商发〔2026〕1号"}
    taker.commit("B", "b", 2, taken.names)
    taker.commit("B", "b3", 3, ())
    taker.give_back("B", taken.names)
    assert list(taker.claims.names("number-free/")) == []
    assert [ClaimName.of(name).number for name in taker.take("C", "c", NUMBER)] == [2]


def test_a_number_given_back_by_a_killed_process_halfway_is_still_taken_again(
    store: ObjectStore,
) -> None:
    clock = SetClock()
    taker = Taker(store, clock)
    got = taker.take("A", "a", NUMBER)
    taker.claims.take(got[0].replace("number/", "number-free/"), b"")  # killed before the mark
    assert ClaimName.of(taker.take("B", "b", NUMBER)[0]).number == 2
    clock.pass_s(ORPHAN_S)
    assert ClaimName.of(taker.take("C", "c", NUMBER)[0]).number == 1
    assert FREE not in "".join(taker.claims.names("number-free/"))


def test_whatever_happens_in_which_order_nothing_is_held_twice(store: ObjectStore) -> None:
    chance = random.Random(7)
    taker = Taker(store)
    number: Counter[str] = Counter()
    for step in range(150):
        record = f"R{chance.randrange(6)}"
        write = f"w{step}"
        begins = NOW + timedelta(minutes=15 * chance.randrange(20))
        try:
            got = taker.take(record, write, slots(begins, 15 * chance.randrange(1, 5)))
        except Conflict:
            continue
        outcome = chance.randrange(3)
        if outcome < 2:
            before = taker.log.latest(RecordId(record)).held_names if number[record] else ()
            number[record] += 1
            taker.commit(record, write, number[record], got if outcome else ())
            if chance.random() < 0.5:
                taker.give_back(record, (*before, *got))
        else:
            taker.give_back(record, got)
        held = taker.held()
        assert len(held) == len(set(held))


def test_what_three_may_have_at_once_three_have_and_the_fourth_is_refused(
    store: ObjectStore,
) -> None:
    taker = Taker(store)
    wide = slots(NOW, 60, "W", capacity=WIDE)
    for n in range(WIDE):
        taker.commit(f"A{n}", f"w{n}", 1, taker.take(f"A{n}", f"w{n}", wide))
    with pytest.raises(Conflict, match="taken"):
        taker.take("B", "b", wide)
    with pytest.raises(Conflict, match="taken"):
        taker.reserver.refuse_taken([wide], record=RecordId("B"))
    beside = slots(NOW + timedelta(hours=1), 30, "W", capacity=WIDE)
    taker.reserver.refuse_taken([beside], record=RecordId("B"))
    assert taker.take("B", "b", beside)


def test_a_time_of_which_each_quarter_is_free_somewhere_is_had_and_given_back_whole(
    store: ObjectStore,
) -> None:
    taker = Taker(store)

    def quarter(record: str, begins: int, minutes: int) -> tuple[str, ...]:
        wanted = slots(NOW + timedelta(minutes=begins), minutes, "W", capacity=2)
        got = taker.take(record, record, wanted)
        taker.commit(record, record, 1, got)
        return got

    first = quarter("A", 0, 15)
    quarter("B", 0, 30)
    taker.commit("A", "again", 2, ())
    taker.give_back("A", first)
    quarter("C", 15, 15)
    got = quarter("D", 0, 15)
    assert len(got) == 1
    with pytest.raises(Conflict, match="taken"):
        quarter("E", 0, 45)
    taker.commit("D", "gone", 2, ())
    taker.give_back("D", got)
    assert quarter("F", 0, 15), "what a refused one had taken is free again"


def test_who_has_one_already_takes_no_second(store: ObjectStore) -> None:
    taker = Taker(store)
    wide = slots(NOW, 15, "W", capacity=2)
    got = taker.take("A", "a", wide)
    taker.commit("A", "a", 1, got)
    assert taker.take("A", "b", wide) == got


@pytest.mark.feature("MB-05", "MB-06")
def test_a_series_that_is_used_up_says_so_and_gives_back_what_was_taken_with_it(
    store: ObjectStore,
) -> None:
    taker = Taker(store)
    short = NUMBER.model_copy(update={"most": 2})
    for name in "AB":
        taker.commit(name, name, 1, taker.take(name, name, short))
    with pytest.raises(Refused, match="series_used_up"):
        taker.take("C", "c", slots(NOW, 30), short)
    assert taker.take("D", "d", slots(NOW, 30))  # the time is free
    other = short.model_copy(update={"year": short.year + 1})
    assert [ClaimName.of(name).number for name in taker.take("E", "e", other)] == [1]


@pytest.mark.feature("MB-06")
def test_a_void_number_asked_for_and_not_committed_is_void_as_before(store: ObjectStore) -> None:
    taker = Taker(store)
    got = taker.take("A", "a", NUMBER)
    taker.commit("A", "a", 1, got)
    taker.commit("A", "a2", 2, ())
    taker.give_back("A", got)
    again = Names(names=(ClaimName.of(got[0]).base,), reason="number", again=True)
    lost = taker.take("B", "b", again)
    with pytest.raises(Conflict, match="taken"):
        taker.take("C", "c", again)
    taker.give_back("B", lost)
    assert list(taker.claims.names("number-free/")) == []
    assert [ClaimName.of(name).number for name in taker.take("D", "d", NUMBER)] == [2]
    kept = taker.take("C", "c2", again)
    taker.commit("C", "c2", 1, kept)
    assert taker.held() == [ClaimName.of(got[0]).base]
    with pytest.raises(Conflict, match="not_void"):
        taker.take("E", "e", again.model_copy(update={"names": (f"{got[0][:-1]}9",)}))
