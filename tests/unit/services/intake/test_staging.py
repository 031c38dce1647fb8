"""Files on their way in, and what is left of them."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from services.intake.staging import Staging


def test_what_was_left_long_ago_is_swept_and_nothing_else(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    for left in (old, fresh):
        left.touch()
    os.utime(old, (1000, 1000))
    assert Staging(tmp_path, max_bytes=1).sweep(2000) == 1
    assert list(tmp_path.iterdir()) == [fresh]


def test_nothing_is_swept_where_nothing_was_received(tmp_path: Path) -> None:
    assert Staging(tmp_path / "none", max_bytes=1).sweep(2000) == 0
    assert not (tmp_path / "none").exists()


def test_several_sweep_at_once_and_each_file_counts_once(tmp_path: Path) -> None:
    for number in range(2_000):
        path = tmp_path / str(number)
        path.touch()
        os.utime(path, (1000, 1000))
    staging = Staging(tmp_path, max_bytes=1)
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(staging.sweep, [2000] * 4))
    assert sum(counts) == 2_000
    assert list(tmp_path.iterdir()) == []
