"""A clock that tests set."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
"""Nine in the morning in Beijing, a Sunday."""


@dataclass
class SetClock:
    """Implements `records.ports.clock.Clock`; tests move it."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The instant that was set."""
        return self.at

    def pass_s(self, seconds: float) -> None:
        """Move on."""
        self.at += timedelta(seconds=seconds)
