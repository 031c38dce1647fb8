"""The ledger of a copy of a store: what became of every object."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from records.identity import ObjectKey


class CopyOutcome(StrEnum):
    """What became of an object of the source."""

    COPIED = "copied"
    """Sent, read back, and the same."""
    PRESENT = "present"
    """There before, and the same."""
    FAILED = "failed"
    """Not there, or not the same; `reason` says why."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One object.

    Reasons are those of errors, and ``differs`` (other bytes stand there), ``damaged`` (what was
    read back is not what was sent), ``arrived`` (written to the source meanwhile), ``foreign``
    (written to the target by somebody else), ``unheld`` (the target cannot hold what the source
    holds).
    """

    key: ObjectKey
    outcome: CopyOutcome
    reason: str | None
    size_bytes: int


class CopyLedger:
    """Expected = copied + present + failed, or something was forgotten.

    What is expected is counted by a listing of its own before anything is copied.
    """

    def __init__(self, *, expected: int) -> None:
        self.expected = expected
        self.outcomes: Counter[CopyOutcome] = Counter()
        self.sent_bytes = 0
        self.failures: list[CopyLine] = []

    def add(self, line: CopyLine) -> None:
        """Count an object; one that was written after the counting is expected as well."""
        if line.reason in {"arrived", "foreign"}:
            self.expected += 1
        self.outcomes[line.outcome] += 1
        if line.outcome is CopyOutcome.COPIED:
            self.sent_bytes += line.size_bytes
        if line.outcome is CopyOutcome.FAILED:
            self.failures.append(line)

    @property
    def balances(self) -> bool:
        """Whether every object has one outcome."""
        return self.expected == self.outcomes.total()

    @property
    def is_whole(self) -> bool:
        """Whether the target holds all that the source holds."""
        return self.balances and not self.failures
