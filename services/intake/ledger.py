"""The ledger of an import: what became of every file and of every part contained in one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from pydantic import BaseModel, ConfigDict

from records.identity import RecordId, Sha256
from records.text import ContainedPart, ExtractedText, ExtractionStatus


class Outcome(StrEnum):
    """What became of a file or part."""

    INDEXED = "indexed"
    """A record holds it; its text, if it has any, is searched."""
    DUPLICATE = "duplicate"
    """The same bytes are there already; `record` names where."""
    QUARANTINED = "quarantined"
    """A record holds it, found by name; its text could not be read, `reason` says why."""
    SKIPPED = "skipped"
    """Not taken; `reason` says why."""


class LedgerLine(BaseModel):
    """One line of the report. `container` is the file or part that contains this one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    container: str | None
    outcome: Outcome
    reason: str | None
    record: RecordId | None
    sha256: Sha256 | None
    size: int
    characters: int | None = None
    """How much was read, told where that is not all: the text is searched as far as it goes."""


_OUTCOMES = {
    ExtractionStatus.OK: Outcome.INDEXED,
    ExtractionStatus.EMPTY: Outcome.INDEXED,
    ExtractionStatus.TRUNCATED: Outcome.INDEXED,
    ExtractionStatus.UNSUPPORTED: Outcome.INDEXED,
    ExtractionStatus.ENCRYPTED: Outcome.QUARANTINED,
    ExtractionStatus.FAILED: Outcome.QUARANTINED,
}


def lines_of(path: str, record: RecordId, text: ExtractedText) -> Iterator[LedgerLine]:
    """The line of a file with its text, then one line for each part it contains."""
    for part in text.parts:
        outer, _, _ = part.path.rpartition("/")
        container = None if not part.path else f"{path}/{outer}" if outer else path
        yield LedgerLine(
            path=f"{path}/{part.path}" if part.path else path,
            container=container,
            outcome=Outcome.SKIPPED if part.skipped else _OUTCOMES[part.status],
            reason=_reason(part),
            record=record,
            sha256=part.sha256,
            size=part.size_bytes,
            characters=part.characters if part.status is ExtractionStatus.TRUNCATED else None,
        )


def _reason(part: ContainedPart) -> str | None:
    if part.status is ExtractionStatus.OK:
        return None
    return part.reason or part.status.value


@dataclass(slots=True)
class Tally:
    """Counts of one folder or container."""

    expected: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def balances(self) -> bool:
        """Whether everything that was expected has exactly one outcome."""
        return self.expected == self.outcomes.total()


class Ledger:
    """All tallies of an import: per folder, per container, and altogether.

    What is expected of folders is counted by a walk of its own before anything is imported, what
    is expected of containers by what their reader lists; the outcomes by the lines written.
    """

    def __init__(self) -> None:
        self.total = Tally()
        self.places: dict[str, Tally] = {}
        self.reasons: Counter[tuple[Outcome, str]] = Counter()
        self._seen: set[tuple[str, str | None]] = set()

    def expect(self, paths: Iterable[str]) -> None:
        """Files that must appear, each once."""
        for path in paths:
            self._place(str(PurePath(path).parent)).expected += 1
            self.total.expected += 1

    def add(self, line: LedgerLine) -> None:
        """Count a line; the same file or part twice raises AssertionError: it is our mistake."""
        key = (line.path, line.container)
        if line.container is None and key in self._seen:
            raise AssertionError(f"two outcomes for {line.path}")
        self._seen.add(key)
        if line.reason is not None:
            self.reasons[line.outcome, line.reason] += 1
        if line.container is None:
            self._place(str(PurePath(line.path).parent)).outcomes[line.outcome] += 1
            self.total.outcomes[line.outcome] += 1
        else:
            place = self._place(line.container)
            place.expected += 1
            place.outcomes[line.outcome] += 1

    @property
    def balances(self) -> bool:
        """Whether all tallies balance."""
        return self.total.balances and all(tally.balances for tally in self.places.values())

    def _place(self, name: str) -> Tally:
        return self.places.setdefault(name, Tally())
