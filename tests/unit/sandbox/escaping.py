"""A worker for tests that was taken over: it tries to get out, and tells how that ended."""

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sandbox.child import Piece, serve
from sandbox.worker_folder import GIVEN


def answer(request: bytes, piece: Piece) -> None:
    """Do the deed ``[name, argument]``; the answer is what it gave, or the name of the error."""
    name, argument = json.loads(request)
    try:
        told = _DEEDS[name](argument)
    except OSError as error:
        told = errno.errorcode.get(error.errno or 0, "?")
    piece(str(told).encode())


def _overwrite(path: str) -> str:
    Path(path).write_text("taken over")
    return "written"


def _overwrite_in_place(path: str) -> str:
    with Path(path).open("r+b") as file:
        file.write(b"taken over")
    return "written"


def _connect(port: int) -> str:
    socket.create_connection(("127.0.0.1", port), timeout=1).close()
    return "reached"


def _connect_unix(path: str) -> str:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(path)
    return "reached"


def _kill(pid: int) -> str:
    os.kill(pid, 9)
    return "killed"


def _run(_: str) -> str:
    subprocess.run([sys.executable, "--version"], check=True)
    return "run"


def _fork(_: str) -> str:
    if os.fork() == 0:
        os._exit(0)
    return "forked"


def _become(_: str) -> str:
    os.execv(sys.executable, [sys.executable, "--version"])  # noqa: S606 - it must be refused


def _mount(path: str) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"/", path.encode(), None, 0x1000, None):
        raise OSError(ctypes.get_errno(), "mount")
    return "mounted"


def _trace(pid: int) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, pid, None, None):
        raise OSError(ctypes.get_errno(), "ptrace")
    return "traced"


def _open_descriptors(_: str) -> list[int]:
    return [number for number in range(200) if _is_open(number)]


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _linger(path: str) -> str:
    """Leave a link where the next file will be laid, behind the back of the parent."""

    def plant() -> None:
        while Path(GIVEN).is_symlink() or Path(GIVEN).exists():
            pass
        Path(GIVEN).symlink_to(path)

    Path(GIVEN).touch()
    threading.Thread(target=plant, daemon=True).start()
    return "lurking"


def _shout(text: str) -> str:
    print(text, file=sys.stderr)
    raise ValueError("失败")


_DEEDS: dict[str, Callable[..., object]] = {
    "read": lambda path: Path(path).read_text(),
    "size": lambda path: Path(path).stat().st_size,
    "list": os.listdir,
    "overwrite": _overwrite,
    "overwrite_in_place": _overwrite_in_place,
    "chmod": lambda path: Path(path).chmod(0o600),
    "link": lambda path: Path("linked").hardlink_to(path),
    "connect": _connect,
    "connect_unix": _connect_unix,
    "kill": _kill,
    "run": _run,
    "fork": _fork,
    "become": _become,
    "mount": _mount,
    "trace": _trace,
    "open_descriptors": _open_descriptors,
    "shout": _shout,
    "linger": _linger,
}

if __name__ == "__main__":
    serve(answer)
