"""Calls of the kernel that Python does not know, through the C library."""

import ctypes
import struct

_LIBC = ctypes.CDLL(None, use_errno=True)

_CAPABILITY_VERSION_3 = 0x20080522
"""Of include/uapi/linux/capability.h: two sets of 32 bits in each of three words."""

Given = ctypes.Array[ctypes.c_char] | int | bytes | None


def call(number: int, *arguments: Given) -> int:
    """The system call of this number; -1 when the kernel refuses."""
    return int(_LIBC.syscall(ctypes.c_long(number), *map(_wide, arguments)))


def prctl(option: int, *arguments: Given) -> int:
    """Change something of this process; -1 when the kernel refuses."""
    filled = [*map(_wide, arguments), *[ctypes.c_ulong(0)] * (4 - len(arguments))]
    return int(_LIBC.prctl(ctypes.c_int(option), *filled))


def unshare(flags: int) -> int:
    """Leave the namespaces of the parent; -1 when the kernel refuses."""
    return int(_LIBC.unshare(ctypes.c_int(flags)))


def mount(source: bytes | None, target: bytes, flags: int) -> int:
    """Lay a tree over another; -1 when the kernel refuses."""
    return int(_LIBC.mount(source, target, None, ctypes.c_ulong(flags), None))


def drop_capabilities() -> int:
    """Give up every privilege that this process may hold; -1 when the kernel refuses."""
    of_this_process = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    return int(_LIBC.capset(of_this_process, bytes(24)))


def _wide(value: Given) -> object:
    """A number as wide as a register: plain integers would be cut to 32 bits."""
    return ctypes.c_ulong(value & (1 << 64) - 1) if isinstance(value, int) else value
