"""Files below a folder in the order of an object store: by the code points of the whole key."""

import os
from collections.abc import Iterator
from contextlib import suppress
from operator import itemgetter

from records.identity import ObjectKey
from records.ports.object_store import ObjectStat

_key = itemgetter(0)


def walk(folder: str, base: str, prefix: str, after: str) -> Iterator[ObjectStat]:
    """Files below `folder`, whose keys begin with `base`, that have the prefix and sort after.

    A folder sorts with its slash. Raises OSError for folders that cannot be read.
    """
    inside = [_sorted_entries(folder, base)]
    while inside:
        for key, entry in inside[-1]:
            if key.endswith("/"):
                if _may_hold(key, prefix) and not _is_before(key, after):
                    inside.append(_sorted_entries(entry.path, key))
                    break
            elif key.startswith(prefix) and key > after:
                with suppress(FileNotFoundError):
                    yield ObjectStat(ObjectKey(key), entry.stat().st_size)
        else:
            inside.pop()


def _sorted_entries(folder: str, base: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What lies in a folder, by key; nothing for one that is gone.

    Paths are texts: a reconciliation opens three folders for each record, and to make a `Path` of
    one takes longer than to open it.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                (f"{base}{entry.name}/" if entry.is_dir() else base + entry.name, entry)
                for entry in entries
                if not entry.name.startswith(".")
            ]
    except (FileNotFoundError, NotADirectoryError):
        return iter(())
    found.sort(key=_key)
    return iter(found)


def _may_hold(folder_key: str, prefix: str) -> bool:
    return folder_key.startswith(prefix) or prefix.startswith(folder_key)


def _is_before(folder_key: str, after: str) -> bool:
    """Whether every key in the folder sorts at or before `after`."""
    return folder_key < after and not after.startswith(folder_key)
