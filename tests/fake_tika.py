"""A stand-in for the native Tika, which gives what it was told to."""

from collections.abc import Iterable, Iterator
from pathlib import Path

XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head/><body>'


class FakeTika:
    """Gives pieces, and fails where one of them is an error."""

    def __init__(self, *pieces: bytes | OSError, told: dict[str, list[str]] | None = None) -> None:
        self._pieces = pieces
        self._told = told or {}

    def extract_file(self, path: str) -> tuple["FakeStream", dict[str, list[str]]]:
        assert Path(path).exists()
        return FakeStream(self._pieces), self._told


class FakeStream:
    def __init__(self, pieces: Iterable[bytes | OSError]) -> None:
        self._pieces: Iterator[bytes | OSError] = iter(pieces)

    def read(self, size: int) -> bytes:
        piece = next(self._pieces, b"")
        if isinstance(piece, OSError):
            raise piece
        return piece
