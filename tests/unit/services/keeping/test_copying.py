"""What a copy takes for its target, and what it leaves as it is."""

import resource
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from records.errors import Refused, Unavailable
from records.identity import ObjectKey
from services.keeping.copying import UNFINISHED, StoreCopier, StoreSide
from storage.filesystem_store import FilesystemObjectStore
from storage.memory_store import MemoryObjectStore
from wenshu.command_line import command_line
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

FORMAT = "format"
TRUTH = {
    FORMAT: b"1",
    "chains/accounts/a/r00000001": b"salted 1",
    "chains/organisation/r00000001": b"units",
    "records/R1/blobs/aa": b"file",
    "records/R1/r00000001.json": b"revision",
}
FREED = {
    "claims/due/2026-01-01/aa": b"claim",
    "outbox/R1/R1.00000001.aa": b"",
    "records/R1/text/aa.embedded-1": b"text",
}


def store(content: Mapping[str, bytes]) -> MemoryObjectStore:
    made = MemoryObjectStore()
    for key, body in content.items():
        made.create(ObjectKey(key), body)
    return made


def content(of: MemoryObjectStore) -> dict[str, bytes]:
    return {stat.key: of.read(stat.key) for stat in of.list("", after="")}


def copying(source: MemoryObjectStore, target: MemoryObjectStore) -> StoreCopier:
    return StoreCopier(
        StoreSide(source, None),
        StoreSide(target, None),
        clock=SystemClock(),
        identities=RandomIdentities(),
    )


def copied(source: MemoryObjectStore, target: MemoryObjectStore) -> bool:
    work = copying(source, target)
    ledger = work.prepare()
    for batch in work.run():
        for line in batch:
            ledger.add(line)
    return work.finish(ledger)


def refusal(source: MemoryObjectStore, target: MemoryObjectStore) -> Refused:
    """Why the target is refused, which leaves it as it is."""
    before = content(target)
    with pytest.raises(Refused) as caught:
        copying(source, target).prepare()
    assert content(target) == before
    return caught.value


def test_a_finished_copy_is_brought_up_to_date_with_what_the_source_freed_and_wrote() -> None:
    target = MemoryObjectStore()
    assert copied(store(TRUTH | FREED), target)
    newer = TRUTH | {"records/R1/r00000002.json": b"next", "claims/due/2026-01-02/aa": b"claim"}
    assert copied(store(newer), target)
    assert content(target) == newer


def test_a_finished_copy_that_lost_claims_stays_shut_until_all_is_copied() -> None:
    target = MemoryObjectStore()
    assert copied(store(TRUTH | FREED), target)
    copying(store(TRUTH), target).prepare()
    assert target.read(ObjectKey(FORMAT)) == UNFINISHED


@pytest.mark.parametrize("standing", [b"1", UNFINISHED])
@pytest.mark.parametrize(
    "own",
    ["records/R2/r00000001.json", "chains/accounts/b/r00000001", "part/claims/a", "photo.jpg"],
)
def test_what_no_store_frees_is_not_removed(standing: bytes, own: str) -> None:
    target = store(TRUTH | FREED | {FORMAT: standing, own: b"own"})
    refused = refusal(store(TRUTH), target)
    assert (refused.reason, refused.facts["key"]) == ("target_in_use", own)


@pytest.mark.parametrize("key", FREED)
def test_claims_without_a_store_around_them_are_no_copy(key: str) -> None:
    assert refusal(store(TRUTH), store({key: b"own"})).reason == "target_in_use"


@pytest.mark.parametrize("standing", [b"1", UNFINISHED])
def test_another_store_that_knows_the_same_names_alone_is_refused(standing: bytes) -> None:
    shared = {key: b"x" * len(body) for key, body in TRUTH.items() if "records" not in key}
    target = store(shared | {FORMAT: standing, "claims/own": b"own"})
    refused = refusal(store(TRUTH), target)
    assert (refused.reason, refused.facts["key"]) == (
        "target_in_use",
        "chains/accounts/a/r00000001",
    )


def test_one_damaged_object_does_not_make_a_copy_another_store() -> None:
    target = store(TRUTH | {"chains/organisation/r00000001": b"UNITS"})
    assert not copied(store(TRUTH), target)
    assert target.read(ObjectKey(FORMAT)) == UNFINISHED


def test_what_another_copy_puts_there_meanwhile_keeps_the_target_shut() -> None:
    target = MemoryObjectStore()
    work = copying(store(TRUTH), target)
    ledger = work.prepare()
    target.create(ObjectKey("records/OTHER/r00000001.json"), b"other")
    target.create(ObjectKey("claims/other"), b"a claim alone does no harm")
    for batch in work.run():
        for line in batch:
            ledger.add(line)
    assert not work.finish(ledger)
    assert [(line.key, line.reason) for line in ledger.failures] == [
        ("records/OTHER/r00000001.json", "foreign")
    ]
    assert ledger.balances
    assert target.read(ObjectKey(FORMAT)) == UNFINISHED


def test_what_is_no_object_of_ours_fails_once(tmp_path: Path) -> None:
    source = FilesystemObjectStore(tmp_path)
    source.create(ObjectKey(FORMAT), b"1")
    (tmp_path / "Thumbs db.ini").write_bytes(b"x")
    work = StoreCopier(
        StoreSide(source, None),
        StoreSide(MemoryObjectStore(), None),
        clock=SystemClock(),
        identities=RandomIdentities(),
    )
    ledger = work.prepare()
    lines = [line for batch in work.run() for line in batch]
    assert [(line.key, line.reason) for line in lines] == [("Thumbs db.ini", "bad_key")]
    assert ledger.expected == 1


class Overtaken(MemoryObjectStore):
    """Another copy begins between the look at the target and the first write."""

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        if key == FORMAT:
            super().create(key, UNFINISHED)
        super().create(key, body)


def test_of_two_copies_that_begin_at_once_one_is_told_so() -> None:
    with pytest.raises(Refused, match="copy_unfinished"):
        copying(store(TRUTH), Overtaken()).prepare()


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file of this process grows beyond 1 MB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_temporary_folder_is_named(small_files: None) -> None:
    large = store(TRUTH | {"records/R1/blobs/bb": bytes(3_000_000)})
    target = MemoryObjectStore()
    with pytest.raises(Unavailable, match="temporary_full") as caught:
        copied(large, target)
    assert caught.value.facts["folder"] == tempfile.gettempdir()
    assert target.read(ObjectKey(FORMAT)) == UNFINISHED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The store of a data folder."""
    made = tmp_path / "data" / "store"
    made.mkdir(parents=True)
    (made / FORMAT).write_bytes(b"1")
    (tmp_path / "linked").symlink_to(made)
    return made


def everything(below: Path) -> set[Path]:
    return set(below.rglob("*"))


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("data/store", "data/store/backup", "nested_store"),
        ("data/store", "data/store/.backup", "nested_store"),
        ("data/store", "data/store/../store/deep/down", "nested_store"),
        ("data/store", "linked/backup", "nested_store"),
        ("linked", "data/store/backup", "nested_store"),
        ("data/store", "data", "nested_store"),
        ("data/store", "linked", "same_store"),
    ],
)
def test_a_folder_in_the_other_is_refused_before_anything_is_written(
    folder: Path, tmp_path: Path, source: str, target: str, reason: str
) -> None:
    before = everything(tmp_path)
    arguments = ["copy", "--from", str(tmp_path / source), "--to", str(tmp_path / target)]
    refused = CliRunner().invoke(command_line(), arguments).exception
    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("s3+http://host:9/bucket", "s3+http://host:9/bucket/part"),
        ("s3+http://host:9/bucket/a/b", "s3+https://HOST:9/bucket/a/"),
    ],
)
def test_a_part_of_a_bucket_is_no_target_for_the_whole(source: str, target: str) -> None:
    refused = (
        CliRunner().invoke(command_line(), ["copy", "--from", source, "--to", target]).exception
    )
    assert isinstance(refused, Refused)
    assert refused.reason == "nested_store"


def test_a_folder_beside_the_other_is_taken(folder: Path) -> None:
    target = folder.with_name("store2")
    done = CliRunner().invoke(command_line(), ["copy", "--from", str(folder), "--to", str(target)])
    assert done.exit_code == 0, done.output
    assert (target / FORMAT).read_bytes() == b"1"
