"""Files below a folder in the order of an object store: by the code points of the whole key."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from records.identity import ObjectKey
from records.ports.object_store import ObjectStat


def walk(folder: Path, base: str, prefix: str, after: str) -> Iterator[ObjectStat]:
    """Files below `folder`, whose keys begin with `base`, that have the prefix and sort after.

    A folder sorts with its slash. Raises OSError for folders that cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (base + entry.name + ("/" if entry.is_dir() else ""), entry)
                for entry in entries
                if not entry.name.startswith(".")
            )
    except (FileNotFoundError, NotADirectoryError):
        return
    for key, entry in found:
        if key.endswith("/"):
            if _may_hold(key, prefix) and not _is_before(key, after):
                yield from walk(folder / entry.name, key, prefix, after)
        elif key.startswith(prefix) and key > after:
            with suppress(FileNotFoundError):
                yield ObjectStat(ObjectKey(key), entry.stat().st_size)


def _may_hold(folder_key: str, prefix: str) -> bool:
    return folder_key.startswith(prefix) or prefix.startswith(folder_key)


def _is_before(folder_key: str, after: str) -> bool:
    """Whether every key in the folder sorts at or before `after`."""
    return folder_key < after and not after.startswith(folder_key)
