"""One flush for many files: ``syncfs`` where the system has it."""

import ctypes
import os
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)


def sync_filesystem(folder: Path) -> None:
    """Flush everything written so far to the filesystem that holds `folder`.

    Raises OSError when the flush failed; then nothing written since the last one is certain.
    Systems without ``syncfs`` flush all filesystems.
    """
    if not hasattr(_LIBC, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _LIBC.syncfs(descriptor) != 0:
            fault = ctypes.get_errno()
            raise OSError(fault, os.strerror(fault))
    finally:
        os.close(descriptor)
