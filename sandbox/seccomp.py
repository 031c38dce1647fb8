"""A filter of system calls, built here and given to the kernel: seccomp(2), BPF of classic form."""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping, Sequence

from sandbox.kernel import prctl
from sandbox.syscalls import NUMBERS

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""AUDIT_ARCH_* of include/uapi/linux/audit.h."""

_KILL = 0x80000000
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.ENOSYS
"""As if the kernel had no such call: libraries know how to live without."""

# include/uapi/linux/bpf_common.h: load a word, compare it, test its bits, return a constant.
_LOAD, _EQUAL, _BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
# Offsets in struct seccomp_data: the number, the machine, the lower half of the first and the
# second argument (both machines are little-endian).
_NUMBER, _MACHINE, _FIRST, _SECOND = 0, 4, 16, 24

_CLONE_THREAD = 0x00010000
_NAMING = (15, 16, 0x53564D41)
"""PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: names of threads and of memory."""
_ASKING = (0x5401, 0x541B, 0x5450, 0x5451)
"""TCGETS, FIONREAD, FIONCLEX, FIOCLEX: is it a terminal, how much waits, close it on exec."""

Step = tuple[int, int, int, int]
"""One instruction: code, jump if true, jump if false, constant."""


def enforce_seccomp() -> bool:
    """Refuse this process every call but those of the table; False where that is impossible.

    Needs no_new_privs, and one thread: others would go on unfiltered.
    """
    machine = platform.machine()
    if machine not in NUMBERS:
        return False
    steps = program(machine, own_pid=os.getpid())
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *step) for step in steps))
    given = struct.pack("@HP", len(steps), ctypes.addressof(code))
    return prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(given)) == 0


def program(machine: str, *, own_pid: int) -> Sequence[Step]:
    """The filter, for a worker of this process id."""
    numbers = NUMBERS[machine]
    narrowed = _narrowed(own_pid)
    steps: list[Step] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for name, number in numbers.items():
        body = narrowed.get(name, [(_RETURN, 0, 0, _ALLOW)])
        steps += [(_EQUAL, 0, len(body), number), *body]
    return [*steps, (_RETURN, 0, 0, _REFUSE)]


def _narrowed(own_pid: int) -> Mapping[str, Sequence[Step]]:
    """The calls that are allowed with some arguments only; each body ends in a return."""
    return {
        # A thread, never a process; clone3, whose flags a filter cannot see, is not in the table.
        "clone": _only(_FIRST, (_BITS, _CLONE_THREAD)),
        "kill": _only(_FIRST, (_EQUAL, own_pid)),
        "tgkill": _only(_FIRST, (_EQUAL, own_pid)),
        "prlimit64": _only(_FIRST, (_EQUAL, 0), (_EQUAL, own_pid)),
        "prctl": _only(_FIRST, *((_EQUAL, option) for option in _NAMING)),
        "ioctl": _only(_SECOND, *((_EQUAL, asked) for asked in _ASKING)),
    }


def _only(argument: int, *tests: tuple[int, int]) -> Sequence[Step]:
    """Allow when one of the tests holds of the argument."""
    checks: list[Step] = [
        (code, len(tests) - place, 0, constant) for place, (code, constant) in enumerate(tests)
    ]
    return [(_LOAD, 0, 0, argument), *checks, (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
