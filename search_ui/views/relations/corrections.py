"""更正引用: what a record cites, each to be corrected."""

from dataclasses import dataclass

from search_ui.views.shell import Choice, Crumb


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """One citation with its form."""

    anchor: str
    title: str
    """As it is written; of one that was added, the title of the record."""
    href: str | None
    """Where the record is that it means, if it means one."""
    read: str
    """How it is read from the text, in words; empty where it stands in none."""
    said: str
    """Who said what of it; empty where nobody did."""
    relations: tuple[Choice, ...] = ()
    """None for one that can only be taken back."""
    records: tuple[Choice, ...] = ()
    """Records that bear its number or its title."""
    typed: str = ""
    """The document that was typed, where that was refused."""
    is_open: bool = False
    """Whether its form is unfolded."""


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """All citations of one record."""

    title: str
    crumbs: tuple[Crumb, ...]
    action: str
    back_href: str
    revision: int
    idempotency_key: str
    rows: tuple[CorrectedRow, ...]
    relations: tuple[Choice, ...]
    """For one that is added."""
    typed: str = ""
    """For one that is added, where that was refused."""
    problem: str = ""
    """Why what was sent was refused."""
