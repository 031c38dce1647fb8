"""What goes wrong in the folder of an index, as an error of the house."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from records.errors import Unavailable


@contextmanager
def told(folder: Path, *, otherwise: str) -> Iterator[None]:
    """Errors of tantivy and of the file system leave this context as Unavailable.

    The reason is ``index_read_only`` where nothing may be written: tantivy puts a lock into a
    folder to read it, and calls that it cannot no better than damage. Else it is `otherwise`.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        reason = otherwise if _is_writable(folder) else "index_read_only"
        raise Unavailable(reason, path=folder.name) from error


def _is_writable(folder: Path) -> bool:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return os.access(there, os.W_OK)
