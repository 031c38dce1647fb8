"""What administrators watch: parts, queues, and work that was given up (AQ-15)."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.person.account import CheckLine
from search_ui.views.shell import Badge
from search_ui.views.work import RecordRow


@dataclass(frozen=True, slots=True)
class LaneLine:
    """One lane of the queue; `oldest` says how long its oldest job has waited, empty for none."""

    name: str
    told: str
    waiting: int
    oldest: str
    status: Badge


@dataclass(frozen=True, slots=True)
class RebuildLine:
    """The last rebuild of the index, in words; `share` of 100 where it runs and is known."""

    status: Badge
    told: str = ""
    is_open: bool = False
    share: int | None = None


@dataclass(frozen=True, slots=True)
class ScanLine:
    """Recognition of scans, in words; `share` of 100 of the record whose turn it is."""

    status: Badge
    told: str = ""
    engine: str = ""
    share: int | None = None


@dataclass(frozen=True, slots=True)
class MonitorPage:
    """How this installation works now."""

    parts: tuple[CheckLine, ...]
    lanes: tuple[LaneLine, ...]
    letters: tuple[RecordRow, ...]
    letters_total: int
    rebuild: RebuildLine
    scans: ScanLine
    checked_at: datetime
    problem: str = ""
    """Why the lanes or the letters could not be asked for, as a sentence."""
