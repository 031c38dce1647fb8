"""Lists are right at once and to their end, however far the index is behind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexers.analysis import Analyser, Fold
from indexers.memory_index import MemorySearchIndex
from records.errors import Invalid
from records.identity import RecordId
from records.meaning import dated_on
from records.ports.outbox import OutboxEntry
from records.ports.record_log import Commit
from records.queries.query import Everything
from records.queries.search import ListOrder, Narrowing
from records.revision import Revision
from records.rights.access import EVERYONE, person_token
from records.schema.kind import Kinds
from services.after_commit.backlog import Backlog
from services.after_commit.documents import Past, index_change
from services.finding.announcements import Announcements
from services.finding.kind_lists import KindLists, ListAsked
from services.finding.listing import Listing, RecordLister
from services.finding.person_marks import FOLLOWED, NOTICED, PersonMarks
from services.finding.record_titles import RecordTitles
from services.finding.unindexed import UnindexedView
from services.finding.worklists import Worklist, Worklists, WorkPage
from services.people.caller import Caller
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.matters import LI, MATTER, NOW, OFFICE, TODAY, WANG, held, matter

ME = person_token(LI)


class Rig:
    """A store, an index in memory, and lists over both."""

    def __init__(self, analyser: Analyser) -> None:
        store = MemoryObjectStore()
        self.log = StoredRecordLog(store, RevisionCache(capacity_bytes=1 << 20))
        self.outbox = StoredOutbox(store)
        self.index = MemorySearchIndex(analyser)
        self.kinds = Kinds((MATTER,))
        claims = StoredClaims(store)
        backlog = Backlog(self.outbox, stopped=frozenset)
        self.lister = RecordLister(
            index=self.index,
            log=self.log,
            kinds=self.kinds,
            unindexed=UnindexedView(self.log, backlog, fresh_s=-1.0),
        )
        self.followed, self.noticed = (PersonMarks(claims, sort) for sort in (FOLLOWED, NOTICED))
        self.announcements = Announcements(self.lister, self.noticed)
        self.work = Worklists(self.lister, followed=self.followed, announcements=self.announcements)
        self.kind_lists = KindLists(self.lister, self.kinds, RecordTitles(self.log, self.kinds))

    def write(self, revision: Revision, *, indexed: bool = True) -> Revision:
        """Commit a revision; with `indexed` the index learns of it."""
        written = self.log.commit(Commit(revision))
        if indexed:
            self.index_now(written)
        return written

    def index_now(self, revision: Revision) -> None:
        """The index learns of a revision, and its outbox entry is done with."""
        self.index.apply([index_change(MATTER, revision, {}, OFFICE, Past())])
        entry = OutboxEntry(revision.record, revision.number, revision.event.write_id)
        self.outbox.remove([entry])


CALLER = Caller(OFFICE.people[0], OFFICE.reader(LI, TODAY), OFFICE, NOW)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(Fold.load())


@pytest.fixture
def rig(analyser: Analyser) -> Rig:
    return Rig(analyser)


def named(number: int) -> str:
    return f"{number:026}"


def walked(rig: Rig, which: Worklist, size: int) -> Iterator[WorkPage]:
    after = None
    while True:
        page = rig.work.page(CALLER, which, size=size, after=after)
        yield page
        if page.following is None:
            return
        after = page.following


@pytest.mark.feature("GT-06")
def test_every_task_is_reached_once_and_the_total_is_right(rig: Rig) -> None:
    for number in range(57):
        rig.write(matter(named(number), tasks=held(ME)))
    rig.write(matter(named(99), tasks=held(person_token(WANG))))
    pages = list(walked(rig, Worklist.WAITING, 10))
    assert [len(page.rows) for page in pages] == [10, 10, 10, 10, 10, 7]
    assert {page.total for page in pages} == {57}
    seen = [row.revision.record for page in pages for row in page.rows]
    assert sorted(seen) == [named(number) for number in range(57)]


def test_the_way_back_leads_over_the_same_pages(rig: Rig) -> None:
    for number in range(7):
        rig.write(matter(named(number), tasks=held(ME)))
    there = list(walked(rig, Worklist.WAITING, 3))
    back = rig.work.page(CALLER, Worklist.WAITING, size=3, before=there[2].preceding)
    assert back.rows == there[1].rows
    assert (back.preceding, back.following) == (there[1].preceding, there[1].following)
    first = rig.work.page(CALLER, Worklist.WAITING, size=3, before=back.preceding)
    assert first.rows == there[0].rows
    assert first.preceding is None


@pytest.mark.parametrize("indexed", [True, False])
def test_a_list_of_some_days_holds_the_same_before_the_index_knows_of_a_record(
    rig: Rig, *, indexed: bool
) -> None:
    written = rig.write(matter(named(1), tasks=held(ME)), indexed=indexed)
    day, one = dated_on(MATTER, written), timedelta(days=1)
    for narrowing, total in (
        (Narrowing(first=day, last=day, years=(day.year,)), 1),
        (Narrowing(last=day - one), 0),
        (Narrowing(first=day + one), 0),
        (Narrowing(years=(day.year - 1,)), 0),
    ):
        listing = Listing(Everything(), ListOrder.CHANGED, narrowing=narrowing)
        page = rig.lister.page(CALLER, listing, size=5)
        assert (page.total, len(page.rows)) == (total, total), narrowing


def test_a_row_that_was_closed_since_the_outbox_was_looked_at_is_not_shown(rig: Rig) -> None:
    view = UnindexedView(
        rig.log, Backlog(rig.outbox, stopped=frozenset, now_s=lambda: 0.0), now_s=lambda: 0.0
    )
    lister = RecordLister(index=rig.index, log=rig.log, kinds=rig.kinds, unindexed=view)
    work = Worklists(lister, followed=rig.followed, announcements=rig.announcements)
    view.note(rig.write(matter(named(1), tasks=held(ME)), indexed=False))
    assert len(work.page(CALLER, Worklist.WAITING, size=5).rows) == 1
    rig.write(matter(named(1), number=2, grants=()), indexed=False)
    assert work.page(CALLER, Worklist.WAITING, size=5).rows == ()


@pytest.mark.feature("GT-06")
def test_who_acted_sees_it_at_once_although_the_index_does_not_know(rig: Rig) -> None:
    first = rig.write(matter(named(1), tasks=held(ME)))
    (task,) = first.tasks
    done = task.model_copy(update={"done_by": LI, "done_at": NOW})
    rig.write(
        first.model_copy(
            update={
                "number": 2,
                "tasks": (done,),
                "state": "closed",
                "event": first.event.model_copy(update={"write_id": "second"}),
            }
        ),
        indexed=False,
    )
    rig.write(matter(named(2), tasks=held(ME)), indexed=False)
    todo = rig.work.page(CALLER, Worklist.WAITING)
    assert (todo.total, [row.revision.record for row in todo.rows]) == (1, [named(2)])
    finished = rig.work.page(CALLER, Worklist.DONE)
    assert (finished.total, [row.revision.number for row in finished.rows]) == (1, [2])
    assert rig.work.totals(CALLER) == {"todo": 1, "unread": 0, "soon": 0, "overdue": 0}


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    known=st.lists(st.booleans(), min_size=1, max_size=12),
    sorts=st.lists(st.sampled_from(["批示", "信箱", None]), min_size=12, max_size=12),
    urgent=st.lists(st.sampled_from(["特急", "一般"]), min_size=12, max_size=12),
    sort=st.sampled_from(["", "title", "-title", "urgency", "-urgency", "-changed"]),
    size=st.integers(1, 5),
)
def test_a_list_is_the_same_whatever_the_index_knows_yet(
    analyser: Analyser,
    known: list[bool],
    sorts: list[str | None],
    urgent: list[str],
    sort: str,
    size: int,
) -> None:
    whole, behind = Rig(analyser), Rig(analyser)
    for number, indexed in enumerate(known):
        made = matter(named(number), sort=sorts[number], urgency=urgent[number], minutes=number)
        whole.write(made)
        behind.write(made, indexed=indexed)
    asked = ListAsked(sort=sort, size=size, filters=(("sort", "批示"), ("sort", "信箱")))
    while True:
        page, other = (
            rig.kind_lists.page(CALLER, "matter", asked, counted=True).page
            for rig in (whole, behind)
        )
        assert page == other
        if page.following is None:
            return
        asked = replace(asked, after=page.following)


@pytest.mark.feature("GT-06")
def test_what_may_not_be_read_stands_in_no_list_and_no_total(rig: Rig) -> None:
    hidden = matter(named(1), grants=(), sort="批示")
    rig.write(hidden)
    rig.write(matter(named(2), grants=(), sort="批示"), indexed=False)
    rig.write(matter(named(3), sort="批示"))
    page = rig.kind_lists.page(CALLER, "matter", ListAsked(), counted=True).page
    assert (page.total, [row.revision.record for row in page.rows]) == (1, [named(3)])
    assert page.counts["field.sort"] == (("批示", 1),)


def test_a_record_of_a_kind_that_is_gone_breaks_no_list(rig: Rig) -> None:
    gone = MATTER.model_copy(update={"kind": "gone"})
    for number, indexed in ((1, True), (2, False)):
        made = rig.log.commit(Commit(matter(named(number), tasks=held(ME), kind="gone")))
        if indexed:
            rig.index.apply([index_change(gone, made, {}, OFFICE, Past())])
    rig.write(matter(named(3), tasks=held(ME)))
    page = rig.work.page(CALLER, Worklist.WAITING)
    assert (page.total, [row.revision.record for row in page.rows]) == (1, [named(3)])
    assert rig.work.page(CALLER, Worklist.WAITING, kinds=["gone"]).total == 0


@pytest.mark.feature("TZ-03")
def test_a_notice_is_unread_until_it_is_opened_however_many_came_since(rig: Rig) -> None:
    for number in range(40):
        rig.write(matter(named(number), state="told", to=(EVERYONE,), minutes=number))
    rig.write(matter(named(77), state="told", to=(EVERYONE,), owner=LI))
    assert rig.announcements.unread(CALLER) == 40
    rig.noticed.put(LI, RecordId(named(0)), NOW.isoformat())
    assert rig.announcements.unread(CALLER) == 39
    page = rig.work.page(CALLER, Worklist.UNREAD, size=100)
    assert page.total == 39
    assert named(0) not in {row.revision.record for row in page.rows}
    assert rig.announcements.page(CALLER, unread=False, size=100).total == 41


@pytest.mark.feature("GT-06")
def test_what_is_followed_is_listed_until_it_is_let_go(rig: Rig) -> None:
    for number in range(3):
        rig.write(matter(named(number), minutes=number))
        rig.followed.put(LI, RecordId(named(number)), NOW.isoformat())
    rig.followed.remove(LI, RecordId(named(1)))
    rig.followed.put(LI, RecordId(named(9)), NOW.isoformat())
    page = rig.work.page(CALLER, Worklist.FOLLOWED)
    assert [row.revision.record for row in page.rows] == [named(2), named(0)]
    assert page.total == 2


def test_a_late_task_is_overdue_for_who_holds_it_alone(rig: Rig) -> None:
    yesterday = TODAY.replace(day=22)
    rig.write(matter(named(1), tasks=held(ME, due_on=yesterday)))
    rig.write(matter(named(2), tasks=held(person_token(WANG), due_on=yesterday)))
    rig.write(matter(named(3), tasks=held(ME, due_on=TODAY)))
    page = rig.work.page(CALLER, Worklist.OVERDUE)
    assert [(row.revision.record, row.due_on) for row in page.rows] == [(named(1), yesterday)]
    rig.write(matter(named(4), tasks=held(ME, ME, due_on=TODAY)))
    late, due = held(ME, ME, due_on=TODAY)
    late = late.model_copy(update={"due_on": yesterday})
    rig.write(matter(named(5), tasks=(late, due)))
    soon = rig.work.page(CALLER, Worklist.SOON)
    assert {row.revision.record for row in soon.rows} == {named(3), named(4)}, "5 is late already"
    assert rig.work.totals(CALLER) == {"todo": 4, "unread": 0, "soon": 2, "overdue": 2}


def test_filters_of_one_field_are_alternatives_and_of_several_add_up(rig: Rig) -> None:
    rig.write(matter(named(1), sort="批示", due="2026-03-31"))
    rig.write(matter(named(2), sort="信箱", due="2026-03-01", units=("office",)))
    rig.write(matter(named(3), sort="会议", due="2026-04-01"))

    def found(*filters: tuple[str, str]) -> set[int]:
        page = rig.kind_lists.page(CALLER, "matter", ListAsked(filters=filters), counted=False)
        return {int(row.revision.record) for row in page.page.rows}

    assert found(("sort", "批示"), ("sort", "会议")) == {1, 3}
    assert found(("sort", "批示"), ("due", "2026-04..")) == set()
    assert found(("due", "2026-03..2026-03")) == {1, 2}
    assert found(("due", "..2026-03-15")) == {2}
    assert found(("units", "office")) == {2}
    assert found(("state", "handling"), ("unit", "office")) == {1, 2, 3}
    assert found(("state", "closed")) == set()


def test_instants_are_narrowed_by_days_of_beijing(rig: Rig) -> None:
    for number, begins in enumerate(["2026-11-29T15:59:59", "2026-11-29T16:00:00"], 1):
        rig.write(matter(named(number), begins=f"{begins}+00:00"))

    def found(days: str) -> set[int]:
        asked = ListAsked(filters=(("begins", days),))
        page = rig.kind_lists.page(CALLER, "matter", asked, counted=False).page
        return {int(row.revision.record) for row in page.rows}

    assert found("2026-11-29..2026-11-29") == found("..2026-11-29") == {1}
    assert found("2026-11-30..2026-11-30") == found("2026-11-30..") == {2}
    assert found("2026-11-29..2026-11-30") == {1, 2}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (ListAsked(filters=(("begins", "x..y"),)), "bad_filter"),
        (ListAsked(filters=(("body", "x"),)), "unknown_filter"),
        (ListAsked(sort="body"), "unknown_sort"),
        (ListAsked(size=501), "bad_size"),
        (ListAsked(after="[x TO *]"), "bad_place"),
        (ListAsked(after="0-R" + "1" * 5_000), "bad_place"),
    ],
)
def test_what_a_list_does_not_know_is_refused(rig: Rig, asked: ListAsked, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        rig.kind_lists.page(CALLER, "matter", asked, counted=False)
    assert refused.value.reason == reason
