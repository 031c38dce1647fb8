"""The ledger says of every number what became of it, and why it is void."""

from records.identity import RecordId
from services.flow.number_ledger import LedgerRow, NumberLedger, NumberState
from services.flow.reserving import ORPHAN_S
from storage.memory_store import MemoryObjectStore
from tests.clocks import SetClock
from tests.reserving import NUMBER, Taker


def ledger_of(taker: Taker) -> NumberLedger:
    return NumberLedger(
        claims=taker.claims, log=taker.log, reserver=taker.reserver, clock=taker.clock
    )


def page(taker: Taker, *, after: int = 0, size: int = 50) -> list[LedgerRow]:
    return ledger_of(taker).page(NUMBER.series, NUMBER.year, after=after, size=size)


def filled() -> Taker:
    """1 in use, 2 void, 3 given back, 4 of a writer who died, 5 in use."""
    taker = Taker(MemoryObjectStore(), SetClock())
    for name in "ABCDE":
        got = taker.take(name, name, NUMBER)
        if name in "ABE":
            taker.commit(name, name, 1, got)
        if name == "B":
            taker.commit(name, "B2", 2, ())
            taker.give_back(name, got)
        if name == "C":
            lost = got
    taker.give_back("C", lost)
    return taker


def test_every_number_has_its_state_and_its_record() -> None:
    rows = page(filled())
    assert [(row.number, row.state, row.record) for row in rows] == [
        (1, NumberState.USED, "A"),
        (2, NumberState.VOID, "B"),
        (3, NumberState.FREE, "C"),
        (4, NumberState.RESERVED, "D"),
        (5, NumberState.USED, "E"),
    ]
    assert rows[1].reason == "ended"


def test_con_06_mending_gives_back_what_a_dead_writer_took_and_nothing_else() -> None:
    taker = filled()
    ledger = ledger_of(taker)
    assert ledger.mend() == 2  # 1 and 5 are marked as in use
    assert page(taker)[3].state is NumberState.RESERVED
    taker.clock.pass_s(ORPHAN_S)
    assert ledger.mend() == 1
    assert ledger.mend() == 0
    assert [row.state for row in page(taker)][2:4] == [NumberState.FREE, NumberState.FREE]
    again = {taker.take(name, name, NUMBER)[0].partition(".")[0][-1] for name in ("X", "Y")}
    assert again == {"3", "4"}


def test_a_number_in_use_is_void_with_its_reason_once_its_record_ends() -> None:
    taker = filled()
    ledger_of(taker).mend()
    held = taker.log.latest(RecordId("A")).held_names
    taker.commit("A", "A2", 2, ())
    taker.reserver.give_back(held, record=RecordId("A"), reason="discarded")
    assert (page(taker)[0].state, page(taker)[0].reason) == (NumberState.VOID, "discarded")


def test_the_ledger_is_paged_and_knows_its_series() -> None:
    taker = filled()
    assert [row.number for row in page(taker, after=2, size=2)] == [3, 4]
    assert ledger_of(taker).series() == [(NUMBER.series, NUMBER.year)]
