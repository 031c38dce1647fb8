"""Dictionaries in the store: changes of two processes, and of many threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from records.errors import Invalid, NotFound
from records.identity import DictionaryName, Login
from records.schema.dictionaries import Dictionaries, Dictionary
from services.people.dictionary_book import DictionaryBook
from storage.chains import StoredChains
from storage.memory_store import MemoryObjectStore
from wenshu.system.clock import SystemClock

NAME, ADMIN = DictionaryName("category"), Login("admin")
DECLARED = Dictionaries(
    [Dictionary.model_validate({"dictionary": NAME, "title": "类别", "entries": ["甲"]})]
)


def book(store: MemoryObjectStore) -> DictionaryBook:
    return DictionaryBook(DECLARED, StoredChains(store), SystemClock())


@pytest.mark.feature("SY-09")
def test_what_one_process_changes_another_sees_at_once() -> None:
    store = MemoryObjectStore()
    one, other = book(store), book(store)
    assert one.add(NAME, " 乙  类 ", by=ADMIN) == "乙 类"
    assert other.current().active(NAME) == ("甲", "乙 类")
    other.switch(NAME, "甲", disabled=True, by=ADMIN)
    assert one.current().active(NAME) == ("乙 类",)
    one.switch(NAME, "甲", disabled=False, by=ADMIN)
    assert book(store).current().active(NAME) == ("甲", "乙 类")


def test_a_change_that_changes_nothing_writes_nothing() -> None:
    store = MemoryObjectStore()
    book(store).switch(NAME, "甲", disabled=False, by=ADMIN)
    assert StoredChains(store).latest("dictionaries") is None


def test_what_is_not_there_is_refused() -> None:
    ours = book(MemoryObjectStore())
    with pytest.raises(Invalid, match="unknown_entry"):
        ours.switch(NAME, "丁", disabled=True, by=ADMIN)
    with pytest.raises(NotFound, match="unknown_dictionary"):
        ours.add(DictionaryName("nothing"), "丁", by=ADMIN)


def test_words_added_at_once_are_all_there() -> None:
    store = MemoryObjectStore()
    books = [book(store), book(store)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: books[n % 2].add(NAME, f"词{n}", by=ADMIN), range(20)))
    assert set(books[0].current().active(NAME)) == {"甲", *(f"词{n}" for n in range(20))}
