"""One worker process, seen from outside."""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from records.errors import Unavailable
from sandbox.confinement import Confinement
from sandbox.frames import BrokenFrame, FrameKind, frame, take_frames
from sandbox.limits import Limits
from sandbox.overheard import Overheard
from sandbox.worker_folder import WorkerFolder

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parent.parent
_POLL_MS = 50
_READ_BYTES = 1 << 18
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_OUT_OF_MEMORY = 99
"""Exit code of a GraalVM program that cannot get memory."""


class Ending(StrEnum):
    """How a request ended."""

    DONE = "done"
    ERROR = "error"
    """The worker's function raised; the worker lives."""
    CRASH = "crash"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    FLOOD = "flood"
    """The answer was longer than the limit."""
    UNWANTED = "unwanted"
    """Nobody waited for the answer any more."""


class WorkerProcess:
    """A process started by exec in a session and an empty folder of its own, seeing no secrets.

    Not for several threads at once. The parent dies with the thread that started it: let one
    thread that lives as long as the pool start all of them. `whole` is a file that it may read
    where it is; it then takes one request, for that file.
    """

    def __init__(self, module: str, limits: Limits, *, whole: Path | None = None) -> None:
        self._module = module
        self._limits = limits
        self._whole = whole
        self._received = bytearray()
        self._resident_bytes = self._peak_bytes = 0
        self._wanted: Callable[[], bool] = lambda: True
        self.answers = 0
        self.confinement = Confinement()
        try:
            self._folder = WorkerFolder()
            self._process = self._started()
        except OSError as error:
            raise Unavailable("no_worker", module=module) from error
        # Also when nobody stops it: a worker never outlives who holds it.
        self._forgotten = weakref.finalize(self, _end, self._process)
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)
        self._overheard = Overheard(cast("BinaryIO", self._process.stderr))
        self._poll = select.poll()
        self._poll.register(self._stdout, select.POLLIN | select.POLLHUP)
        self._poll.register(self._overheard.number, select.POLLIN | select.POLLHUP)
        if self._follow(time.monotonic() + limits.start_s, lambda _: None, FrameKind.READY):
            self.stop()
            self._tell_log("start")
            raise Unavailable("no_worker", module=module)

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-s", "-m", self._module, self._limits.to_json()]
        if self._whole is not None:
            self._folder.point_to(self._whole)
            command.append(str(self._whole))
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder.path,
            env=self._environment(),
            start_new_session=True,
            bufsize=0,
        )

    @property
    def pid(self) -> int:
        """Process id, which is also the id of its group."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can take a request."""
        return self._process.poll() is None

    @property
    def spent(self) -> bool:
        """Whether it should be replaced by a fresh one."""
        return (
            not self.alive
            or self._whole is not None
            or self.answers >= self._limits.recycle_answers
            or self._resident_bytes > self._limits.recycle_resident_bytes
        )

    def ask(
        self,
        request: bytes,
        *,
        given: Path | None = None,
        wall_s: float,
        take: Callable[[bytes], None],
        wanted: Callable[[], bool],
    ) -> Ending:
        """Send one request; each piece of the answer goes to `take` as it comes.

        It is given up as UNWANTED soon after `wanted` says that nobody waits for it any more.

        The worker finds the file `given` in its working folder under the name `GIVEN`. After
        CRASH, TIMEOUT, MEMORY, FLOOD and UNWANTED the process is gone. When `take` raises, too.
        Raises Unavailable (``no_worker``) when there is no room for the file, and what opening it
        raises.
        """
        self.answers += 1
        self._peak_bytes = 0
        self._wanted = wanted
        try:
            ending = self._lay(given) or self._asked(request, wall_s, take)
        except BaseException:
            self.stop()
            raise
        self._folder.clear()
        if ending is Ending.DONE:
            self._overheard.forget()
        elif ending is not Ending.UNWANTED:
            self._tell_log(ending)
        return ending

    def _tell_log(self, ending: str) -> None:
        _LOG.warning("worker %s: %s%s", self._module, ending, self._overheard.tell())

    def _lay(self, given: Path | None) -> Ending | None:
        if given is None or self._whole is not None:
            return None
        try:
            self._folder.lay(given)
        except FileExistsError:
            return self._kill(Ending.CRASH)  # an honest worker leaves nothing under that name
        except OSError as error:
            if error.filename == str(given):
                raise
            raise Unavailable("no_worker", module=self._module) from error
        return None

    def _asked(self, request: bytes, wall_s: float, take: Callable[[bytes], None]) -> Ending:
        try:
            self._stdin.write(frame(FrameKind.REQUEST, request))
        except BrokenPipeError:
            return self._bury()
        ending = self._follow(time.monotonic() + wall_s, take, FrameKind.END)
        return ending or Ending.DONE

    def kill(self) -> None:
        """Kill it from another thread; the one that asks notices and buries it."""
        self._process.kill()

    def stop(self) -> None:
        """Kill it with all it started, and remove its folder. Calling it twice does no harm."""
        # As long as it has not been waited for, its id cannot belong to another.
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()
        self._stdin.close()
        self._stdout.close()
        self._overheard.close()
        self._folder.remove()
        self._forgotten.detach()

    def _follow(
        self, deadline: float, take: Callable[[bytes], None], last: FrameKind
    ) -> Ending | None:
        """Take frames until `last` comes: None then, or the way it went wrong."""
        received_bytes, look_at = 0, time.monotonic() + _POLL_MS / 1000
        while True:
            for number, _ in self._poll.poll(_POLL_MS):
                if number == self._overheard.number:
                    self._overhear()
                    continue
                chunk = os.read(number, _READ_BYTES)
                if not chunk:
                    return self._bury()
                received_bytes += len(chunk)
                self._received += chunk
                try:
                    for kind, payload in take_frames(self._received):
                        if kind is last:
                            return self._last(kind, payload)
                        take(payload)
                except BrokenFrame:
                    return self._kill(Ending.CRASH)
            if (now := time.monotonic()) >= look_at:
                look_at = now + _POLL_MS / 1000
                if over := self._over(received_bytes, now - deadline):
                    return self._kill(over)

    def _over(self, received_bytes: int, late_s: float) -> Ending | None:
        """The limit that is passed, if any."""
        if late_s > 0:
            return Ending.TIMEOUT
        if received_bytes > self._limits.answer_bytes:
            return Ending.FLOOD
        if self._look_at_memory() > self._limits.resident_bytes:
            return Ending.MEMORY
        return None if self._wanted() else Ending.UNWANTED

    def _overhear(self) -> None:
        if not self._overheard.drain():
            self._poll.unregister(self._overheard.number)

    def _last(self, kind: FrameKind, payload: bytes) -> Ending | None:
        try:
            if kind is FrameKind.READY:
                self.confinement = Confinement.from_json(payload)
                return None
            told = json.loads(payload)
            self._resident_bytes = int(told["resident_bytes"])
            ending = Ending(told["ending"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return self._kill(Ending.CRASH)
        if ending is Ending.MEMORY:
            return self._kill(ending)
        return None if ending is Ending.DONE else ending

    def _look_at_memory(self) -> int:
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_bytes().split()[1])
        except (OSError, IndexError):
            return 0
        self._peak_bytes = max(self._peak_bytes, pages * _PAGE_BYTES)
        return pages * _PAGE_BYTES

    def _kill(self, ending: Ending) -> Ending:
        self.stop()
        return ending

    def _bury(self) -> Ending:
        """It is gone by itself: tell of what."""
        code = self._process.wait()
        self.stop()
        if code == -signal.SIGXCPU:
            return Ending.TIMEOUT
        # A native library that gets no memory aborts; the looks show how full it was.
        if code == _OUT_OF_MEMORY or self._peak_bytes > self._limits.data_bytes // 2:
            return Ending.MEMORY
        return Ending.CRASH

    def _environment(self) -> dict[str, str]:
        """Nothing of ours: no settings, no keys, and no programs to start.

        The working folder is where files go, under whatever path it then stands.
        """
        return {
            "PATH": "/nonexistent",
            "PYTHONPATH": str(_ROOT),
            "LANG": "C.UTF-8",
            "HOME": ".",
            "TMPDIR": ".",
            # numpy, which libraries take where they find it, else starts threads when imported.
            "OPENBLAS_NUM_THREADS": "1",
        }


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all it started, and close its pipes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
