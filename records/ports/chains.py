"""Small values that change and keep their history: the organisation, an account."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Link:
    """A value at one number of its chain."""

    number: int
    value: bytes


class Chains(Protocol):
    """Named chains of values, each link written once. Names are of letters, digits, ``/._@-``."""

    def latest(self, name: str, *, known: int = 0) -> Link | None:
        """The newest link; looking starts at `known`. None when the chain has not begun."""
        ...

    def link(self, name: str, number: int) -> Link:
        """One link. Raises NotFound (``no_such_version``)."""
        ...

    def begun(self, names: Sequence[str]) -> list[bool]:
        """Which of these chains have a link, in order; over a network asked for side by side."""
        ...

    def append(self, name: str, number: int, value: bytes) -> Link:
        """Write link `number`, counted from 1. Raises Conflict (``exists``) when it is taken."""
        ...

    def names(self, prefix: str) -> Iterator[str]:
        """Names of all chains that begin with `prefix`, in order."""
        ...
