"""Claims: names that only one can have."""

from collections.abc import Iterator, Sequence
from typing import Protocol


class Claims(Protocol):
    """Names, each taken once, with a short value beside."""

    def take(self, name: str, value: bytes) -> bytes | None:
        """Take the name. None when it is ours now; else the value of whoever has it."""
        ...

    def take_all(self, claims: Sequence[tuple[str, bytes]]) -> list[bytes | None]:
        """Take several names at the price of one; the answers are those of `take`, in order."""
        ...

    def read(self, name: str) -> bytes | None:
        """The value beside a name, or None when it is free."""
        ...

    def names(self, prefix: str) -> Iterator[str]:
        """All names taken that begin with `prefix`, in order."""
        ...

    def free(self, name: str) -> None:
        """Give the name back; nothing happens when it is free."""
        ...
