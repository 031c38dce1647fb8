"""How much of a file is read.

The figures were chosen from a measurement on 1,157 test files of Apache Tika and 44 hostile ones;
they bound what the files of tests/hostile can cost.
"""

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits of one file with all it contains."""

    characters: int = 5_000_000
    pages: int = 5_000
    parts: int = 20_000
    """Members of archives and attachments of mails, all levels together."""
    depth: int = 10
    """Containers in containers."""
    member_bytes: int = 256 * _MIB
    unpacked_bytes: int = 1024 * _MIB
    """All members of all levels together."""
    ratio: int = 1000
    """A member of more than `ratio_from_bytes` that grows by more than this is a bomb."""
    ratio_from_bytes: int = 32 * _MIB
    text_bytes: int = 32 * _MIB
    """Of a plain text, a page of markup or a mail, so much is decoded."""
    foreign_bytes: int = 200 * _MIB
    """A larger file is not handed to a parser that reads it whole."""


OWN_SHARE = 0.6
"""Of the wall limit a reader takes this much and ends by itself, before it is killed."""


def wall_limit_s(size_bytes: int) -> float:
    """Seconds that a file of this size may take: 20, and 2 for each MB, at most 120."""
    return min(120.0, 20.0 + 2.0 * size_bytes / 1e6)
