"""What a worker takes away from itself before it sees a file, and what is left to it."""

import json
import os
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sandbox.kernel import drop_capabilities, mount, prctl, unshare
from sandbox.landlock import READ, WRITE, FileRight, enforce_landlock
from sandbox.seccomp import enforce_seccomp

SHARED_TEMPORARY = Path("/tmp")  # noqa: S108 - where the native Tika writes, whatever TMPDIR says
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_NEW_USERS, _NEW_NETWORK, _NEW_MOUNTS = 0x10000000, 0x40000000, 0x00020000
_BIND = 0x1000
_PRIVATE_ALL = 0x40000 | 0x4000

_LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib")
_SYSTEM = (
    *("/usr", "/lib", "/lib64"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types", "/etc/alternatives"),
    *(
        "/dev/zero",
        "/dev/random",
        "/dev/urandom",
        "/proc/meminfo",
        "/proc/cpuinfo",
        "/proc/cgroups",
    ),
    *("/sys/fs/cgroup", "/sys/devices/system/cpu"),
)
"""Read by libraries: code, fonts, time zones; how many processors and how much memory there is."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What is in force in a worker: what the kernel refuses is missing, and no error."""

    landlock: int = 0
    """Version of Landlock, 0 for none: only the worker's folder and libraries can be opened."""
    seccomp: bool = False
    """No sockets, programs, other processes."""
    no_new_privs: bool = False
    own_network: bool = False
    """A network namespace of its own, with nothing in it."""
    own_temporary: bool = False
    """A /tmp of its own; otherwise it shares that of the machine."""

    def to_json(self) -> bytes:
        """As the first message of a worker."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, told: bytes) -> "Confinement":
        """What `to_json` wrote. Raises ValueError, TypeError."""
        return cls(**json.loads(told))


def confine(whole: Path | None) -> Confinement:
    """Shut this process in its working folder; `whole` is a file elsewhere that it may read.

    Raises OSError where the kernel has a means and refuses it, RuntimeError where threads run,
    which would stay outside.
    """
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 - names are enough
        raise RuntimeError("threads before the confinement")
    own_network, own_temporary = _leave_namespaces()
    no_new_privs = prctl(_PR_SET_NO_NEW_PRIVS, 1) == 0
    drop_capabilities()
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.open("/proc/self", os.O_PATH)  # stays open: the rule holds as long as the kernel keeps it
    granted = list(_granted(whole, shared_temporary=not own_temporary))
    landlock = enforce_landlock(granted) if no_new_privs else 0
    seccomp = enforce_seccomp() if no_new_privs else False
    return Confinement(landlock, seccomp, no_new_privs, own_network, own_temporary)


def _leave_namespaces() -> tuple[bool, bool]:
    """Whether there is a network, and a /tmp, of its own: where a plain user may ask for that."""
    if unshare(_NEW_USERS | _NEW_NETWORK | _NEW_MOUNTS) == 0:
        return True, _lay_over_temporary(Path.cwd())
    return unshare(_NEW_USERS | _NEW_NETWORK) == 0, False


def _lay_over_temporary(folder: Path) -> bool:
    """Make the worker's folder its /tmp, and go there."""
    if any(Path(root).is_relative_to(SHARED_TEMPORARY) for root in _code()):
        return False
    mount(None, b"/", _PRIVATE_ALL)
    if mount(os.fsencode(folder), os.fsencode(SHARED_TEMPORARY), _BIND) != 0:
        return False
    os.chdir(SHARED_TEMPORARY)
    tempfile.tempdir = None  # found anew
    return True


def _granted(whole: Path | None, *, shared_temporary: bool) -> Iterator[tuple[Path, FileRight]]:
    yield Path.cwd(), WRITE
    if shared_temporary:
        yield SHARED_TEMPORARY, WRITE
    if whole is not None:
        yield whole, FileRight.READ_FILE
    yield Path("/dev/null"), FileRight.READ_FILE | FileRight.WRITE_FILE
    yield Path("/proc/self"), READ
    for path in {*_code(), *_SYSTEM}:
        yield Path(path), READ


def _code() -> Iterator[str]:
    """Folders of libraries, and of the packages in use; not those where data may lie beside."""
    yield from (sysconfig.get_path(name) for name in _LIBRARIES)
    for name, module in list(sys.modules.items()):
        if "." not in name:
            yield from getattr(module, "__path__", ())
