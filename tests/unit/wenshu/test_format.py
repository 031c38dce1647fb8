"""What a program makes of the format number of a store."""

import pytest

from records.errors import Corrupt, Refused, WenshuError
from services.keeping.copying import UNFINISHED
from storage.keys import FORMAT_KEY
from storage.memory_store import MemoryObjectStore
from wenshu.format import FORMAT, check_format, migrating


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"99", Refused, "newer_format"),
        (b"0", Refused, "older_format"),
        (b"", Corrupt, "bad_format"),
        (b"1\n", Corrupt, "bad_format"),
        (b"-1", Corrupt, "bad_format"),
        (b"9" * 5000, Corrupt, "bad_format"),
        (UNFINISHED, Refused, "copy_unfinished"),
    ],
)
def test_another_format_is_refused_and_left_as_it_is(
    body: bytes, kind: type[WenshuError], reason: str
) -> None:
    store = MemoryObjectStore()
    store.create(FORMAT_KEY, body)
    with pytest.raises(kind, match=reason):
        check_format(store)
    if reason != "older_format":
        with pytest.raises(kind, match=reason):
            migrating(store).found()
    assert store.read(FORMAT_KEY) == body


def test_a_new_store_gets_the_format_of_this_program() -> None:
    store = MemoryObjectStore()
    check_format(store)
    assert store.read(FORMAT_KEY) == str(FORMAT).encode()
    check_format(store)
