"""What the index in a folder does besides searching: keep, refuse, follow, start over."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from threading import Event, Thread

import pytest

from indexers.analysis import Analyser, Fold
from indexers.tantivy_index import TantivyFilling, TantivySearchIndex, generation, newest
from records.errors import Unavailable
from records.identity import RecordId
from records.queries.query import Words
from records.queries.search import IndexChange, Removal, SearchRequest, SortOrder
from tests.search_documents import STAFF, document

Opened = Callable[..., TantivySearchIndex]


@cache
def analyser() -> Analyser:
    return Analyser(Fold.load())


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens the index of the folder, as often as wanted; all are closed in the end."""
    indexes: list[TantivySearchIndex] = []

    def opening(*, writes: bool) -> TantivySearchIndex:
        indexes.append(TantivySearchIndex(tmp_path / "index", analyser(), writes=writes))
        return indexes[-1]

    yield opening
    for index in indexes:
        index.close()


def found(index: TantivySearchIndex, word: str) -> set[str]:
    return {hit.record for hit in index.search(SearchRequest(Words(word)), STAFF).hits}


def generations(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "index").glob("index-*"))


def test_what_was_applied_is_there_after_opening_again(opened: Opened) -> None:
    first = opened(writes=True)
    first.apply([document("r1", "防汛", revision=2), Removal(RecordId("r2"), 5)])
    first.close()
    second = opened(writes=True)
    second.apply([document("r1", "旧", revision=1), document("r2", "旧", revision=4)])
    assert found(second, "防汛") == {"r1"}
    assert found(second, "旧") == set()


def test_only_one_process_writes(opened: Opened) -> None:
    opened(writes=True).apply([document("r1", "防汛")])
    for other in (opened(writes=True), opened(writes=False)):
        with pytest.raises(Unavailable, match="writer_elsewhere"):
            other.apply([document("r2", "防汛")])
        with pytest.raises(Unavailable, match="writer_elsewhere"):
            other.rebuild()
        assert found(other, "防汛") == {"r1"}


def test_the_writer_can_be_taken_over_when_it_was_given_back(opened: Opened) -> None:
    first, second = opened(writes=True), opened(writes=True)
    first.apply([document("r1", "防汛")])
    first.close()
    second.apply([document("r2", "防汛")])
    assert found(second, "防汛") == {"r1", "r2"}


def test_a_reader_sees_every_commit(opened: Opened) -> None:
    writer, reader = opened(writes=True), opened(writes=False)
    with pytest.raises(Unavailable, match="index_missing"):
        found(reader, "防汛")
    for number in range(5):
        writer.apply([document(f"r{number}", "防汛")])
        assert len(found(reader, "防汛")) == number + 1
        assert len(list(reader.entries(after=None))) == number + 1


def test_a_rebuild_takes_the_place_of_the_index_for_every_process(
    opened: Opened, tmp_path: Path
) -> None:
    writer, reader = opened(writes=True), opened(writes=False)
    writer.apply([document("r1", "旧"), document("r2", "防汛")])
    assert found(reader, "旧") == {"r1"}
    rebuild = writer.rebuild()
    rebuild.apply([document("r2", "防汛"), document("r3", "防汛")])
    assert found(writer, "防汛") == found(reader, "防汛") == {"r2"}
    rebuild.swap()
    assert found(writer, "防汛") == found(reader, "防汛") == {"r2", "r3"}
    assert found(reader, "旧") == set()
    with pytest.raises(Unavailable, match="rebuild_abandoned"):
        rebuild.apply([])
    writer.rebuild().abandon()
    assert len(generations(tmp_path)) == 1


def test_what_is_written_during_a_rebuild_is_not_lost(opened: Opened) -> None:
    writer = opened(writes=True)
    writer.apply([document("r1", "甲", revision=1)])
    rebuild = writer.rebuild()
    writer.apply([document("r1", "乙", revision=2), Removal(RecordId("r2"), 2)])
    rebuild.apply([document("r1", "甲", revision=1), document("r2", "甲", revision=1)])
    rebuild.swap()
    assert (found(writer, "甲"), found(writer, "乙")) == (set(), {"r1"})


@pytest.mark.parametrize("most", [2, 100])
def test_of_what_a_rebuild_is_given_the_newest_revision_stays(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(generation, "UNSETTLED_MOST", most)
    writer = opened(writes=True)
    rebuild = writer.rebuild()
    rebuild.apply([document("r1", "甲", revision=2), document("r2", "甲", revision=1)])
    rebuild.apply([document("r1", "乙", revision=1), document("r2", "乙", revision=2)])
    rebuild.swap()
    assert (found(writer, "甲"), found(writer, "乙")) == ({"r1"}, {"r2"})
    assert list(writer.entries(after=None)) == [("r1", 2), ("r2", 2)]


def test_a_rebuild_that_is_handed_out_tells_what_it_misses(opened: Opened, tmp_path: Path) -> None:
    writer, reader = opened(writes=True), opened(writes=False)
    writer.apply([document("r1", "旧"), document("r2", "旧")])
    rebuild = writer.rebuild()
    filling = TantivyFilling(rebuild.hand_out(), analyser())
    filling.apply([document("r1", "甲", revision=1), document("r3", "甲")])
    writer.apply([document("r1", "乙", revision=2)])
    filling.swap()
    assert (found(writer, "乙"), found(writer, "甲")) == ({"r1"}, set())
    assert rebuild.take_back() == {"r1"}
    writer.apply([document("r4", "丙")])
    rebuild.apply([document("r1", "乙", revision=2)])
    rebuild.swap()
    for index in (writer, reader):
        assert list(index.entries(after=None)) == [("r1", 2), ("r3", 1), ("r4", 1)]
    assert len(generations(tmp_path)) == 2  # the old one, for those who still read it


def test_a_rebuild_that_is_handed_out_is_taken_into_use_as_it_is(opened: Opened) -> None:
    writer = opened(writes=True)
    writer.apply([document("r1", "旧")])
    rebuild = writer.rebuild()
    filling = TantivyFilling(rebuild.hand_out(), analyser())
    filling.apply([document("r1", "甲")])
    filling.swap()
    assert rebuild.take_back() == set()
    rebuild.swap()
    assert found(writer, "甲") == {"r1"}
    assert found(opened(writes=False), "甲") == {"r1"}


def test_a_rebuild_that_was_handed_out_can_be_thrown_away(opened: Opened, tmp_path: Path) -> None:
    writer = opened(writes=True)
    writer.apply([document("r1", "旧")])
    rebuild = writer.rebuild()
    filling = TantivyFilling(rebuild.hand_out(), analyser())
    filling.apply([document("r2", "甲")])
    filling.abandon()
    rebuild.abandon()
    writer.apply([document("r3", "旧")])
    assert found(writer, "旧") == {"r1", "r3"}
    assert len(generations(tmp_path)) == 1


def test_searches_go_on_while_an_index_is_swapped(opened: Opened) -> None:
    writer, reader = opened(writes=True), opened(writes=False)
    writer.apply([document("r1", "防汛")])
    stop, answers = Event(), set[int]()

    def searching() -> None:
        while not stop.is_set():
            answers.add(len(found(reader, "防汛")))

    thread = Thread(target=searching)
    thread.start()
    for _ in range(5):
        rebuild = writer.rebuild()
        rebuild.apply([document("r1", "防汛")])
        rebuild.swap()
    stop.set()
    thread.join(timeout=10)
    assert answers == {1}


def test_a_damaged_index_says_so_and_can_be_rebuilt(opened: Opened, tmp_path: Path) -> None:
    first = opened(writes=True)
    first.apply([document("r1", "防汛")])
    first.close()
    (name,) = generations(tmp_path)
    (tmp_path / "index" / name / "meta.json").write_text("{", encoding="utf-8")
    second = opened(writes=True)
    with pytest.raises(Unavailable, match="index_damaged"):
        found(second, "防汛")
    rebuild = second.rebuild()
    rebuild.apply([document("r1", "防汛")])
    rebuild.swap()
    assert found(second, "防汛") == {"r1"}


@pytest.mark.parametrize("suffix", [".idx", ".store", ".fast"])
def test_a_missing_file_of_an_index_is_damage(opened: Opened, tmp_path: Path, suffix: str) -> None:
    first = opened(writes=True)
    first.apply([document("r1", "防汛")])
    first.close()
    for path in (tmp_path / "index").rglob(f"*{suffix}"):
        path.unlink()
    with pytest.raises(Unavailable, match="index_damaged"):
        found(opened(writes=False), "防汛")


def a_file_for_the_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("")


def a_folder_for_the_pointer(folder: Path) -> None:
    (folder / "current").unlink()
    (folder / "current").mkdir()


def no_text_in_the_pointer(folder: Path) -> None:
    (folder / "current").write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    "put", [a_file_for_the_folder, a_folder_for_the_pointer, no_text_in_the_pointer]
)
def test_what_stands_in_the_place_of_the_index_is_damage(
    opened: Opened, tmp_path: Path, put: Callable[[Path], None]
) -> None:
    index = opened(writes=True)
    index.apply([document("r1", "防汛")])
    put(tmp_path / "index")
    with pytest.raises(Unavailable, match="index_damaged"):
        found(index, "防汛")
    with pytest.raises(Unavailable):
        index.apply([document("r2", "防汛")])


def test_an_index_of_another_version_is_outdated(opened: Opened, tmp_path: Path) -> None:
    first = opened(writes=True)
    first.apply([document("r1", "防汛")])
    first.close()
    (tmp_path / "index" / "current").write_text("index-000000000000-1", encoding="utf-8")
    with pytest.raises(Unavailable, match="index_outdated"):
        found(opened(writes=True), "防汛")


def test_a_folder_that_never_had_an_index_has_none_until_somebody_writes(opened: Opened) -> None:
    index = opened(writes=True)
    with pytest.raises(Unavailable, match="index_missing"):
        found(index, "防汛")
    index.apply([document("r1", "防汛")])
    assert found(index, "防汛") == {"r1"}


@pytest.mark.parametrize("gone", ["index", "index/current", "index/index-*"])
def test_an_index_that_is_gone_answers_nobody_until_it_is_rebuilt(
    opened: Opened, tmp_path: Path, gone: str
) -> None:
    writer, other, reader = opened(writes=True), opened(writes=True), opened(writes=False)
    writer.apply([document("r1", "防汛")])
    assert found(other, "防汛") == found(reader, "防汛") == {"r1"}
    for path in tmp_path.glob(gone):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for _ in range(2):
        for index in (writer, other, reader):
            with pytest.raises(Unavailable, match="index_missing"):
                found(index, "防汛")
        with pytest.raises(Unavailable, match="index_"):
            writer.apply([document("r2", "防汛")])
        with pytest.raises(Unavailable, match="writer_elsewhere"):
            other.apply([document("r2", "防汛")])
    rebuild = writer.rebuild()
    rebuild.apply([document("r1", "防汛"), document("r2", "防汛")])
    rebuild.swap()
    writer.apply([document("r3", "防汛")])
    for index in (writer, other, reader):
        assert found(index, "防汛") == {"r1", "r2", "r3"}


def test_an_earlier_copy_of_the_index_answers_nobody_until_it_is_rebuilt(
    opened: Opened, tmp_path: Path
) -> None:
    first = opened(writes=True)
    first.apply([document("r1", "防汛")])
    first.close()
    shutil.copytree(tmp_path / "index", tmp_path / "kept")
    second = opened(writes=True)
    second.apply([document("r2", "防汛")])
    second.close()
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "kept").rename(tmp_path / "index")
    third, reader = opened(writes=True), opened(writes=False)
    for index in (third, reader):
        with pytest.raises(Unavailable, match="index_stale"):
            found(index, "防汛")
    rebuild = third.rebuild()
    rebuild.apply([document("r1", "防汛"), document("r2", "防汛")])
    rebuild.swap()
    assert found(third, "防汛") == found(reader, "防汛") == {"r1", "r2"}


@pytest.mark.parametrize("with_index", [True, False])
def test_a_lock_that_is_deleted_does_not_make_two_writers(
    opened: Opened, tmp_path: Path, *, with_index: bool
) -> None:
    first, second = opened(writes=True), opened(writes=True)
    first.apply([document("r1", "防汛")])
    (tmp_path / "index.lock").unlink()
    if with_index:
        shutil.rmtree(tmp_path / "index")
    rebuild = second.rebuild()
    rebuild.apply([document("r1", "防汛")])
    with pytest.raises(Unavailable, match="writer_elsewhere"):
        first.apply([document("r2", "防汛")])
    rebuild.swap()
    with pytest.raises(Unavailable, match="writer_elsewhere"):
        first.rebuild()
    second.apply([document("r2", "防汛")])
    assert found(first, "防汛") == found(second, "防汛") == {"r1", "r2"}
    second.close()
    first.apply([document("r3", "防汛")])
    assert found(second, "防汛") == {"r1", "r2", "r3"}


def test_what_was_written_while_the_lock_was_lost_is_said_to_be_unwritten(
    opened: Opened, tmp_path: Path
) -> None:
    index = opened(writes=True)
    index.apply([document("r1", "防汛")])
    generation = index._current
    assert generation is not None
    apply = generation.apply

    def losing(changes: Sequence[IndexChange]) -> None:
        apply(changes)
        (tmp_path / "index.lock").unlink()

    generation.apply = losing  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="writer_elsewhere"):
        index.apply([document("r2", "防汛")])


@pytest.mark.parametrize("many", [7, 8, 9, 10, 30])
def test_pages_of_more_records_of_one_instant_than_are_told_apart_leave_none_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(newest, "TOLD_APART", 8)
    monkeypatch.setattr(newest, "_SPARES", (1,))
    index = TantivySearchIndex(tmp_path, Analyser(Fold.load()), writes=True)
    equal = [document(f"r{number:02}", "甲") for number in range(many)]
    newer = [replace(document(f"n{n}", "甲"), dated_on=date(2020, 1, n)) for n in (1, 2, 3)]
    for each in (*equal, *newer):
        index.apply([each])
    paged = [
        hit.record
        for offset in range(0, many + 3, 4)
        for hit in index.search(
            SearchRequest(Words("甲"), sort=SortOrder.DATE, offset=offset, limit=4), STAFF
        ).hits
    ]
    index.close()
    assert paged[:3] == ["n3", "n2", "n1"]
    assert sorted(paged[3:]) == [each.record for each in equal]
    if many <= 8:
        assert paged[3:] == [each.record for each in reversed(equal)]
