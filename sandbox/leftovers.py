"""Sweeping of what killed workers, and workers of a killed server, left in the temporary folder."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

FOLDER_PREFIX = "wenshu-worker-"
_CERTAINLY_LEFT_S = 600
"""No request runs so long (the wall limit is 120 s), so nobody uses it any more."""


def sweep(patterns: Sequence[str]) -> int:
    """Remove old files of these name patterns and folders of dead servers; the number removed."""
    removed, now = 0, time.time()
    home = Path(tempfile.gettempdir())
    for folder in home.glob(f"{FOLDER_PREFIX}*"):
        if _older(folder, now) and not _owner_lives(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    for pattern in patterns:
        for file in home.glob(pattern):
            if _older(file, now) and file.is_file() and not file.is_symlink():
                file.unlink(missing_ok=True)
                removed += 1
    return removed


def _older(path: Path, now: float) -> bool:
    try:
        return now - path.lstat().st_mtime > _CERTAINLY_LEFT_S
    except OSError:
        return False


def _owner_lives(name: str) -> bool:
    owner = name.removeprefix(FOLDER_PREFIX).split("-")[0]
    return Path("/proc", owner).exists() if owner.isdigit() else True
