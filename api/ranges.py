"""Byte ranges of downloads (RFC 9110, 14.2): one range, or the whole."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Window:
    """What part of a file to send. `satisfiable` is False for a range past its end."""

    start: int
    length: int
    is_partial: bool
    satisfiable: bool = True

    def content_range(self, size: int) -> str:
        """The value of Content-Range."""
        if not self.satisfiable:
            return f"bytes */{size}"
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


def window(header: str | None, size: int) -> Window:
    """The window that a Range header asks of a file of `size` bytes.

    Several ranges, or another unit, get the whole file, as the standard allows.
    """
    match = _RANGE.fullmatch(header or "")
    if match is None or match[0] == "bytes=-":
        return Window(0, size, is_partial=False)
    first, last = match[1], match[2]
    if not first:
        length = min(int(last), size)
        return Window(size - length, length, is_partial=True, satisfiable=length > 0)
    start, end = int(first), min(int(last or size), size - 1)
    if last and int(last) < start:
        return Window(0, size, is_partial=False)
    return Window(start, end - start + 1, is_partial=True, satisfiable=start < size)
