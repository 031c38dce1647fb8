"""The contract of RecordLog, FileShelf and Outbox, on every store."""

import hashlib
import multiprocessing
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from records.errors import Conflict, Corrupt, NotFound
from records.identity import KindName, Login, RecordId, Sha256, UnitCode
from records.ports.object_store import ObjectStore
from records.ports.record_log import Commit
from records.revision import Event, FileVersion, Revision
from storage.file_shelf import StoredFileShelf
from storage.keys import blob_key, revision_key
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.object_stores import DURABLE_KINDS, BucketPlace, FolderPlace, Places

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def log_on(store: ObjectStore) -> StoredRecordLog:
    return StoredRecordLog(store, RevisionCache(capacity_bytes=1 << 20))


def revision(number: int, *, record: str = "R1", write: str = "w", title: str = "题") -> Revision:
    return Revision(
        record=RecordId(record),
        number=number,
        kind=KindName("library_file"),
        kind_version=1,
        previous=None,
        created_at=NOW,
        owner=Login("a"),
        unit=UnitCode("u"),
        fields={"title": title},
        event=Event(action="edit", actor=Login("a"), at=NOW, write_id=f"{write}{number}"),
    )


@pytest.mark.feature("YP-02", "WJ-02")
def test_revisions_are_read_back_and_chained(store: ObjectStore) -> None:
    log = log_on(store)
    first = log.commit(Commit(revision(1)))
    second = log.commit(Commit(revision(2, title="新题")))
    assert first.previous is None
    assert second.previous == log.digest(RecordId("R1"), 1)
    assert [each.number for each in log_on(store).history(RecordId("R1"), newest=2)] == [2, 1]
    assert log_on(store).latest(RecordId("R1"), known=1) == second


def test_a_taken_number_conflicts_and_names_the_newest_and_its_author(store: ObjectStore) -> None:
    log = log_on(store)
    log.commit(Commit(revision(1)))
    log.commit(Commit(revision(2)))
    with pytest.raises(Conflict) as caught:
        log.commit(Commit(revision(2, write="other")))
    assert caught.value.facts == {"record": "R1", "newest": 2, "by": "a"}


def test_the_same_write_again_is_the_same_revision(store: ObjectStore) -> None:
    log = log_on(store)
    assert log.commit(Commit(revision(1))) == log.commit(Commit(revision(1)))


def test_the_newest_of_many_records_come_in_order_with_what_is_wrong(store: ObjectStore) -> None:
    log = log_on(store)
    for n in range(30):
        log.commit(Commit(revision(1, record=f"R{n}")))
    log.commit(Commit(revision(2, record="R7")))
    store.replace(revision_key(RecordId("R9"), 1), b"torn")
    wanted = [(RecordId(f"R{n}"), n % 2) for n in range(31)]
    found = log_on(store).latest_all(wanted)
    told = [
        each.reason if isinstance(each, NotFound | Corrupt) else (each.record, each.number)
        for each in found
    ]
    expected: list[object] = [(f"R{n}", 2 if n == 7 else 1) for n in range(30)]
    expected[9] = "torn_revision"
    assert told == [*expected, "unknown_record"]
    assert log.latest_all([]) == []


def test_a_gap_is_not_written(store: ObjectStore) -> None:
    with pytest.raises(NotFound):
        log_on(store).commit(Commit(revision(2)))


def test_a_batch_has_one_outcome_per_commit(store: ObjectStore) -> None:
    log = log_on(store)
    log.commit(Commit(revision(1, record="R3")))
    commits = [Commit(revision(1, record=f"R{n}", write="new")) for n in range(6)]
    outcomes = log.commit_all(commits)
    assert [isinstance(outcome, Conflict) for outcome in outcomes] == [n == 3 for n in range(6)]
    assert [record for record, _ in log.records()] == [f"R{n}" for n in range(6)]
    assert [record for record, _ in log.records(after=RecordId("R3"))] == ["R4", "R5"]


def test_an_outbox_entry_stands_for_every_commit_until_it_is_removed(store: ObjectStore) -> None:
    outbox = StoredOutbox(store)
    log_on(store).commit(Commit(revision(1)))
    entries = list(outbox.pending())
    assert [(entry.record, entry.number) for entry in entries] == [("R1", 1)]
    outbox.remove(entries)
    assert list(outbox.pending()) == []


def test_the_outbox_is_read_onward_from_a_record(store: ObjectStore) -> None:
    outbox = StoredOutbox(store)
    names = [f"01M87{folder}ZAYS2SY9MHSMED{n}" for folder in "ABC" for n in (1, 2)]
    commits = [Commit(revision(1, record=name)) for name in names]
    log_on(store).commit_all(commits)
    log_on(store).commit(Commit(revision(2, record=names[2])))
    onward = [(entry.record, entry.number) for entry in outbox.onward(RecordId(names[2]))]
    assert onward == [(names[2], 1), (names[2], 2), *((name, 1) for name in names[3:])]
    outbox.remove(list(outbox.onward(RecordId(names[3]))))
    assert {entry.record for entry in outbox.pending()} == set(names[:3])


def test_a_torn_revision_is_named_and_the_ones_before_it_are_read(store: ObjectStore) -> None:
    log_on(store).commit(Commit(revision(1)))
    log_on(store).commit(Commit(revision(2)))
    torn = revision_key(RecordId("R1"), 2)
    whole = store.read(torn)
    for damaged in (whole[:-30], whole[:100], b"", whole.replace("题".encode(), "提".encode())):
        store.replace(torn, damaged)
        with pytest.raises(Corrupt) as caught:
            log_on(store).latest(RecordId("R1"))
        assert caught.value.facts == {"record": "R1", "number": 2}
        assert log_on(store).revision(RecordId("R1"), 1).number == 1


def with_file(path: Path, content: bytes) -> tuple[Revision, Commit]:
    path.write_bytes(content)
    sha = Sha256(hashlib.sha256(content).hexdigest())
    file = FileVersion(
        part="files",
        name="a.txt",
        sha256=sha,
        size_bytes=len(content),
        media_type="text/plain",
        since=1,
    )
    made = revision(1).model_copy(update={"files": (file,)})
    return made, Commit(made, files={sha: path})


def test_a_file_is_streamed_and_a_damaged_one_never_ends_well(
    store: ObjectStore, tmp_path: Path
) -> None:
    made, commit = with_file(tmp_path / "f", b"line\n" * 600_000)
    log_on(store).commit(commit)
    shelf = StoredFileShelf(store, extractor_version="x-1", local_path=None)
    sha, size = made.files[0].sha256, made.files[0].size_bytes
    assert b"".join(shelf.stream(made.record, sha, start=0, length=size)) == b"line\n" * 600_000
    with shelf.local(made.record, sha) as path:
        assert path.stat().st_size == size
    key = blob_key(made.record, sha)
    store.delete(key)
    store.create(key, b"line\n" * 599_999 + b"lien\n")
    received: list[bytes] = []
    with pytest.raises(Corrupt, match="damaged_file"):
        received.extend(shelf.stream(made.record, sha, start=0, length=size))
    assert sum(map(len, received)) < size


def _append(place: FolderPlace | BucketPlace, count: int, done: "Queue[int]") -> None:
    log = StoredRecordLog(place.open(), RevisionCache(capacity_bytes=1 << 20))
    mine = 0
    while mine < count:
        newest = log.latest(RecordId("R1"))
        value = str(int(str(newest.fields["title"])) + 1)
        write = f"{multiprocessing.current_process().name}-{mine}-"
        try:
            log.commit(Commit(revision(newest.number + 1, write=write, title=value)))
        except Conflict:
            continue
        mine += 1
    done.put(mine)


@pytest.mark.parametrize("kind", DURABLE_KINDS)
def test_eight_processes_on_one_record_lose_no_acknowledged_update(
    places: Places, kind: str
) -> None:
    place = places.fresh(kind)
    store = place.open()
    log_on(store).commit(Commit(revision(1, title="0")))
    context = multiprocessing.get_context("spawn")
    done: Queue[int] = context.Queue()
    processes = [context.Process(target=_append, args=(place, 8, done)) for _ in range(8)]
    for process in processes:
        process.start()
    acknowledged = sum(done.get(timeout=120) for _ in processes)
    for process in processes:
        process.join(timeout=60)
    newest = log_on(store).latest(RecordId("R1"))
    assert acknowledged == 64
    assert newest.number == 65
    assert newest.fields["title"] == "64"
