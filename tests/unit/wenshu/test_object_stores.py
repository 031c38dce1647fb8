"""Addresses of stores, and the keys to them."""

from pathlib import Path

import pytest

from records.errors import Invalid
from storage.filesystem_store import FilesystemObjectStore
from wenshu.object_stores import (
    S3Access,
    opened_store,
    s3_access,
    s3_access_of_target,
    s3_place,
)

ACCESS = S3Access("key", "secret", "us-east-1", None, "GOVERNANCE")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any of our variables."""
    for side in ("", "TO_"):
        for name in ("ACCESS_KEY", "SECRET_KEY", "REGION", "CA", "LOCK_MODE"):
            monkeypatch.delenv(f"WENSHU_{side}S3_{name}", raising=False)
            monkeypatch.delenv(f"WENSHU_{side}S3_{name}_FILE", raising=False)
    return monkeypatch


def test_an_address_names_host_bucket_and_prefix() -> None:
    place = s3_place("s3+https://store.example:9000/bucket/a/b/", ACCESS)
    assert (place.endpoint, place.bucket, place.prefix) == ("store.example:9000", "bucket", "a/b")
    assert place.secure
    assert not s3_place("s3+http://h/bucket", ACCESS).secure
    assert place.name_of("k/1") == "a/b/k/1"
    assert place.key_of("a/b/k/1") == "k/1"


@pytest.mark.parametrize(
    "address",
    [
        "s3://host/bucket",
        "s3+http://host",
        "s3+http://host/",
        "s3+http:///bucket",
        "s3+http://host/bucket?versions",
        "s3+http://host/bucket/a b",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Invalid, match="bad_store_address"):
        s3_place(address, ACCESS)


def test_keys_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(Invalid) as caught:
        s3_place("s3+http://key:hidden@host/bucket", ACCESS)
    assert "hidden" not in str(caught.value)


def test_nothing_shows_the_keys() -> None:
    assert "secret" not in f"{ACCESS} {s3_place('s3+http://host/bucket', ACCESS)}"


def test_keys_come_from_the_environment_or_from_files(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="no_credentials"):
        s3_access()
    file = tmp_path / "secret"
    file.write_text("from-file\n", encoding="utf-8")
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY_FILE", str(file))
    bare.setenv("WENSHU_S3_LOCK_MODE", "compliance")
    access = s3_access()
    assert (access.access_key, access.secret_key) == ("one", "from-file")
    assert access.lock_mode == "COMPLIANCE"
    bare.setenv("WENSHU_S3_SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(Invalid, match="no_credentials"):
        s3_access()


def test_a_target_has_its_own_keys_only_where_they_are_given(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY", "1")
    bare.setenv("WENSHU_S3_REGION", "north")
    assert s3_access_of_target() == s3_access()
    bare.setenv("WENSHU_TO_S3_ACCESS_KEY", "two")
    with pytest.raises(Invalid, match="no_credentials"):
        s3_access_of_target()
    bare.setenv("WENSHU_TO_S3_SECRET_KEY", "2")
    target = s3_access_of_target()
    assert (target.access_key, target.secret_key, target.region) == ("two", "2", "north")


def test_an_unknown_way_of_locking_is_refused(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY", "1")
    bare.setenv("WENSHU_S3_LOCK_MODE", "loosely")
    with pytest.raises(Invalid, match="bad_lock_mode"):
        s3_access()


def test_any_other_address_is_a_folder(tmp_path: Path) -> None:
    with opened_store(str(tmp_path / "new"), for_writing=True) as found:
        assert isinstance(found.store, FilesystemObjectStore)
        assert found.retention is not None
    assert (tmp_path / "new").is_dir()
