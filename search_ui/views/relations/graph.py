"""The picture of what a record cites and what cites it, row below row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A record as a card; `way` tells in words how it stands to the one beside it."""

    href: str
    label: str
    """All of it, for who hears it or rests on it."""
    lines: tuple[str, ...]
    """Of its title, as much as the card holds."""
    way: str
    note: str
    relation: str
    """A word of records.queries.relations; empty in the middle."""
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """From what cites to what is cited: the `d` of a path."""

    path: str
    relation: str
    """A word of records.queries.relations, or ``trunk`` where several run together."""
    ends: bool = True
    """Whether it ends with the head of an arrow."""


@dataclass(frozen=True, slots=True)
class DrawnGraph:
    """All of it, in the units of its view box: pixels where there is room for so many."""

    name: str
    width: int
    height: int
    nodes: tuple[DrawnNode, ...]
    lines: tuple[DrawnLine, ...]
    kinds: tuple[tuple[str, str], ...]
    """The sorts that are drawn, each with its word."""
    cut: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of arrows that are used."""
        return tuple(dict.fromkeys(line.relation for line in self.lines if line.ends))
