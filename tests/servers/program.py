"""A real program beside the tests: started on free ports, asked for its health, stopped by pid."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import SystemRandom
from threading import Event, Lock
from time import monotonic

HOST = "127.0.0.1"
_LOWEST, BELOW = 12_000, 32_000
"""Linux gives 32768 to 60999 to whoever asks for any port, and to every connection (ip(7),
ip_local_port_range). A port from below stays free until its server takes it, and while a server
that was killed is away from it."""


class Missing(Exception):
    """A program that cannot be fetched or started here; the text says why."""


class Program:
    """One running process, in a process group of its own so that its children end with it."""

    def __init__(self, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]):
        """Start `command` in `folder`; what it prints stands in `folder`/console.log."""
        self.folder = folder
        self._command = command
        self._environment = environment
        self._log = folder / "console.log"
        self._process = self._started()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def wait_until(self, ready: Callable[[], bool], *, timeout_s: float) -> None:
        """Return when `ready` says so. Raises Missing with the last lines it printed."""
        deadline = monotonic() + timeout_s
        while not _holds(ready):
            if self._process.poll() is not None or monotonic() > deadline:
                tail = self._log.read_text(errors="replace").splitlines()[-15:]
                self.kill()
                raise Missing("\n".join(["did not get ready:", *tail]))
            Event().wait(0.05)

    def again(self) -> None:
        """Start it once more after its end, with the same command: on its ports, with its data."""
        self._process = self._started()

    def stop(self) -> None:
        """End it in an orderly way; after 15 s, end it."""
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, as kill -9 does."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def freeze(self) -> None:
        """Stop it from doing anything, without ending it: its connections stay open."""
        self._signal(signal.SIGSTOP)
        stat = Path(f"/proc/{self._process.pid}/stat")
        while stat.read_text(encoding="ascii", errors="replace").rpartition(") ")[2][0] != "T":
            Event().wait(0.001)  # the signal is sent, and not yet taken

    def thaw(self) -> None:
        """Let a frozen one go on."""
        self._signal(signal.SIGCONT)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self._environment},
                start_new_session=True,
            )

    def _signal(self, number: signal.Signals) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, number)


def _holds(ready: Callable[[], bool]) -> bool:
    try:
        return ready()
    except OSError:
        return False


def _unused() -> Iterator[int]:
    """Each port once, so that two servers that start at one moment are never told the same."""
    for port in SystemRandom().sample(range(_LOWEST, BELOW), BELOW - _LOWEST):
        if is_free(port):
            yield port


_PORTS, _LOCK = _unused(), Lock()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listened on a moment ago, and that nobody of this process was told of."""
    with _LOCK:
        return [next(_PORTS) for _ in range(count)]


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
        return True
