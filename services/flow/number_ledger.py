"""The ledger of numbers: which are in use, void and why, given back, or just taken (编号台账).

It is the listing of their names and of the marks beside them (`services.flow.reserving`). `mend`
sets the marks that nobody set: a number that stands in a record is in use, one whose writer died
before its commit is given back.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from records.errors import NotFound
from records.identity import RecordId
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.flow.claim_holder import holder_of
from services.flow.claim_names import FREE, USED, VOID, ClaimName
from services.flow.reserving import ORPHAN_S, Reserver

USED_AGAIN = "used_again"
"""The reason beside a number that was void and is used again on request (MB-06)."""


class NumberState(StrEnum):
    """What became of a number."""

    RESERVED = "reserved"
    """Taken by a decision that is under way."""
    USED = "used"
    VOID = "void"
    FREE = "free"
    """Given back; the next record gets it."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One number. `record` is who has or had it, `reason` why it is void."""

    number: int
    state: NumberState
    record: RecordId
    reason: str | None


class NumberLedger:
    """Reads the ledger, and keeps it true."""

    def __init__(self, *, claims: Claims, log: RecordLog, reserver: Reserver, clock: Clock) -> None:
        self._claims = claims
        self._log = log
        self._reserver = reserver
        self._clock = clock

    def series(self) -> list[tuple[str, int]]:
        """Every series and year in which a number was taken, in order. One listing of them all."""
        found: dict[tuple[str, int], None] = {}
        for name in self._claims.names("number/"):
            _, series, year, _ = name.split("/")
            found[series, int(year)] = None
        return list(found)

    def page(self, series: str, year: int, *, after: int = 0, size: int) -> list[LedgerRow]:
        """Rows behind a number, in order: a listing, and one or two reads for each row."""
        rows: list[LedgerRow] = []
        for claim in self._newest(f"number/{series}/{year}/"):
            if claim.number > after:
                rows.append(self._row(claim))
            if len(rows) == size:
                break
        return rows

    def mend(self) -> int:
        """Set the marks that are missing; how many. Looks at numbers without a mark alone."""
        mended = 0
        for claim in list(self._newest("number/")):
            if claim.marks:
                continue
            value = self._claims.read(claim.text)
            if value is None:
                continue
            holder = holder_of(value)
            newest = self._latest(holder.record)
            if newest is not None and claim.text in newest.held_names:
                self._claims.take(f"{claim.text}.{USED}", b"{}")
                mended += 1
            elif (self._clock.now() - holder.at).total_seconds() >= ORPHAN_S:
                self._reserver.give_back([claim.text], record=holder.record, reason="not_committed")
                mended += 1
        return mended

    def _row(self, claim: ClaimName) -> LedgerRow:
        value = self._claims.read(claim.text)
        record = holder_of(value).record if value is not None else RecordId("")
        if VOID in claim.marks:
            return LedgerRow(claim.number, NumberState.VOID, record, self._reason(claim))
        if FREE in claim.marks:
            return LedgerRow(claim.number, NumberState.FREE, record, None)
        if USED in claim.marks:
            return LedgerRow(claim.number, NumberState.USED, record, self._used_again(claim))
        newest = self._latest(record)
        held = newest is not None and claim.text in newest.held_names
        state = NumberState.USED if held else NumberState.RESERVED
        return LedgerRow(claim.number, state, record, self._used_again(claim))

    def _used_again(self, claim: ClaimName) -> str | None:
        """``used_again`` for a number that was void before."""
        if claim.generation == 1:
            return None
        void = self._claims.read(f"{claim.before().text}.{VOID}")
        return USED_AGAIN if void is not None else None

    def _reason(self, claim: ClaimName) -> str | None:
        value = self._claims.read(f"{claim.text}.{VOID}")
        return str(json.loads(value)["reason"]) if value else None

    def _newest(self, prefix: str) -> Iterator[ClaimName]:
        """The newest claim of each number with its marks, in order.

        A listing gives ``000007``, ``000007.2``, ``000007.2.used``, ``000007.free``.
        """
        current: ClaimName | None = None
        for name in self._claims.names(prefix):
            claim = ClaimName.of(name)
            if current is not None and claim.base != current.base:
                yield current
                current = None
            if current is None or claim.generation > current.generation:
                current = claim
            elif claim.generation == current.generation:
                marks = current.marks | claim.marks
                current = ClaimName(claim.base, claim.generation, marks)
        if current is not None:
            yield current

    def _latest(self, record: RecordId) -> Revision | None:
        try:
            return self._log.latest(record)
        except NotFound:
            return None
