"""编号台账."""

from dataclasses import dataclass

from search_ui.views.shell import Badge, Tab


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number; the address is None for a record that the reader may not open."""

    number: int
    state: Badge
    title: str
    href: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """The numbers of one series and year."""

    tabs: tuple[Tab, ...]
    rows: tuple[NumberRow, ...]
    next_href: str | None
