"""The organisation: changes at once do not lose one another."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from records.identity import Login, UnitCode
from records.organisation import Person
from records.unit_tree import Unit
from services.people.organisation_book import OrganisationBook
from storage.chains import StoredChains
from storage.memory_store import MemoryObjectStore
from wenshu.clock import SystemClock

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
