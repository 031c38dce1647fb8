"""The organisation: changes at once do not lose one another."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from records.identity import Login, UnitCode
from records.people.organisation import Person
from records.people.unit_tree import Unit
from records.ports.chains import Link
from services.people.organisation_book import OrganisationBook
from storage.chains import StoredChains
from storage.memory_store import MemoryObjectStore
from wenshu.system.clock import SystemClock

UNIT = UnitCode("office")
WRITERS, EACH = 4, 20


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("busy_threads")
def test_people_added_at_once_through_one_book_are_all_there() -> None:
    book = OrganisationBook(StoredChains(MemoryObjectStore()), SystemClock())
    book.merge([Unit(code=UNIT, name="办公室")], [])

    def add(writer: int) -> None:
        for count in range(EACH):
            login = Login(f"p{writer}-{count}")
            book.merge([], [Person(login=login, name="新人", unit=UNIT)])

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(add, range(WRITERS)))
    assert len(book.current().people) == WRITERS * EACH


class SlowChains(StoredChains):
    """A store that answers nobody before two have asked."""

    def __init__(self, store: MemoryObjectStore) -> None:
        super().__init__(store)
        self.both = Barrier(2)
        self.slow = False

    def latest(self, name: str, *, known: int = 0) -> Link | None:
        """As the port says, when there are two."""
        if self.slow:
            self.both.wait(timeout=10)
        return super().latest(name, known=known)


def test_a_slow_answer_of_the_store_holds_up_nobody_else() -> None:
    chains = SlowChains(MemoryObjectStore())
    book = OrganisationBook(chains, SystemClock())
    book.merge([Unit(code=UNIT, name="办公室")], [])
    chains.slow = True
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: book.current(), range(2)))
    assert both[0] is both[1]


def test_what_another_process_changed_is_made_of_bytes_once_and_never_goes_back() -> None:
    store = MemoryObjectStore()
    ours, other = (OrganisationBook(StoredChains(store), SystemClock()) for _ in range(2))
    other.merge([Unit(code=UNIT, name="办公室")], [])
    first = ours.current()
    assert ours.current() is first
    other.merge([], [Person(login=Login("p"), name="新人", unit=UNIT)])
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(lambda _: ours.current(), range(40)))
    assert {len(each.people) for each in seen} == {1}
    assert len({id(each) for each in seen}) == 1
