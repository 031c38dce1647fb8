"""Keys to a bucket come from the environment, and are shown by nothing."""

from pathlib import Path

import pytest

from records.errors import Invalid
from wenshu.building.s3_access import read_s3_access, read_s3_access_of_target


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any of our variables."""
    for side in ("", "TO_"):
        for name in ("ACCESS_KEY", "SECRET_KEY", "REGION", "CA", "LOCK_MODE"):
            monkeypatch.delenv(f"WENSHU_{side}S3_{name}", raising=False)
            monkeypatch.delenv(f"WENSHU_{side}S3_{name}_FILE", raising=False)
    return monkeypatch


def test_keys_come_from_the_environment_or_from_files(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="no_credentials"):
        read_s3_access()
    file = tmp_path / "secret"
    file.write_text("from-file\n", encoding="utf-8")
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY_FILE", str(file))
    bare.setenv("WENSHU_S3_LOCK_MODE", "compliance")
    access = read_s3_access()
    assert (access.access_key, access.secret_key) == ("one", "from-file")
    assert access.lock_mode == "COMPLIANCE"
    bare.setenv("WENSHU_S3_SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(Invalid, match="bad_setting"):
        read_s3_access()


def test_a_target_has_its_own_keys_only_where_they_are_given(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY", "1")
    bare.setenv("WENSHU_S3_REGION", "north")
    assert read_s3_access_of_target() == read_s3_access()
    bare.setenv("WENSHU_TO_S3_ACCESS_KEY", "two")
    with pytest.raises(Invalid, match="no_credentials"):
        read_s3_access_of_target()
    bare.setenv("WENSHU_TO_S3_SECRET_KEY", "2")
    target = read_s3_access_of_target()
    assert (target.access_key, target.secret_key, target.region) == ("two", "2", "north")


def test_an_unknown_way_of_locking_is_refused(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY", "1")
    bare.setenv("WENSHU_S3_LOCK_MODE", "loosely")
    with pytest.raises(Invalid, match="bad_setting"):
        read_s3_access()


def test_half_of_a_targets_own_keys_is_not_taken_for_none(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("WENSHU_S3_ACCESS_KEY", "one")
    bare.setenv("WENSHU_S3_SECRET_KEY", "1")
    bare.setenv("WENSHU_TO_S3_SECRET_KEY", "2")
    with pytest.raises(Invalid, match="no_credentials") as caught:
        read_s3_access_of_target()
    assert caught.value.facts["missing"] == "WENSHU_TO_S3_ACCESS_KEY"
