"""What the text of a record says of itself, to be taken into its fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImprintRow:
    """One thing that the text says."""

    label: str
    shown: str
    name: str
    """Of the box by which it is chosen."""
    choice: str
    """What the box sends: field and value, of the level the value alone."""
    now: str
    """What the record has instead; empty where it has nothing."""
    taken: bool
    """Whether it is chosen at first."""
    place: str
    """File and page."""
    line: str
    """As it is written there."""


@dataclass(frozen=True, slots=True)
class ImprintRows:
    """正文著录: what the text says, to be taken into the fields."""

    href: str
    revision: int
    idempotency_key: str
    rows: tuple[ImprintRow, ...]
