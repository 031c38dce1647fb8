"""What a worker says on standard error: kept in part, told in the log when it fails."""

import os
from typing import BinaryIO

_KEPT_BYTES = 4096
_READ_BYTES = 1 << 16
"""As much as a pipe holds: one look takes all that a process left when it died."""


class Overheard:
    """The end of what came through the pipe. It is never let through to the log of the server."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = b""
        os.set_blocking(stream.fileno(), False)

    @property
    def number(self) -> int:
        """The descriptor to wait on."""
        return self._stream.fileno()

    def drain(self) -> bool:
        """Take what has come; False once the other side has closed."""
        try:
            came = os.read(self.number, _READ_BYTES)
        except BlockingIOError:
            return True
        self._kept = (self._kept + came)[-_KEPT_BYTES:]
        return bool(came)

    def tell(self) -> str:
        """The lines, marked as foreign and without control characters; empties what is kept."""
        self._take_rest()
        kept, self._kept = self._kept.decode("utf-8", "replace"), b""
        lines = ("".join(c if c.isprintable() else "�" for c in line) for line in kept.split("\n"))
        return "".join(f"\n  | {line}" for line in lines if line)

    def forget(self) -> None:
        """Empty what is kept."""
        self._take_rest()
        self._kept = b""

    def close(self) -> None:
        """Close the pipe; what came can still be told. Calling it twice does no harm."""
        self._take_rest()
        self._stream.close()

    def _take_rest(self) -> None:
        if not self._stream.closed:
            self.drain()
