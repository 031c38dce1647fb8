"""Frames on a pipe: one byte for the kind, four for the length (big endian), the payload."""

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import BinaryIO

_HEAD = struct.Struct(">BI")
MAX_PAYLOAD_BYTES = 64 << 20
"""A longer frame is a fault of the sender; the largest honest one is a picture of a page."""


class FrameKind(IntEnum):
    """What a frame carries."""

    READY = 0
    REQUEST = 1
    PIECE = 2
    END = 3


class BrokenFrame(Exception):
    """The bytes are no frame: the other side is not what it should be."""


def frame(kind: FrameKind, payload: bytes = b"") -> bytes:
    """The bytes of one frame."""
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise BrokenFrame("payload too long")
    return _HEAD.pack(kind, len(payload)) + payload


def read_frame(stream: BinaryIO) -> tuple[FrameKind, bytes] | None:
    """The next frame of a blocking stream, None at its end. Raises BrokenFrame."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _understand(head)
    payload = stream.read(length)
    return None if len(payload) < length else (kind, payload)


def take_frames(received: bytearray) -> Iterator[tuple[FrameKind, bytes]]:
    """All whole frames at the beginning of `received`, which are removed. Raises BrokenFrame."""
    while len(received) >= _HEAD.size:
        kind, length = _understand(bytes(received[: _HEAD.size]))
        end = _HEAD.size + length
        if len(received) < end:
            return
        payload = bytes(received[_HEAD.size : end])
        del received[:end]
        yield kind, payload


def _understand(head: bytes) -> tuple[FrameKind, int]:
    kind, length = _HEAD.unpack(head)
    if length > MAX_PAYLOAD_BYTES or kind not in FrameKind.__members__.values():
        raise BrokenFrame("not a frame")
    return FrameKind(kind), length
