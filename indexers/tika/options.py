"""How the servers are spoken with: versions, waits, limits, and which types they read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexers.extraction.file_type import Route
from indexers.extraction.limits import ReadingLimits, wall_limit_s
from indexers.tika.routes import ROUTES, Choice

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class TikaOptions:
    """Everything that may be chosen; the defaults are meant to be kept."""

    server_version: str = "3.3.2"
    """A server of another version is not asked: its texts would not belong to the version key."""
    connect_s: float = 2.0
    look_s: float = 5.0
    """For the question for its version, which precedes every file."""
    least_reading_s: float = 30.0
    """A server refuses to be granted less: ``minimumTimeoutMillis`` of Tika 3, 30,000."""
    most_reading_s: float = 120.0
    """As the embedded route; the server's own ``taskTimeoutMillis`` must not be less."""
    grace_s: float = 10.0
    """Beyond what it was granted, so that a server can end the reading itself."""
    patience_s: float = 30.0
    """How long files wait for a server while none answers; a restart takes 2 to 6 s."""
    first_rest_s: float = 0.25
    waiting_rest_s: float = 2.0
    longest_rest_s: float = 30.0
    """A server that failed is left alone for so long, twice as long after each failure: at most
    `waiting_rest_s` while files wait for it, `longest_rest_s` when they no longer do."""
    files_per_server: int = 2
    """At once, by this process."""
    upload_bytes: int = 200 * _MIB
    """A larger file stays with the embedded route, as `ReadingLimits.foreign_bytes`."""
    answer_bytes: int = 64 * _MIB
    """As `sandbox.limits.Limits.answer_bytes`; 20,000 parts with stack traces were 120 MB."""
    reading: ReadingLimits = field(default_factory=ReadingLimits)
    routes: Mapping[Route, Choice] = field(default_factory=lambda: ROUTES)

    def granted_s(self, size_bytes: int) -> float:
        """Seconds that a server may take for a file of this size; grows as the embedded limit."""
        return min(self.most_reading_s, max(self.least_reading_s, wall_limit_s(size_bytes)))
