"""Indexes destroyed and stores tampered with: found, named, mended."""

import shutil
from pathlib import Path

import pytest

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName
from records.revision import encode
from services.flow.edit import Edit
from services.searching.search_page import Asked
from storage.claims import StoredClaims
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import blob_key, revision_key
from storage.outbox import StoredOutbox
from tests.faults.writer import LOGIN, prepare, settings_for, take_in
from wenshu.building.house import installation
from wenshu.building.installation import Installation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with five records, indexed."""
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as built:
        for count in range(5):
            take_in(built, f"word{count}")
        drain(built)
    return tmp_path


def drain(built: Installation) -> None:
    while not built.drain.empty():
        built.drain.round()


def hits(built: Installation, words: str = "内容") -> int:
    caller = built.house.book.caller(LOGIN)
    return built.house.searching.search(caller, Asked(words=words)).total


@pytest.mark.parametrize("damage", ["deleted", "emptied", "garbled"])
def test_an_index_that_is_beyond_use_is_rebuilt_by_itself(folder: Path, damage: str) -> None:
    index = folder / "index"
    if damage == "deleted":
        shutil.rmtree(index)
    else:
        for path in index.rglob("*"):
            if path.is_file() and path.name not in ("current",):
                path.write_bytes(b"" if damage == "emptied" else b"garbage" * 100)
    with installation(settings_for(folder)) as built:
        assert built.upkeep.fault() is not None
        assert built.upkeep.mend()
        drain(built)
        assert hits(built) == 5
        assert not built.upkeep.mend()


def test_an_index_that_is_deleted_under_a_running_process_is_rebuilt(folder: Path) -> None:
    with installation(settings_for(folder)) as built:
        assert hits(built) == 5
        shutil.rmtree(folder / "index")
        take_in(built, "later")
        for _ in range(2):
            with pytest.raises(Unavailable, match="index_missing"):
                hits(built)
            with pytest.raises(Unavailable, match="index_missing"):
                drain(built)
        assert built.upkeep.mend()
        drain(built)
        assert hits(built) == 6


def test_an_index_deleted_and_begun_anew_by_a_write_is_rebuilt_whole(folder: Path) -> None:
    shutil.rmtree(folder / "index")
    (folder / "index.lock").unlink()
    with installation(settings_for(folder)) as built:
        take_in(built, "later")
        drain(built)
        assert hits(built) == 1
        assert built.upkeep.mend()
        assert hits(built) == 6
        assert not built.upkeep.mend()


def test_work_that_waits_elsewhere_does_not_keep_a_lost_index_from_being_rebuilt(
    folder: Path,
) -> None:
    with installation(settings_for(folder)) as built:
        shutil.rmtree(folder / "index")
        take_in(built, "waiting")
        assert built.upkeep.mend()
        drain(built)
        assert hits(built) == 6


def test_a_search_during_a_rebuild_says_so(folder: Path) -> None:
    with installation(settings_for(folder)) as built:
        caller = built.house.book.caller(LOGIN)
        assert built.house.searching.search(caller, Asked(words="内容")).notices == ()
        with built.upkeep._busy:
            page = built.house.searching.search(caller, Asked(words="内容"))
        assert (page.total, page.notices) == (5, ("rebuilding",))


def test_records_that_are_all_deleted_need_no_index(tmp_path: Path) -> None:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as built:
        record = take_in(built, "gone")
        caller = built.house.book.caller(LOGIN)
        built.house.editing.delete(caller, record, revision=1, reason="x")
        drain(built)
        assert not built.upkeep.mend()


def test_a_rebuild_keeps_what_is_written_meanwhile(folder: Path) -> None:
    with installation(settings_for(folder)) as built:
        rebuilding = built.rebuilding.run()
        take_in(built, "meanwhile")
        drain(built)
        assert hits(built) == 6
        for _ in rebuilding:
            pass
        assert hits(built) == 6
        assert hits(built, "meanwhile") == 1
        assert built.reconciliation.compare().is_clean


def test_reconcile_counts_every_cell_and_repairs(folder: Path) -> None:
    with installation(settings_for(folder)) as built:
        records = [record for record, _ in built.reconciliation._log.records()]
        shutil.rmtree(folder / "store" / "records" / records[0])
        shutil.rmtree(folder / "index")
        assert built.upkeep.mend()
        take_in(built, "new")
        table = built.reconciliation.compare()
        assert (table.equal.count, table.missing.count) == (4, 1)
        drain(built)
        assert built.reconciliation.compare().is_clean
        shutil.rmtree(folder / "store" / "records" / records[1])
        table = built.reconciliation.repair()
        assert table.orphaned.records == [records[1]]
        assert built.reconciliation.compare().is_clean


def test_verify_names_a_tampered_revision_and_a_tampered_file_exactly(folder: Path) -> None:
    store = FilesystemObjectStore(folder / "store")
    with installation(settings_for(folder)) as built:
        revisions = [
            built.house.browsing.open(built.house.book.caller(LOGIN), record).revision
            for record, _ in built.reconciliation._log.records()
        ]
    tampered, damaged = revisions[1], revisions[3]
    path = store.local_path(revision_key(tampered.record, 1))
    path.write_bytes(path.read_bytes().replace(b"word1", b"word9"))
    sha256 = damaged.files[0].sha256
    store.local_path(blob_key(damaged.record, sha256)).write_bytes(b"something else")
    with installation(settings_for(folder)) as built:
        damages = [d for verified in built.verification.run() for d in verified.damages]
    assert [(d.record, d.number, d.sha256, d.reason) for d in damages] == [
        (tampered.record, 1, None, "torn_revision"),
        (damaged.record, None, sha256, "damaged_file"),
    ]


def test_a_rewritten_revision_breaks_the_chain(folder: Path) -> None:
    store = FilesystemObjectStore(folder / "store")
    with installation(settings_for(folder)) as built:
        caller = built.house.book.caller(LOGIN)
        record = next(iter(built.reconciliation._log.records()))[0]
        built.house.editing.edit(caller, RecordId(record), Edit(fields={"number": "1"}), revision=1)
        first = built.house.browsing.open(caller, record, number=1).revision
    forged = first.model_copy(update={"owner": "mallory"})
    store.local_path(revision_key(record, 1)).write_bytes(encode(forged))
    with installation(settings_for(folder)) as built:
        damages = [d for verified in built.verification.run() for d in verified.damages]
    assert [(d.record, d.number, d.reason) for d in damages] == [(record, 2, "broken_chain")]


def test_one_damaged_record_hides_itself_and_nothing_else(folder: Path) -> None:
    store = FilesystemObjectStore(folder / "store")
    with installation(settings_for(folder)) as built:
        damaged = [record for record, _ in built.reconciliation._log.records()][2]
    store.local_path(revision_key(damaged, 1)).write_bytes(b"torn")
    with installation(settings_for(folder)) as built:
        assert hits(built) == 4
        for _ in built.rebuilding.run():
            pass
        assert hits(built) == 4
        assert built.reconciliation.compare().is_clean


def test_a_damaged_revision_that_waits_to_be_indexed_stops_no_other(folder: Path) -> None:
    store = FilesystemObjectStore(folder / "store")
    with installation(settings_for(folder)) as built:
        damaged = take_in(built, "damaged")
    path = store.local_path(revision_key(damaged, 1))
    path.write_bytes(path.read_bytes()[:50])
    with installation(settings_for(folder)) as built:
        take_in(built, "sound")
        done = built.drain.round()
        while done.indexed or done.waiting:
            done = built.drain.round()
        assert hits(built, "sound") == 1
        assert [entry.record for entry in StoredOutbox(store).pending()] == [damaged]


def test_a_damaged_dead_letter_stops_its_record_and_nothing_else(folder: Path) -> None:
    with installation(settings_for(folder)) as built:
        stopped = take_in(built, "stopped")
        built.runner.give_up(Job(JobName.INDEX, stopped), ValueError("broken"))
        built.drain.round()
        (claim,) = StoredClaims(built.engines.store).names("stopped/")
        letter = StoredClaims(built.engines.store).read(claim)
        assert letter is not None
        built.engines.store.replace(revision_key(RecordId(letter.decode()), 1), b"torn")
    with installation(settings_for(folder)) as built:
        take_in(built, "later")
        built.drain.round()
        assert hits(built, "later") == 1
        assert hits(built, "stopped") == 0
