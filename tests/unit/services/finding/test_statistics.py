"""Statistics count what their reader may read, at once, and as the lists behind them do."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexers.analysis import Analyser, Fold
from indexers.memory_index import MemorySearchIndex
from indexers.tantivy_index import TantivySearchIndex
from records.errors import NotFound
from records.ports.outbox import OutboxEntry
from records.ports.record_log import Commit
from records.ports.search_index import SearchIndex
from records.revision import Revision
from records.rights.access import person_token
from records.schema.kind import Kinds
from services.after_commit.backlog import Backlog
from services.after_commit.documents import Past, index_change
from services.finding.kind_lists import KindLists, ListAsked
from services.finding.listing import RecordLister
from services.finding.record_titles import RecordTitles
from services.finding.statistic_filters import narrowed
from services.finding.statistics import Statistics, StatisticTable
from services.finding.unindexed import UnindexedView
from services.people.caller import Caller
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.counted import BY, COUNTED, SUMMED_BY
from tests.matters import LI, NOW, OFFICE, TODAY, WANG, held, matter

CALLER = Caller(OFFICE.people[0], OFFICE.reader(LI, TODAY), OFFICE, NOW)
LAST_OF_NOVEMBER = "2026-11-30T15:59:00+00:00"
FIRST_OF_DECEMBER = "2026-11-30T16:00:00+00:00"


class Rig:
    """A store, an index, and statistics beside lists over both."""

    def __init__(self, index: SearchIndex) -> None:
        store = MemoryObjectStore()
        self.index = index
        self.log = StoredRecordLog(store, RevisionCache(capacity_bytes=1 << 20))
        self.outbox = StoredOutbox(store)
        kinds = Kinds((COUNTED,))
        backlog = Backlog(self.outbox, stopped=frozenset)
        unindexed = UnindexedView(self.log, backlog, fresh_s=-1.0)
        lister = RecordLister(index=index, log=self.log, kinds=kinds, unindexed=unindexed)
        titles = RecordTitles(self.log, kinds)
        self.statistics = Statistics(lister, kinds, titles)
        self.lists = KindLists(lister, kinds, titles)

    def write(self, revision: Revision, *, indexed: bool = True) -> None:
        """Commit a revision; with `indexed` the index learns of it."""
        written = self.log.commit(Commit(revision))
        if indexed:
            self.index.apply([index_change(COUNTED, written, {}, OFFICE, Past())])
            self.outbox.remove(
                [OutboxEntry(written.record, written.number, written.event.write_id)]
            )

    def table(
        self, name: str, first: date | None = None, last: date | None = None
    ) -> StatisticTable:
        """As Li sees it."""
        return self.statistics.table(CALLER, "matter", name, first=first, last=last)

    def agrees(self, table: StatisticTable) -> bool:
        """Whether each figure is the total of the list that it leads to."""
        return all(
            self.lists.page(CALLER, "matter", ListAsked(figure.filters), counted=False).page.total
            == figure.part
            if figure.filters is not None
            else figure.part == 0
            for row in (*table.rows, table.total)
            for figure in row.figures.values()
        )


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(Fold.load())


@pytest.fixture(params=["memory", "tantivy"])
def rig(request: pytest.FixtureRequest, analyser: Analyser, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "memory":
        yield Rig(MemorySearchIndex(analyser))
        return
    index = TantivySearchIndex(tmp_path / "index", analyser, writes=True)
    index.apply([])
    yield Rig(index)
    index.close()


def named(number: int) -> str:
    return f"{number:026}"


def counts(table: StatisticTable) -> dict[str, int]:
    return {row.key: row.figures["count"].part for row in table.rows}


@pytest.mark.feature("DC-09", "CX-02")
def test_a_record_of_two_units_counts_once_for_each_and_once_in_all(rig: Rig) -> None:
    rig.write(matter(named(1), units=("office", "law")))
    rig.write(matter(named(2), units=("law",)), indexed=False)
    rig.write(matter(named(3)))
    table = rig.table("by_units")
    assert counts(table) == {"law": 2, "office": 1}
    assert table.total.figures["count"].part == 3
    assert rig.agrees(table)


@pytest.mark.feature("CL-06")
def test_numbers_add_up_by_row_and_in_all_indexed_or_not_and_of_what_may_be_read(rig: Rig) -> None:
    rig.write(matter(named(1), sort="批示", state="closed", pages=7))
    rig.write(matter(named(2), sort="批示", state="closed", pages=7), indexed=False)
    rig.write(matter(named(3), sort="会议", state="closed", pages=20))
    rig.write(matter(named(4), sort="会议", pages=500))
    rig.write(matter(named(5), sort="会议", state="closed", pages=1000, grants=()))
    rig.write(matter(named(6), sort="信箱", state="closed"))
    table = rig.table("by_sort")
    assert {row.label: row.figures["pages"].words for row in table.rows} == {
        "批示": "14",
        "信箱": "0",
        "会议": "20",
    }
    assert (table.total.figures["pages"].words, table.total.figures["pages"].value) == ("34", 34.0)
    assert rig.agrees(table)


def test_what_the_reader_may_not_read_is_not_counted_whether_indexed_or_not(rig: Rig) -> None:
    rig.write(matter(named(1), sort="批示"))
    rig.write(matter(named(2), sort="批示", grants=()))
    rig.write(matter(named(3), sort="信箱", grants=()), indexed=False)
    assert counts(rig.table("by_sort")) == {"批示": 1}
    assert rig.table("by_sort").total.figures["count"].part == 1


def test_months_and_years_are_those_of_beijing(rig: Rig) -> None:
    rig.write(matter(named(1), begins=LAST_OF_NOVEMBER))
    rig.write(matter(named(2), begins=FIRST_OF_DECEMBER))
    rig.write(matter(named(3), begins="2026-12-31T16:00:00+00:00"), indexed=False)
    assert counts(rig.table("by_month")) == {"2026-11": 1, "2026-12": 1, "2027-01": 1}
    assert counts(rig.table("by_year")) == {"2026": 2, "2027": 1}
    december = rig.table("by_month", date(2026, 12, 1), date(2026, 12, 31))
    assert counts(december) == {"2026-12": 1}
    assert all(map(rig.agrees, (rig.table("by_month"), rig.table("by_year"), december)))


def test_nothing_to_count_is_no_row_and_no_share(rig: Rig) -> None:
    table = rig.table("by_sort")
    assert table.rows == ()
    assert [figure.words for figure in table.total.figures.values()] == ["0", "—", "0", "0"]


def test_two_dimensions_make_a_row_of_each_pair_in_the_order_of_the_kind(rig: Rig) -> None:
    rig.write(matter(named(1), sort="信箱", begins=LAST_OF_NOVEMBER))
    rig.write(matter(named(2), sort="批示", begins=FIRST_OF_DECEMBER))
    rig.write(matter(named(3), sort="批示", begins=LAST_OF_NOVEMBER), indexed=False)
    table = rig.table("by_both")
    assert [row.label for row in table.rows] == [
        "批示 / 2026年11月",
        "批示 / 2026年12月",
        "信箱 / 2026年11月",
    ]
    assert table.total.figures["count"].part == 3
    assert rig.agrees(table)


SORTS = st.sampled_from(["批示", "信箱", None])
STATES = st.sampled_from(["handling", "told", "closed"])
PAGES = st.integers(-3, 40) | st.sampled_from([2**53 - 1, 1 - 2**53, None])
UNITS = st.lists(st.sampled_from(["office", "law", "food"]), max_size=2, unique=True)


@pytest.mark.feature("XX-05")
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(PAGES, UNITS, SORTS, STATES, st.booleans(), st.booleans()), max_size=8))
def test_a_sum_is_that_of_the_records_of_its_row_which_the_reader_may_read(
    analyser: Analyser,
    told: list[tuple[int | None, list[str], str | None, str, bool, bool]],
) -> None:
    rig = Rig(MemorySearchIndex(analyser))
    wanted: Counter[tuple[str, str, str]] = Counter()
    for number, (pages, units, sort, state, indexed, is_open) in enumerate(told):
        made = matter(named(number), pages=pages, units=tuple(units), sort=sort, state=state)
        rig.write(made if is_open else made.model_copy(update={"grants": ()}), indexed=indexed)
        keys = [("pages_by_units", unit) for unit in units]
        keys += [("pages_by_both", f"{sort}/{unit}") for unit in units if sort]
        for name, key in [*keys, ("pages_by_units", ""), ("pages_by_both", "")]:
            if is_open:
                wanted[name, key, "pages"] += pages or 0
                wanted[name, key, "done"] += (pages or 0) if state == "closed" else 0
    for name in SUMMED_BY:
        table = rig.table(name)
        for row in (*table.rows, table.total):
            for measure, figure in row.figures.items():
                assert figure.value == wanted[name, row.key, measure]


def test_a_sum_is_the_same_on_each_index_and_leads_to_the_records_it_is_of(rig: Rig) -> None:
    for number, (pages, state) in enumerate([(7, "closed"), (12, "closed"), (30, "handling")]):
        rig.write(matter(named(number), pages=pages, units=("law",), state=state))
    (row,) = rig.table("pages_by_units").rows
    assert [figure.words for figure in row.figures.values()] == ["49", "19"]
    assert row.figures["done"].filters == (("units", "law"), ("state", "closed"))


def test_rows_of_sums_stand_by_the_sum_and_not_by_how_many_records_it_is_of(rig: Rig) -> None:
    for number, (unit, pages) in enumerate([("law", 1), ("law", 2), ("food", 9)]):
        rig.write(matter(named(number), pages=pages, units=(unit,)))
    assert [row.key for row in rig.table("pages_by_units").rows] == ["food", "law"]


def test_a_statistic_for_others_is_not_there(rig: Rig) -> None:
    for_others = COUNTED.statistics["by_sort"].model_copy(update={"for_": ("post:督查室",)})
    kind = COUNTED.model_copy(update={"statistics": {"by_sort": for_others}})
    lister = RecordLister(
        index=rig.index,
        log=rig.log,
        kinds=Kinds((kind,)),
        unindexed=UnindexedView(rig.log, Backlog(rig.outbox, stopped=frozenset), fresh_s=-1.0),
    )
    statistics = Statistics(lister, Kinds((kind,)), RecordTitles(rig.log, Kinds((kind,))))
    assert statistics.offered(CALLER, kind) == {}
    for kind_name, name in (("matter", "by_sort"), ("matter", ""), ("nothing", "by_sort")):
        with pytest.raises(NotFound, match="no_such_statistic"):
            statistics.table(CALLER, kind_name, name)


BEGINS = st.sampled_from([LAST_OF_NOVEMBER, FIRST_OF_DECEMBER, None])
DUES = st.sampled_from([date(2026, 11, 22), date(2026, 11, 23), None])


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(SORTS, STATES, BEGINS, DUES, st.booleans(), st.booleans()), max_size=8))
def test_every_figure_is_the_total_of_its_list(
    analyser: Analyser, told: list[tuple[str | None, str, str | None, date | None, bool, bool]]
) -> None:
    rig = Rig(MemorySearchIndex(analyser))
    for number, (sort, state, begins, due, indexed, is_open) in enumerate(told):
        tasks = held(person_token(WANG), due_on=due) if state == "handling" else ()
        made = matter(named(number), sort=sort, state=state, begins=begins, tasks=tasks)
        shut = made.model_copy(update={"grants": ()})
        rig.write(made if is_open else shut, indexed=indexed)
    for name in BY:
        assert rig.agrees(rig.table(name))
        assert rig.agrees(rig.table(name, date(2026, 12, 1)))


def test_filters_of_one_name_are_narrowed_to_what_all_allow() -> None:
    assert narrowed([("day", "2026-11-10..")], [("day", "2026-11-01..2026-11-30")]) == (
        ("day", "2026-11-10..2026-11-30"),
    )
    assert narrowed([("state", "a"), ("state", "b")], [("state", "b")]) == (("state", "b"),)
    assert narrowed([("state", "a")], [("state", "b")]) is None
