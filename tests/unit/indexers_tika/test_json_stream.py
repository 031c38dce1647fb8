"""The stream reads what the whole reader reads, however it is cut, and holds no more than asked."""

import json
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexers.tika.json_stream import Broken, JsonStream, TooLong

PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=8,
)
LISTS = st.lists(st.dictionaries(PLAIN, PLAIN | st.lists(PLAIN, max_size=3) | ANYTHING, max_size=4))


def reader(data: bytes, size: int = 7) -> Callable[[], bytes]:
    pieces = iter([data[at : at + size] for at in range(0, len(data), size)])
    return lambda: next(pieces, b"")


def texts(stream: JsonStream) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for _ in stream.objects():
        found.append({})
        for key in stream.keys():  # noqa: SIM118 - it is no mapping
            found[-1][key] = "".join(stream.pieces())
    return found


@pytest.mark.parametrize("as_ascii", [True, False])
@given(LISTS, st.integers(1, 50))
def test_every_text_value_comes_out_whole_wherever_the_bytes_are_cut(
    as_ascii: object, objects: list[dict[str, object]], size: int
) -> None:
    data = json.dumps(objects, ensure_ascii=bool(as_ascii)).encode()
    expected = [
        {key: value if isinstance(value, str) else "" for key, value in each.items()}
        for each in objects
    ]
    assert texts(JsonStream(reader(data, size), most_bytes=len(data))) == expected


@given(LISTS, st.integers(1, 50))
def test_short_texts_and_lists_of_texts_are_joined_and_cut(
    objects: list[dict[str, object]], size: int
) -> None:
    data = json.dumps(objects, ensure_ascii=False).encode()
    stream = JsonStream(reader(data, size), most_bytes=len(data))
    for each in (objects[index] for index, _ in enumerate(stream.objects())):
        for key in stream.keys():  # noqa: SIM118 - it is no mapping
            value = each[key]
            told = stream.text(1000)
            if isinstance(value, str):
                assert told == value
            elif isinstance(value, list):
                assert told == " ".join(v for v in value if isinstance(v, str))
            else:
                assert told == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"<html>",
        b"[",
        b'[{"a"',
        b'[{"a":"b',
        b'[{"a":"\\x"}]',
        b'[{"a":"b"} {"a":"b"}]',
        b'[{"a":"b"}] more',
        b'[{"a":' + b"[" * 100_000,
    ],
)
def test_what_is_no_answer_is_broken(data: bytes) -> None:
    with pytest.raises(Broken):
        texts(JsonStream(reader(data, 1000), most_bytes=1 << 20))


def test_an_endless_answer_is_cut_and_never_held() -> None:
    def endless() -> Iterator[bytes]:
        yield b'[{"other":["'
        while True:
            yield b"x" * 65_536

    pieces = endless()
    stream = JsonStream(lambda: next(pieces), most_bytes=32 << 20)
    tracemalloc.start()
    try:
        with pytest.raises(TooLong):
            texts(stream)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 2 << 20
