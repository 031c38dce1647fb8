"""Which files a process can reach at all: Landlock, as far as this kernel has it.

Documentation/userspace-api/landlock.rst of Linux: numbers of calls, rights and versions. A right
that is handled and not granted is refused from then on, to this process and all its threads.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from enum import IntFlag
from pathlib import Path

from sandbox.kernel import call

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Numbers of the calls, the same on every machine."""
_ASK_VERSION = 1
_PATH_BENEATH = 1
_NETWORK = 0b11
"""Bind and connect of TCP."""
_SCOPE = 0b11
"""Abstract unix sockets and signals reach no process outside."""
_NETWORK_SINCE, _SCOPE_SINCE = 4, 6


class FileRight(IntFlag):
    """Rights on files, by the bits of the kernel."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15


READ = FileRight.READ_FILE | FileRight.READ_DIR
WRITE = (
    READ
    | FileRight.WRITE_FILE
    | FileRight.REMOVE_DIR
    | FileRight.REMOVE_FILE
    | FileRight.MAKE_DIR
    | FileRight.MAKE_REG
    | FileRight.MAKE_SYM
    | FileRight.TRUNCATE
)
_OF_A_FILE = FileRight.READ_FILE | FileRight.WRITE_FILE | FileRight.TRUNCATE
_KNOWN_SINCE = {FileRight.REFER: 2, FileRight.TRUNCATE: 3, FileRight.IOCTL_DEV: 5}


def landlock_version() -> int:
    """The version of Landlock that this kernel has; 0 for none."""
    return max(0, call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def enforce_landlock(granted: Iterable[tuple[Path, FileRight]]) -> int:
    """Leave this process only these trees and files; the version in force, 0 where there is none.

    Needs no_new_privs, and one thread: others would go on as before. A path that does not exist
    is passed over. Raises OSError when a kernel that has Landlock refuses.
    """
    version = landlock_version()
    if version == 0:
        return 0
    handled = _handled(version)
    ruleset = _told(call(_CREATE_RULESET, *_attributes(version, handled), 0))
    try:
        for path, right in granted:
            _grant(ruleset, path, right & handled)
        _told(call(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return version


def _handled(version: int) -> FileRight:
    late = [right for right, since in _KNOWN_SINCE.items() if since > version]
    return FileRight(sum(right for right in FileRight if right not in late))


def _attributes(version: int, handled: FileRight) -> tuple[ctypes.Array[ctypes.c_char], int]:
    """The struct landlock_ruleset_attr, as long as this version knows it."""
    words = [int(handled)]
    if version >= _NETWORK_SINCE:
        words.append(_NETWORK)
    if version >= _SCOPE_SINCE:
        words.append(_SCOPE)
    packed = struct.pack(f"={len(words)}Q", *words)
    return ctypes.create_string_buffer(packed, len(packed)), len(packed)


def _grant(ruleset: int, path: Path, right: FileRight) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        allowed = right if path.is_dir() else right & _OF_A_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, beneath))
        _told(call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
    finally:
        os.close(beneath)


def _told(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
