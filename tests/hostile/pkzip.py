"""Members of zips as PKZIP 1 packed them, which no living program does any more."""

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

SHRUNK, IMPLODED = 1, 6


class _Bits:
    """Collects bits, the lowest of each byte first."""

    def __init__(self) -> None:
        self._value = 0
        self._count = 0

    def put(self, value: int, count: int) -> None:
        self._value |= value << self._count
        self._count += count

    def put_code(self, code: int, count: int) -> None:
        """A code of a tree, whose first bit comes first."""
        for at in reversed(range(count)):
            self.put(code >> at & 1, 1)

    def bytes(self) -> bytes:
        return self._value.to_bytes((self._count + 7) // 8, "little")


def shrunk(codes: Iterable[int | str]) -> bytes:
    """Codes of nine bits, or more after ``wider``; ``clear`` forgets the leaves."""
    bits, width = _Bits(), 9
    for code in codes:
        if isinstance(code, int):
            bits.put(code, width)
            continue
        bits.put(256, width)
        bits.put({"wider": 1, "clear": 2}[code], width)
        width += code == "wider"
    return bits.bytes()


def imploded(steps: Iterable[int | tuple[int, int]]) -> bytes:
    """Bytes as they are, or (distance, length) of a repetition; a window of 4 KB, no literals."""
    bits = _Bits()
    for _ in range(2):  # trees of 64 values: each in six bits, four times sixteen of them
        bits.put(3, 8)
        for _ in range(4):
            bits.put(5 | 15 << 4, 8)
    for step in steps:
        if isinstance(step, int):
            bits.put(1, 1)
            bits.put(step, 8)
            continue
        distance, length = step[0] - 1, step[1] - 2
        bits.put(0, 1)
        bits.put(distance & 63, 6)
        bits.put_code(63 - (distance >> 6), 6)
        bits.put_code(63 - min(length, 63), 6)
        if length >= 63:
            bits.put(length - 63, 8)
    return bits.bytes()


def zip_of(path: Path, method: int, packed: bytes, content: bytes) -> Path:
    """A zip with one member, ``a.txt``, which says that it was packed so."""
    name = b"a.txt"
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    head = struct.pack("<HHHHH", 10, 0, method, 0, 0x21)
    local = b"PK\x03\x04" + head + sizes + struct.pack("<HH", len(name), 0) + name + packed
    listed = b"PK\x01\x02" + struct.pack("<H", 10) + head + sizes
    listed += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(local), 0)
    path.write_bytes(local + listed + end)
    return path
