"""Long exports: page by page, by the rights of the moment, whatever ends in the middle (CX-06)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from indexers.analysis import Analyser, Fold
from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import Login, ObjectKey
from records.rights.access import person_token
from services.exporting.admitted_pairs import AdmittedPairs
from services.exporting.export_desk import MOST, ExportDesk
from services.exporting.export_worker import ExportWorker
from services.exporting.exports import KEPT, ExportPhase, ExportShelf, ExportSource
from services.exporting.list_rows import PAGE, ListRows
from services.finding.kind_lists import ListAsked
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook
from services.searching.admission import Admission
from storage.chains import StoredChains
from storage.memory_store import MemoryObjectStore
from tests.clocks import SetClock
from tests.matters import LI, NOW, OFFICE, WANG, matter
from tests.unit.services.finding.test_listing import Rig
from wenshu.system.identities import RandomIdentities

ALL = ListAsked(sort="title")


class House:
    """A store of exports over the lists of a rig, and who orders and writes them."""

    def __init__(self, analyser: Analyser, store: MemoryObjectStore | None = None) -> None:
        self.rig = Rig(analyser)
        self.clock = SetClock(NOW)
        self.store = MemoryObjectStore() if store is None else store
        self.shelf = ExportShelf(self.store)
        self.book = OrganisationBook(StoredChains(self.store), self.clock)
        self.book.merge(OFFICE.units, OFFICE.people)
        lists = self.rig.kind_lists
        pairs = AdmittedPairs(Admission(self.rig.log, self.rig.kinds))
        self.desk = ExportDesk(
            self.shelf,
            lists,
            RandomIdentities(),
            self.clock,
            pairs=pairs,
            worker=self.worker(pages=9),
        )

    def worker(self, *, pages: int) -> ExportWorker:
        """One that writes so many pages in a run, as a process that is stopped then."""
        ticks: Iterator[float] = iter(range(1_000_000))
        return ExportWorker(
            self.shelf, {ExportSource.LIST: ListRows(self.rig.kind_lists)}, self.book, self.clock,
            budget_s=pages, now_s=lambda: next(ticks),
        )  # fmt: skip

    def caller(self, login: Login = LI) -> Caller:
        return self.book.caller(login)

    def titles(self, export: str) -> list[str]:
        return [row[0] for row in self.desk.rows(self.caller(), export)[1]]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(Fold.load())


@pytest.fixture
def house(analyser: Analyser) -> House:
    return House(analyser)


def filled(house: House, count: int) -> None:
    for number in range(count):
        house.rig.write(matter(f"{number:026}"))


@pytest.mark.feature("CX-06")
def test_an_export_is_written_to_its_end_by_whoever_goes_on(house: House) -> None:
    filled(house, 2 * PAGE + 7)
    order = house.desk.begin(house.caller(), "matter", ALL)
    assert order.phase is ExportPhase.WAITING
    house.worker(pages=1).run()
    state = house.desk.find(house.caller(), order.id)
    assert (state.phase, state.pages) == (ExportPhase.RUNNING, 1)
    assert state.last is not None
    assert (state.last.done, state.last.total) == (PAGE, 2 * PAGE + 7)
    with pytest.raises(Invalid, match="export_unfinished"):
        house.desk.rows(house.caller(), order.id)

    house.worker(pages=50).run()  # another process: the first was killed
    assert house.desk.find(house.caller(), order.id).phase is ExportPhase.DONE
    assert house.titles(order.id) == [f"{number:026}" for number in range(2 * PAGE + 7)]
    assert list(house.store.list("exports/open/", after="")) == []
    assert house.worker(pages=50).run() == 0


@pytest.mark.feature("CX-06")
def test_what_one_loses_the_right_to_is_not_written_any_more(house: House) -> None:
    filled(house, PAGE + 5)
    order = house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=1).run()
    hidden = f"{PAGE + 2:026}"
    house.rig.write(matter(hidden, number=2, grants=(person_token(WANG),)), indexed=False)
    house.worker(pages=9).run()
    titles = house.titles(order.id)
    assert hidden not in titles
    assert len(titles) == PAGE + 4


def test_who_has_left_gets_no_row_more(house: House) -> None:
    filled(house, PAGE + 5)
    order = house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=1).run()
    house.book.merge([], [each.model_copy(update={"disabled": True}) for each in OFFICE.people])
    assert house.worker(pages=9).run() == 1
    (state,) = house.shelf.of(LI)
    assert (state.phase, state.failed) == (ExportPhase.FAILED, "account_disabled")
    assert state.id == order.id
    assert house.worker(pages=9).run() == 0, "it is not tried for ever"


@pytest.mark.feature("CX-06")
def test_an_export_is_its_askers_alone_and_for_a_day(house: House) -> None:
    filled(house, 3)
    order = house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=9).run()
    for ask in (house.desk.find, house.desk.rows, house.desk.drop):
        with pytest.raises(NotFound, match="no_such_export"):
            ask(house.caller(WANG), order.id)
    with pytest.raises(NotFound, match="no_such_export"):
        house.desk.find(house.caller(), "../x")
    house.clock.at = NOW + KEPT - timedelta(seconds=1)
    assert len(house.titles(order.id)) == 3
    assert house.worker(pages=9).sweep(0.0) == 0
    house.clock.at = NOW + KEPT
    assert house.desk.of(house.caller()) == []
    with pytest.raises(NotFound, match="no_such_export"):
        house.desk.rows(house.caller(), order.id)
    assert house.worker(pages=9).sweep(0.0) == 1
    assert list(house.store.list("exports/", after="")) == []


def test_what_is_dropped_while_it_is_written_leaves_nothing(house: House) -> None:
    filled(house, PAGE + 5)
    order = house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=1).run()
    state = house.desk.find(house.caller(), order.id)
    house.desk.drop(house.caller(), order.id)
    assert state.last is not None
    house.shelf.put(state, state.last)  # a worker that read it before
    assert house.worker(pages=9).run() == 0
    assert house.worker(pages=9).sweep(0.0) == 1
    assert list(house.store.list("exports/", after="")) == []


def test_two_workers_write_no_row_twice(house: House) -> None:
    filled(house, 5)
    order = house.desk.begin(house.caller(), "matter", ALL)
    state = house.desk.find(house.caller(), order.id)
    house.worker(pages=9).run()
    written = house.desk.find(house.caller(), order.id).last
    assert written is not None
    with pytest.raises(Conflict):
        house.shelf.put(state, written)  # it had read the state before the other wrote
    assert len(house.titles(order.id)) == 5


def test_an_export_of_nothing_is_done_with_its_header(house: House) -> None:
    order = house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=9).run()
    state, rows = house.desk.rows(house.caller(), order.id)
    assert list(rows) == []
    assert state.last is not None
    assert state.last.header[0] == "标题"


def test_so_many_at_a_time_are_enough_and_wrong_ones_are_not_begun(house: House) -> None:
    with pytest.raises(Invalid, match="unknown_sort"):
        house.desk.begin(house.caller(), "matter", ListAsked(sort="body"))
    with pytest.raises(NotFound, match="no_such_list"):
        house.desk.begin(house.caller(), "nothing", ALL)
    for _ in range(MOST):
        house.desk.begin(house.caller(), "matter", ALL)
    with pytest.raises(Refused, match="too_many_exports"):
        house.desk.begin(house.caller(), "matter", ALL)
    house.desk.begin(house.caller(WANG), "matter", ALL)


def test_exports_are_written_in_turn(house: House) -> None:
    filled(house, 2 * PAGE)
    for _ in range(2):
        house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=2).run()
    assert [state.pages for state in house.desk.of(house.caller())] == [1, 1]


def test_one_that_cannot_be_read_holds_up_no_other(house: House) -> None:
    filled(house, 3)
    torn = house.desk.begin(house.caller(), "matter", ALL)
    good = house.desk.begin(house.caller(WANG), "matter", ALL)
    also = house.desk.begin(house.caller(), "matter", ALL)
    (key,) = (
        stat.key
        for stat in house.store.list("exports/", after="")
        if stat.key.endswith(f"{torn.id}/asked")
    )
    house.store.replace(key, b"{")
    house.worker(pages=9).run()
    assert house.desk.find(house.caller(WANG), good.id).phase is ExportPhase.DONE
    assert [each.id for each in house.desk.of(house.caller())] == [also.id]
    with pytest.raises(NotFound, match="no_such_export"):
        house.desk.find(house.caller(), torn.id)
    house.clock.at = NOW + KEPT
    house.worker(pages=9).sweep(0.0)


class SweptMeanwhile(MemoryObjectStore):
    """A store that is swept before what is asked of an export is written."""

    sweep: Callable[[], object] = staticmethod(lambda: None)

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says."""
        if key.endswith("/asked"):
            self.sweep()
        super().create(key, body)


def test_one_that_is_just_being_begun_is_not_swept_away(analyser: Analyser) -> None:
    store = SweptMeanwhile()
    house = House(analyser, store)
    filled(house, 3)
    store.sweep = lambda: house.worker(pages=1).sweep(0.0)
    order = house.desk.begin(house.caller(), "matter", ALL)
    house.worker(pages=9).run()
    assert len(house.titles(order.id)) == 3


@pytest.mark.parametrize("name", ["甲", "０１", "a" * 300, "", "a\n"])
def test_what_is_no_identifier_is_no_export(house: House, name: str) -> None:
    with pytest.raises(NotFound, match="no_such_export"):
        house.desk.find(house.caller(), name)
