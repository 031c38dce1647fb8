"""The journal of an import: lines written so far, so that an interrupted one goes on."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from services.intake.ledger import LedgerLine


class ImportJournal:
    """A file of ledger lines, one JSON object a line, flushed batch by batch.

    Its name is made of what is imported, by whom, as what and for whom; the same command finds
    it again. It is removed when the import has come to its end.
    """

    def __init__(self, folder: Path, *, identity: Sequence[str]) -> None:
        digest = hashlib.sha256("\n".join(identity).encode()).hexdigest()[:32]
        self._path = folder / f"{digest}.jsonl"
        self._begun = folder / f"{digest}.begun"

    def begun_at(self, now: datetime) -> datetime | None:
        """When the interrupted run began that this one goes on with; None where it is the first.

        Records of its files that are older were made by another run.
        """
        if self._begun.exists():
            return datetime.fromisoformat(self._begun.read_text("utf-8"))
        self._begun.parent.mkdir(parents=True, exist_ok=True)
        self._begun.write_text(now.isoformat(), "utf-8")
        return None

    def lines(self) -> list[LedgerLine]:
        """Lines of an interrupted run; a last line cut off by the interruption is removed."""
        if not self._path.exists():
            return []
        data = self._path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            os.truncate(self._path, len(whole))
        return [LedgerLine.model_validate_json(line) for line in whole.splitlines()]

    def add(self, lines: Iterable[LedgerLine]) -> None:
        """Append the lines of one batch, durably. Call `lines` once before."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.write("".join(f"{line.model_dump_json()}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())

    def finish(self) -> None:
        """The import has come to its end; a next run of the same command begins anew."""
        self._path.unlink(missing_ok=True)
        self._begun.unlink(missing_ok=True)
