"""Tables as files that office programs open."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol


class TableWriter(Protocol):
    """Writes one table."""

    @property
    def suffix(self) -> str:
        """What names of such files end with, without the dot."""
        ...

    @property
    def media_type(self) -> str:
        """The type that the file is sent as."""
        ...

    def write(
        self, title: str, header: Sequence[str], *, rows: Iterable[Sequence[str]]
    ) -> Iterator[bytes]:
        """The bytes of the file, in pieces. Rows are taken one after the other, once.

        Every cell is text and is read as such: what begins like a formula stays what it is.
        """
        ...
