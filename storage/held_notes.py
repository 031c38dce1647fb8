"""What holds objects, noted beside stores that have no lock of their own."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from records.errors import Corrupt, Refused
from records.identity import ObjectKey
from records.ports.retention import Holding
from records.times.office_time import office_day

Today = Callable[[], date]


def office_today() -> date:
    """Today in office time, by the clock of the machine."""
    return office_day(datetime.now(UTC))


def refuse_held(key: ObjectKey, holding: Holding, *, today: date) -> None:
    """Raise Refused (``object_held``, with ``until`` and ``legal_hold``) while it holds."""
    if holding.holds_on(today):
        until = holding.until_on.isoformat() if holding.until_on else None
        raise Refused("object_held", key=key, until=until, legal_hold=int(holding.legal_hold))


class HeldInMemory:
    """Notes in a dictionary."""

    def __init__(self, *, today: Today = office_today) -> None:
        self.today = today
        self._notes: dict[ObjectKey, Holding] = {}

    def note(self, key: ObjectKey, holding: Holding) -> None:
        """Put a note in the place of the one that stands there."""
        self._notes[key] = holding

    def noted(self, key: ObjectKey) -> Holding:
        """The note of an object; one that nothing holds has none."""
        return self._notes.get(key, Holding())


class _Note(BaseModel):
    """A holding as it stands in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until_on: date | None
    legal_hold: bool


class HeldFiles:
    """Notes as files below a folder of their own, each under the key of its object."""

    def __init__(self, folder: Path, *, today: Today = office_today) -> None:
        self.today = today
        self._folder = folder

    def note(self, key: ObjectKey, holding: Holding) -> None:
        """As in memory, and durable. Raises OSError."""
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        note = _Note(until_on=holding.until_on, legal_hold=holding.legal_hold)
        fresh = path.with_name(f".{path.name}")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(note.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _flush_upwards(path.parent, to=self._folder.parent)

    def noted(self, key: ObjectKey) -> Holding:
        """As in memory. Raises OSError, and Corrupt (``torn_note``) for a damaged note."""
        try:
            text = (self._folder / key).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return Holding()
        try:
            note = _Note.model_validate_json(text)
        except ValueError as error:
            raise Corrupt("torn_note", key=key) from error
        return Holding(note.until_on, note.legal_hold)


def _flush_upwards(folder: Path, *, to: Path) -> None:
    while True:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if folder == to:
            return
        folder = folder.parent
