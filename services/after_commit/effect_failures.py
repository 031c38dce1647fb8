"""What is remembered of effects that failed: how often, why, and when each may be tried again."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.errors import WenshuError
from records.identity import RecordId
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.effect_outbox import EffectEntry

FIRST_DELAY_S = 10.0
LONGEST_DELAY_S = 3_600.0
"""The delay doubles with each failure up to this."""

MOST_FAILURES = 8
"""After so many (21 minutes) an effect is given up and told, unless a part is only down: then it is
tried every hour, for a week if need be."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How often an effect failed, and until when it rests."""

    count: int = 0
    until: datetime | None = None


class EffectFailures:
    """Notes beside the entries: ``effect-failed/{record}/{part}/{count}``."""

    def __init__(self, claims: Claims, clock: Clock) -> None:
        self._claims = claims
        self._clock = clock

    def of(self, record: RecordId) -> dict[str, Failures]:
        """The failures of a record's entries, by part; empty, at one listing, for nearly all."""
        newest: dict[str, str] = {}
        for name in self._claims.names(f"effect-failed/{record}/"):
            newest[name.split("/")[2]] = name
        return {part: self._read(name) for part, name in newest.items()}

    def add(self, entry: EffectEntry, before: Failures, error: Exception) -> Failures:
        """One more failure of an entry, now."""
        delay_s = min(FIRST_DELAY_S * 2**before.count, LONGEST_DELAY_S)
        failures = Failures(before.count + 1, self._clock.now() + timedelta(seconds=delay_s))
        assert failures.until is not None  # noqa: S101 - made just now
        reason = error.reason if isinstance(error, WenshuError) else type(error).__name__
        told = {"until": failures.until.isoformat(), "reason": reason}
        name = f"{_prefix(entry.record, entry.part)}{failures.count:06d}"
        self._claims.take(name, json.dumps(told).encode())
        return failures

    def rests(self, failures: Failures) -> bool:
        """Whether it is too early to try again. A clock that was set back delays nothing long."""
        if failures.until is None:
            return False
        left_s = (failures.until - self._clock.now()).total_seconds()
        return 0 < left_s <= LONGEST_DELAY_S

    def forget(self, record: RecordId, part: str) -> None:
        """It was done, or is to be tried anew."""
        for name in list(self._claims.names(_prefix(record, part))):
            self._claims.free(name)

    def _read(self, name: str) -> Failures:
        value = self._claims.read(name)
        if value is None:
            return Failures()
        until = datetime.fromisoformat(json.loads(value)["until"])
        return Failures(int(name.rpartition("/")[2]), until)


def _prefix(record: RecordId, part: str) -> str:
    return f"effect-failed/{record}/{part}/"
