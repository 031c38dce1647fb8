"""A worker for tests: does what it is told, much of it bad. Started as a module by the pool."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from sandbox.child import Piece, serve


def answer(request: bytes, piece: Piece) -> None:
    """Do what the request says: a word, and what belongs to it."""
    word, _, argument = request.decode().partition(" ")
    _DEEDS[word](argument, piece)


def _echo(argument: str, piece: Piece) -> None:
    piece(argument.encode())


def _raise(argument: str, piece: Piece) -> None:
    raise ValueError(argument)


def _die(argument: str, piece: Piece) -> None:
    piece(b"before")
    time.sleep(0.3)  # what waits so long is sent with the next piece
    piece(b"last")
    os.kill(os.getpid(), signal.SIGKILL)


def _hang(argument: str, piece: Piece) -> None:
    time.sleep(600)


def _spin(argument: str, piece: Piece) -> None:
    while True:
        pass


def _eat(argument: str, piece: Piece) -> None:
    kept = []
    while True:
        kept.append(bytearray(16 << 20))


def _allocate(argument: str, piece: Piece) -> None:
    try:
        bytearray(int(argument))
        piece(b"given")
    except MemoryError:
        piece(b"refused")


def _flood(argument: str, piece: Piece) -> None:
    while True:
        piece(bytes(1 << 20))


def _print(argument: str, piece: Piece) -> None:
    os.write(1, b"noise of a library")
    print("more noise")
    piece(b"clean")


def _lie(argument: str, piece: Piece) -> None:
    """As a worker that was taken over: write what it likes on the pipe of answers."""
    for number in range(3, 10):
        with contextlib.suppress(OSError):
            os.write(number, b"\xff" * 64)
    time.sleep(600)


def _environment(argument: str, piece: Piece) -> None:
    piece(repr(sorted(os.environ)).encode())


def _where(argument: str, piece: Piece) -> None:
    piece(str(Path.cwd()).encode())


def _write(argument: str, piece: Piece) -> None:
    try:
        with Path("large").open("wb") as out:
            for _ in range(100):
                out.write(bytes(1 << 20))
    except OSError as error:
        piece(str(error.errno).encode())


_DEEDS: dict[str, Callable[[str, Piece], None]] = {
    "echo": _echo,
    "raise": _raise,
    "die": _die,
    "hang": _hang,
    "spin": _spin,
    "eat": _eat,
    "allocate": _allocate,
    "flood": _flood,
    "print": _print,
    "lie": _lie,
    "environment": _environment,
    "where": _where,
    "write": _write,
}

if __name__ == "__main__":
    serve(answer)
