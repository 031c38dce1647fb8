"""What runs inside a worker process: it disarms itself, then answers request after request."""

import gc
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sandbox.confinement import Confinement, confine
from sandbox.frames import FrameKind, frame, read_frame
from sandbox.limits import Limits

Piece = Callable[[bytes], None]
"""Sends one piece of the answer."""

Answer = Callable[[bytes, Piece], None]
"""Answers one request, piece by piece. What it raises ends the request, not the worker."""

_FLUSH_BYTES = 64 << 10
_FLUSH_AFTER_S = 0.25
_PAGE_BYTES = resource.getpagesize()


def serve(answer: Answer) -> None:
    """Run as a worker until the parent closes the pipe.

    `sys.argv[1]` holds the limits, `sys.argv[2]`, if any, the path of the one file elsewhere that
    may be read.
    """
    limits = Limits.from_json(sys.argv[1])
    requests, answers = _take_pipes()
    resident = _Resident()
    confinement = _disarm(limits, *map(Path, sys.argv[2:]))
    gc.freeze()
    answers.write(frame(FrameKind.READY, confinement.to_json()))
    answers.flush()
    while (received := read_frame(requests)) is not None:
        _grant_cpu_time(limits.cpu_s)
        out = _Outgoing(answers, resident)
        ending = _run(answer, received[1], out.piece)
        out.end(ending)
        if ending == "memory":
            return


def _run(answer: Answer, request: bytes, piece: Piece) -> str:
    try:
        answer(request, piece)
    except MemoryError:
        return "memory"
    except Exception:  # noqa: BLE001 - the boundary of the process (STYLE 18)
        traceback.print_exc()
        return "error"
    return "done"


class _Outgoing:
    """Pieces of one answer, held back a little so that a short answer is one write."""

    def __init__(self, stream: BinaryIO, resident: "_Resident") -> None:
        self._stream = stream
        self._resident = resident
        self._waiting = bytearray()
        self._flushed_at = time.monotonic()

    def piece(self, payload: bytes) -> None:
        self._waiting += frame(FrameKind.PIECE, payload)
        if (
            len(self._waiting) >= _FLUSH_BYTES
            or time.monotonic() - self._flushed_at > _FLUSH_AFTER_S
        ):
            self._flush()

    def end(self, ending: str) -> None:
        told = {"ending": ending, "resident_bytes": self._resident.size_bytes()}
        self._waiting += frame(FrameKind.END, json.dumps(told).encode())
        self._flush()

    def _flush(self) -> None:
        self._stream.write(self._waiting)
        self._stream.flush()
        self._waiting = bytearray()
        self._flushed_at = time.monotonic()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, out of reach of libraries that print; their noise goes nowhere."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return requests, answers


def _disarm(limits: Limits, whole: Path | None = None) -> Confinement:
    confinement = confine(whole)
    for which, most in (
        (resource.RLIMIT_DATA, limits.data_bytes),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (allowed, allowed))
    # A write beyond the limit is then an OSError in the one request, not the end of the worker.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    os.umask(0o077)
    return confinement


def _grant_cpu_time(cpu_s: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + cpu_s + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


class _Resident:
    """The memory that this process holds, asked of a file that is opened once."""

    def __init__(self) -> None:
        self._statm = os.open("/proc/self/statm", os.O_RDONLY)

    def size_bytes(self) -> int:
        return int(os.pread(self._statm, 128, 0).split()[1]) * _PAGE_BYTES
