"""A store moved to another place: whole, or refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from records.errors import NotFound, Refused, Unavailable
from records.identity import ObjectKey
from records.ports.object_store import NewObject
from records.ports.retention import Holding
from records.times.office_time import office_day
from services.keeping.copy_ledger import CopyLedger, CopyOutcome
from services.keeping.copying import UNFINISHED, StoreCopier, StoreSide
from storage.filesystem_store import FilesystemObjectStore
from storage.minio_retention import MinioRetention
from storage.minio_store import MinioObjectStore
from storage.noted_retention import NotedRetention
from storage.s3_place import S3Place
from tests.object_stores import AnyStore, Places, made_bucket, opened
from tests.servers.seaweedfs import ACCESS_KEY, SECRET_KEY
from wenshu.command_line import command_line
from wenshu.format import check_format
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

FORMAT = ObjectKey("format")
BIG = ObjectKey("records/R100/blobs/big")


@pytest.fixture
def source(tmp_path: Path) -> FilesystemObjectStore:
    """A store of 302 objects, one of them large."""
    store = FilesystemObjectStore(tmp_path / "source")
    check_format(store)
    new = [
        NewObject(ObjectKey(f"records/R{n:03}/{part}"), f"{n}{part}".encode())
        for n in range(150)
        for part in ("blobs/aa", "r00000001.json")
    ]
    store.create_all(new)
    store.create(BIG, b"x" * 3_000_000)
    store.create(ObjectKey("chains/accounts/a-b/r00000001"), b"link")
    store.create(ObjectKey("sessions/aa"), b"left out")
    return store


def between(source: StoreSide, target: StoreSide) -> StoreCopier:
    return StoreCopier(source, target, clock=SystemClock(), identities=RandomIdentities())


def copying(source: AnyStore, target: AnyStore) -> StoreCopier:
    return between(StoreSide(source, None), StoreSide(target, None))


def run(work: StoreCopier, *, batches: int = 1_000) -> CopyLedger:
    """A copy, or the first batches of one that is interrupted then."""
    ledger = work.prepare()
    for number, batch in enumerate(work.run(), start=1):
        for line in batch:
            ledger.add(line)
        if number == batches:
            return ledger
    work.finish(ledger)
    return ledger


def content(store: AnyStore) -> dict[str, bytes]:
    return {stat.key: store.read(stat.key) for stat in store.list("", after="")}


@pytest.fixture(params=["filesystem"])
def folder_target(places: Places) -> Iterator[AnyStore]:
    with opened(places, "filesystem") as store:
        yield store


def test_a_store_goes_there_and_back_whole(
    source: FilesystemObjectStore, direct: MinioObjectStore, folder_target: AnyStore
) -> None:
    there = run(copying(source, direct))
    back = run(copying(direct, folder_target))
    expected = {k: v for k, v in content(source).items() if k != "sessions/aa"}
    assert content(direct) == expected
    assert content(folder_target) == expected
    for ledger in (there, back):
        assert ledger.expected == 302
        assert ledger.outcomes == {CopyOutcome.COPIED: 302}
        assert ledger.is_whole
    check_format(folder_target)


def test_a_second_run_sends_nothing(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    run(copying(source, direct))
    again = run(copying(source, direct))
    assert again.outcomes == {CopyOutcome.PRESENT: 302}
    assert again.sent_bytes == 0
    assert again.is_whole
    assert direct.read(FORMAT) == source.read(FORMAT)


def test_an_interrupted_copy_never_opens_and_goes_on(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    for batches in (1, 2):
        run(copying(source, direct), batches=batches)
        with pytest.raises(Refused, match="copy_unfinished"):
            check_format(direct)
    last = run(copying(source, direct))
    assert last.outcomes[CopyOutcome.PRESENT] == 256
    assert last.outcomes[CopyOutcome.COPIED] == 302 - 256
    assert last.is_whole
    check_format(direct)


def test_an_interrupted_copy_goes_on_without_what_the_source_freed_since(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    claims = [
        ObjectKey("claims/due/2026-01-01/aa"),
        ObjectKey("outbox/R00000/R1.00000001.aa"),
        ObjectKey("records/R001/text/aa.embedded-1"),
    ]
    for claim in claims:
        source.create(claim, b"claim")
    run(copying(source, direct), batches=3)
    assert all(direct.stat(claim) for claim in claims)
    for claim in claims:
        source.delete(claim)
    last = run(copying(source, direct))
    assert last.expected == 302
    assert last.is_whole
    assert content(direct) == {k: v for k, v in content(source).items() if k != "sessions/aa"}


def test_an_interrupted_copy_of_another_store_is_left_alone(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    own = ObjectKey("records/OWN/r00000001.json")
    claim = ObjectKey("claims/due/2026-01-01/aa")
    for key, body in ((FORMAT, UNFINISHED), (own, b"own"), (claim, b"claim")):
        direct.create(key, body)
    with pytest.raises(Refused) as caught:
        copying(source, direct).prepare()
    assert (caught.value.reason, caught.value.facts["key"]) == ("target_in_use", own)
    assert content(direct) == {FORMAT: UNFINISHED, own: b"own", claim: b"claim"}


def test_a_finished_copy_keeps_what_it_alone_has(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    run(copying(source, direct))
    gone = ObjectKey("records/R001/blobs/aa")
    source.delete(gone)
    before = content(direct)
    with pytest.raises(Refused, match="target_in_use"):
        copying(source, direct).prepare()
    assert content(direct) == before


def test_a_copy_under_way_is_no_source(
    source: FilesystemObjectStore, direct: MinioObjectStore, folder_target: AnyStore
) -> None:
    run(copying(source, direct), batches=1)
    with pytest.raises(Refused, match="copy_unfinished"):
        copying(direct, folder_target).prepare()
    with pytest.raises(NotFound, match="no_store"):
        copying(folder_target, direct).prepare()
    assert content(folder_target) == {}


def test_other_bytes_at_the_target_are_named_and_stay(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    run(copying(source, direct))
    other = ObjectKey("records/R007/blobs/aa")
    body = source.read(other)
    direct.replace(other, b"y" * len(body))
    ledger = run(copying(source, direct))
    assert [(line.key, line.reason) for line in ledger.failures] == [(other, "differs")]
    assert ledger.balances
    assert direct.read(FORMAT) == UNFINISHED


def test_a_target_with_records_of_its_own_is_left_alone(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    check_format(direct)
    own = ObjectKey("records/OWN/r00000001.json")
    direct.create(own, b"own")
    with pytest.raises(Refused) as caught:
        copying(source, direct).prepare()
    assert caught.value.reason == "target_in_use"
    assert caught.value.facts["key"] == own
    assert content(direct) == {FORMAT: b"1", own: b"own"}


def test_a_bucket_by_another_name_is_no_target_for_itself(
    source: FilesystemObjectStore, direct: MinioObjectStore, place: S3Place
) -> None:
    run(copying(source, direct))
    before = content(direct)
    other = replace(place, endpoint=place.endpoint.replace("127.0.0.1", "localhost"))
    assert other != place
    store = MinioObjectStore(other)
    with pytest.raises(Refused, match="same_store"):
        copying(direct, store).prepare()
    store.close()
    assert content(direct) == before


def test_a_part_of_the_source_by_another_name_is_no_target(
    source: FilesystemObjectStore, direct: MinioObjectStore, place: S3Place
) -> None:
    run(copying(source, direct))
    before = content(direct)
    other = replace(
        place,
        endpoint=place.endpoint.replace("127.0.0.1", "localhost"),
        prefix=f"{place.prefix}/part",
    )
    store = MinioObjectStore(other)
    with pytest.raises(Refused, match="nested_store"):
        copying(direct, store).prepare()
    store.close()
    assert content(direct) == before


@pytest.mark.parametrize("name", ["source", "linked"])
def test_a_folder_is_no_target_for_itself(
    source: FilesystemObjectStore, tmp_path: Path, name: str
) -> None:
    (tmp_path / "linked").symlink_to(tmp_path / "source")
    before = content(source)
    arguments = ["copy", "--from", str(tmp_path / "source"), "--to", str(tmp_path / name)]
    refused = CliRunner().invoke(command_line(), arguments).exception
    assert isinstance(refused, Refused)
    assert refused.reason == "same_store"
    assert content(source) == before
    check_format(source)


def test_what_is_written_meanwhile_is_told_and_comes_with_the_next_run(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    work = copying(source, direct)
    ledger = work.prepare()
    late = ObjectKey("chains/a-late-one/r1")
    for number, batch in enumerate(work.run()):
        if number == 0:
            source.create(late, b"late")
        for line in batch:
            ledger.add(line)
    assert not work.finish(ledger)
    assert [(line.key, line.reason) for line in ledger.failures] == [(late, "arrived")]
    assert run(copying(source, direct)).is_whole


def test_what_is_held_is_held_at_the_target_too(
    source: FilesystemObjectStore, places: Places, kind: str
) -> None:
    retention = NotedRetention(source)
    day = office_day(datetime.now(UTC)) + timedelta(days=9)
    retention.retain(BIG, until_on=day)
    retention.hold(BIG)
    store = MinioObjectStore(made_bucket(places.address(kind), object_lock=True))
    held = MinioRetention(store, mode="GOVERNANCE")
    work = between(StoreSide(source, retention), StoreSide(store, held))
    assert run(work).is_whole
    assert held.holding(BIG) == Holding(until_on=day, legal_hold=True)
    with pytest.raises(Refused, match="object_held"):
        store.delete(BIG)
    held.release(BIG)
    store.close()


def test_a_target_that_cannot_hold_is_no_home_for_what_is_held(
    source: FilesystemObjectStore, direct: MinioObjectStore
) -> None:
    retention = NotedRetention(source)
    retention.hold(BIG)
    work = between(StoreSide(source, retention), StoreSide(direct, None))
    ledger = run(work)
    assert [(line.key, line.reason) for line in ledger.failures] == [(BIG, "unheld")]
    assert direct.read(FORMAT) == UNFINISHED


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keys in the environment, the secret one as a file."""
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET_KEY}\n", encoding="utf-8")
    monkeypatch.setenv("WENSHU_S3_ACCESS_KEY", ACCESS_KEY)
    monkeypatch.setenv("WENSHU_S3_SECRET_KEY_FILE", str(secret))


def test_the_command_copies_and_says_so_by_its_status(
    keys: None, source: FilesystemObjectStore, place: S3Place, tmp_path: Path
) -> None:
    address = f"s3+http://{place.endpoint}/{place.bucket}/{place.prefix}"
    folder = str(tmp_path / "source")
    done = CliRunner().invoke(command_line(), ["copy", "--from", folder, "--to", address])
    assert done.exit_code == 0, done.output
    assert "302" in done.output
    assert SECRET_KEY not in done.output
    source.replace(ObjectKey("records/R001/blobs/aa"), b"another")
    failed = CliRunner().invoke(command_line(), ["copy", "--from", folder, "--to", address])
    assert failed.exit_code == 1
    assert "records/R001/blobs/aa" in failed.output


def test_a_source_that_is_not_there_is_not_made(keys: None, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    arguments = ["copy", "--from", str(nowhere), "--to", str(tmp_path / "target")]
    assert isinstance(CliRunner().invoke(command_line(), arguments).exception, NotFound)
    assert not nowhere.exists()


def test_a_target_that_stops_answering_ends_the_copy_and_keeps_it_shut(
    source: FilesystemObjectStore, place: S3Place
) -> None:
    store = MinioObjectStore(place)
    run(copying(source, store), batches=1)
    store.close()
    gone = MinioObjectStore(S3Place("127.0.0.1:9", "none", "a", "b"))
    with pytest.raises(Unavailable, match="store_unreachable"):
        run(copying(source, gone))
    gone.close()
