"""A filesystem that is soon full: a real one, mounted for one test."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, *, size_kib: int) -> Iterator[Path]:
    """Mount it at `place`, which is made. Fails the test where this process may not mount."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size_kib}k", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.fail(
            f"no small filesystem could be mounted: {mounted.stderr.strip()}; run the tests by "
            "`make test`, as root or where user namespaces are allowed"
        )
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def make_read_only(place: Path) -> None:
    """Let nobody write there any more, root included."""
    subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
