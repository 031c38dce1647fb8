"""The clock of the machine."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the time of the machine."""

    def now(self) -> datetime:
        """As the port says."""
        return datetime.now(UTC)
