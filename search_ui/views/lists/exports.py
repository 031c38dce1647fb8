"""Long exports: how far they are, and where they are fetched."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.shell import Badge


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An export; `percent` is None where it is not known how far it is."""

    title: str
    badge: Badge
    rows: str
    at: datetime
    until: datetime
    is_open: bool
    percent: int | None
    xlsx_href: str | None
    csv_href: str | None
    drop_href: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """One's own exports, the newest first."""

    rows: tuple[ExportRow, ...]

    @property
    def is_open(self) -> bool:
        """Whether one of them is still being written: the page looks again."""
        return any(row.is_open for row in self.rows)
