"""Bodies larger than memory should ever hold."""

import tracemalloc
from pathlib import Path

import pytest

from records.errors import Invalid
from records.identity import ObjectKey
from storage.exclusive_put import MAX_BYTES
from storage.minio_store import MinioObjectStore

KEY = ObjectKey("records/R1/blobs/large")
SIZE = 64 << 20


def test_a_file_goes_there_and_back_without_ever_being_whole_in_memory(
    direct: MinioObjectStore, tmp_path: Path
) -> None:
    source = tmp_path / "large"
    source.write_bytes(bytes(range(256)) * (SIZE // 256))
    tracemalloc.start()
    direct.create(KEY, source)
    received = sum(len(piece) for piece in direct.stream(KEY, start=0, length=SIZE))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert received == SIZE
    assert peak < SIZE // 8


def test_what_no_single_put_can_carry_is_refused(direct: MinioObjectStore, tmp_path: Path) -> None:
    source = tmp_path / "sparse"
    with source.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Invalid, match="too_large"):
        direct.create(KEY, source)
    assert direct.stat(KEY) is None
