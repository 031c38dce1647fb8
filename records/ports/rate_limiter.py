"""The port that counts how often something happened lately, between all processes of a house."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many in any window of so many seconds."""

    most: int
    within_s: int


class RateLimiter(Protocol):
    """Counts by name. It may forget (a restart, an outage); it never refuses for want of a part."""

    def count(self, name: str, rates: Sequence[Rate]) -> float:
        """Count once more, as far as the rates allow.

        Seconds until the next may be counted: 0 when it was counted and there was room, else how
        long there is none. Of any number of callers at once no more are counted than the rate says.
        """
        ...

    def wait_s(self, name: str, rates: Sequence[Rate]) -> float:
        """Seconds until the next may be counted; 0 while there is room. Counts nothing."""
        ...

    def forget(self, name: str, rates: Sequence[Rate]) -> None:
        """Begin anew with that name."""
        ...
