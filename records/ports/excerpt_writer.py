"""Passages with their sources as a file that office programs open (摘录)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as it stands, what it is cited by, and its address."""

    text: str
    citation: str
    link: str


class ExcerptWriter(Protocol):
    """Writes one collection."""

    @property
    def suffix(self) -> str:
        """What names of such files end with, without the dot."""
        ...

    @property
    def media_type(self) -> str:
        """The type that the file is sent as."""
        ...

    def write(self, title: str, passages: Sequence[CitedPassage]) -> bytes:
        """The file: each passage in the order given, numbered, with its source below it.

        Characters that no paper holds are left out.
        """
        ...
