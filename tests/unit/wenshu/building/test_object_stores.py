"""Addresses of stores, and the keys to them."""

from pathlib import Path

import pytest

from records.errors import Invalid
from storage.filesystem_store import FilesystemObjectStore
from wenshu.building.object_stores import (
    is_s3,
    opened_store,
    s3_place,
)
from wenshu.building.s3_access import S3Access

ACCESS = S3Access("key", "secret")


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
        "s3+http://host/ab",
        "s3+http://host/Upper_Case",
        "s3+http:///bucket",
        "s3+http://host/bucket?versions",
        "s3+http://host/bucket/a b",
        "s3+http://host:port/bucket",
        "s3+http://host:/bucket",
        "s3+http://host:0/bucket",
        "s3+http://host:99999/bucket",
        "s3+http://:9000/bucket",
        "s3+http://[host/bucket",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Invalid, match="bad_store_address"):
        s3_place(address, ACCESS)


def test_keys_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(Invalid) as caught:
        s3_place("s3+http://key:hidden@host/bucket", ACCESS)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["s3://key:hidden@host/bucket", "s3+http://key:hid/hidden@host/bucket", "s3+key:hidden@host"],
)
def test_keys_in_an_address_that_is_none_are_not_repeated(address: str) -> None:
    with pytest.raises(Invalid, match="bad_store_address") as caught:
        s3_place(address, ACCESS)
    assert "hid" not in f"{caught.value} {caught.value.facts}"


def test_nothing_shows_the_keys() -> None:
    assert "secret" not in f"{ACCESS} {s3_place('s3+http://host/bucket', ACCESS)}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "s3://bucket",
        "http://x/y",
        "file:///x",
        "S3://bucket",
        "s3+ftp://h/bucket",
        " s3://bucket",
    ],
)
def test_an_address_with_another_scheme_is_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with (
        pytest.raises(Invalid, match="bad_store_address"),
        opened_store(address, access=ACCESS, for_writing=True),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_scheme_may_be_written_large() -> None:
    assert is_s3("S3+HTTPS://host/bucket")
    assert s3_place("S3+HTTPS://host/bucket", ACCESS).secure


def test_any_other_address_is_a_folder(tmp_path: Path) -> None:
    with opened_store(str(tmp_path / "new"), access=None, for_writing=True) as found:
        assert isinstance(found.store, FilesystemObjectStore)
        assert found.retention is not None
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize("address", ["file", "file/below", "/proc/none"])
def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path: Path, address: str) -> None:
    (tmp_path / "file").touch()
    place = str(tmp_path / address)
    with (
        pytest.raises(Invalid, match="bad_store_address") as caught,
        opened_store(place, access=None, for_writing=True),
    ):
        pass
    assert caught.value.facts["address"] == place
