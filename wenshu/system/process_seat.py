"""A seat that one process of a machine sits on at a time, for work that two would do twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def process_seat(path: Path) -> Iterator[bool]:
    """Whether the seat is ours for the time of the context; nobody waits for it.

    It is a lock on a file, made where it is missing. The system lets go of it when the process
    ends, however it ends.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        yield _locked(file)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
