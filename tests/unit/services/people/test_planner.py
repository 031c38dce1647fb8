"""工作助手 where a writer was killed in between, or another was faster (GT-09)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from records.errors import Conflict, NotFound
from records.identity import Login
from services.people.caller import Caller
from services.people.planner import Planner, Wanted
from services.people.planner_item import PlannerItem
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from tests.flow_office import NOW, OFFICE
from wenshu.system.identities import RandomIdentities

LOGIN = Login("author")
TODAY = NOW.date()
CALLER = Caller(OFFICE.person(LOGIN), OFFICE.reader(LOGIN, TODAY), OFFICE, NOW)


class Interrupted(StoredClaims):
    """Claims whose writer dies before it gives the first name back."""

    def free(self, name: str) -> None:
        raise KeyboardInterrupt


class Overtaken(StoredClaims):
    """Claims in which somebody else goes on twice while a writer looks at the version he had."""

    others: Iterator[object] = iter(())

    def take(self, name: str, value: bytes) -> bytes | None:
        next(self.others, None)
        return super().take(name, value)


def note(text: str) -> Wanted:
    return Wanted("note", text)


def texts(planner: Planner) -> list[tuple[int, str]]:
    return [(each.version, each.text) for each in planner.between(LOGIN, TODAY, TODAY)]


@pytest.mark.feature("GT-09")
def test_whoever_is_killed_after_he_wrote_leaves_the_change_and_one_item() -> None:
    store = MemoryObjectStore()
    planner = Planner(StoredClaims(store), RandomIdentities())
    item = planner.add(CALLER, note("原文"))
    dying = Planner(Interrupted(store), RandomIdentities())
    with pytest.raises(KeyboardInterrupt):
        dying.change(CALLER, item.id, 1, note("改过"))
    assert texts(planner) == [(2, "改过")]
    planner.change(CALLER, item.id, 2, note("再改"))
    assert texts(planner) == [(3, "再改")]
    planner.drop(LOGIN, item.id)
    assert texts(planner) == []
    with pytest.raises(NotFound):
        planner.find(LOGIN, item.id)


@pytest.mark.feature("GT-09")
def test_whoever_is_overtaken_twice_is_told_and_what_the_others_wrote_stands() -> None:
    store = MemoryObjectStore()
    claims = Overtaken(store)
    slow, fast = (Planner(each, RandomIdentities()) for each in (claims, StoredClaims(store)))
    item = fast.add(CALLER, note("原文"))

    def others() -> Iterator[PlannerItem]:
        fast.change(CALLER, item.id, 1, note("二"))
        yield fast.change(CALLER, item.id, 2, note("三"))

    claims.others = others()
    with pytest.raises(Conflict, match="item_changed"):
        slow.change(CALLER, item.id, 1, note("慢"))
    assert texts(fast) == texts(slow) == [(3, "三")]
    assert len(list(StoredClaims(store).names("planner/"))) == 1


@pytest.mark.feature("GT-09")
def test_of_two_who_move_it_to_different_days_at_once_nobody_overwrites_the_other() -> None:
    store = MemoryObjectStore()
    claims = Overtaken(store)
    slow, fast = (Planner(each, RandomIdentities()) for each in (claims, StoredClaims(store)))
    item = fast.add(CALLER, Wanted("plan", "总结"))
    days = [(TODAY + timedelta(days=n)).isoformat() for n in (1, 2)]
    claims.others = (fast.change(CALLER, item.id, 1, Wanted("plan", "总结", on)) for on in days[:1])
    with pytest.raises(Conflict, match="item_changed"):
        slow.change(CALLER, item.id, 1, Wanted("plan", "总结", days[1]))
    assert [each.on and each.on.isoformat() for each in fast.plans(LOGIN)] == days[:1]


@pytest.mark.feature("GT-09")
def test_a_page_reads_what_it_shows_and_nothing_of_other_years() -> None:
    store = MemoryObjectStore()
    planner = Planner(StoredClaims(store), RandomIdentities())
    for n in range(-300, 300, 10):
        on = (TODAY + timedelta(days=n)).isoformat()
        planner.add(CALLER, Wanted("appointment", f"会{n}", on))
    late = planner.add(CALLER, Wanted("plan", "早该做", (TODAY - timedelta(days=9)).isoformat()))
    done = planner.add(CALLER, Wanted("plan", "做了", TODAY.isoformat()))
    planner.mark(LOGIN, done.id, done=True)

    class Counted(StoredClaims):
        reads = 0

        def read(self, name: str) -> bytes | None:
            Counted.reads += 1
            return super().read(name)

    fresh = Planner(Counted(store), RandomIdentities())
    assert [each.text for each in fresh.for_today(LOGIN, TODAY)] == [late.text, "会0"]
    assert Counted.reads == 2


@pytest.mark.feature("GT-09")
def test_what_was_gone_for_a_moment_and_came_back_is_seen() -> None:
    claims = StoredClaims(MemoryObjectStore())
    planner, other = (Planner(claims, RandomIdentities()) for _ in range(2))
    made = other.add(CALLER, note("甲"))
    (name,) = claims.names(f"planner/{LOGIN}/")
    value = claims.read(name)
    assert value is not None
    claims.free(name)  # between the listing of a reader and his look at it
    assert planner._value(name) is None
    claims.take(name, value)
    assert planner.find(LOGIN, made.id) == made
