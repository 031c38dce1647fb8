"""Takes what a decision needs before its commit: all of it or nothing, each name by one record.

A claim is a name with its generation: ``slot/R/2026-11-30/0900``, then ``….2``, ``….3``. To take
a name whose newest claim is dead is to create the next one, exclusively; no claim is ever removed
or changed, so nobody can remove what somebody else has taken meanwhile. Who has a name is said by
the log: a claim is alive while the newest revision of its record names it among `held_names`, and
for `ORPHAN_S` after it was taken, while that revision may still come. A mark beside a claim
(``….free``, ``….void``) says sooner that it is given back, or that its number is used up.

A number that comes back is noted (``number-free/…``) and taken again first, so that a lost commit
leaves no gap; one whose record ended stays void, with the reason (CON-06).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from records.errors import Conflict, NotFound
from records.identity import RecordId
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.reservations import Names, NextNumber, Reservation
from records.revision import Revision
from services.flow.claim_names import FREE, VOID, ClaimName, newest_claims

ORPHAN_S = 300.0
"""A claim without its revision for so long belongs to a writer that died before committing: longer
than any request and any job that takes names may run (`workers.lanes`, 120 s)."""

_TRIES = 5
"""How often a name is looked at anew when somebody else was faster with it."""

_MISSES = 8
"""Numbers that turn out to be taken before all of the series are listed anew."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was got: values for fields, and the claims, which the revision must hold."""

    fields: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Holder:
    """The value beside a claim."""

    record: RecordId
    write_id: str
    at: datetime

    def encoded(self) -> bytes:
        told = {"record": self.record, "write_id": self.write_id, "at": self.at.isoformat()}
        return json.dumps(told).encode()

    def is_same(self, other: "_Holder") -> bool:
        """Whether both are of one attempt."""
        return (self.record, self.write_id) == (other.record, other.write_id)


def holder_of(value: bytes) -> _Holder:
    """The value of a claim, read."""
    told = json.loads(value)
    at = datetime.fromisoformat(told["at"])
    return _Holder(RecordId(told["record"]), str(told["write_id"]), at)


class Reserver:
    """Takes names and numbers for records, and gives them back."""

    def __init__(self, *, claims: Claims, log: RecordLog, clock: Clock) -> None:
        self._claims = claims
        self._log = log
        self._clock = clock
        self._highest: dict[str, int] = {}

    def take(
        self, reservations: Sequence[Reservation], *, record: RecordId, write_id: str
    ) -> Taken:
        """All of it, durable on return. What the record holds already counts as got.

        Raises Conflict (``taken``, with ``what`` and the ``record`` that has it) with nothing
        taken; Unavailable, with what was taken left to be taken over.
        """
        us = _Holder(record, write_id, self._clock.now())
        wanted = {name for each in reservations if isinstance(each, Names) for name in each.names}
        names = self._all_of(sorted(wanted), us)
        fields: dict[str, str] = {}
        for each in reservations:
            if isinstance(each, NextNumber):
                claim = self._next(each, us)
                names.append(claim.text)
                fields[each.field] = each.written(claim.number)
        return Taken(fields, tuple(sorted(names)))

    def refuse_taken(self, reservations: Sequence[Reservation], *, record: RecordId) -> None:
        """Raises Conflict (``taken``) for a name that another record has; takes none.

        Whoever takes it later may still be too late.
        """
        us = _Holder(record, "", self._clock.now())
        wanted = {name for each in reservations if isinstance(each, Names) for name in each.names}
        self._to_create(sorted(wanted), us, [])

    def give_back(self, names: Iterable[str], *, record: RecordId, reason: str = "ended") -> None:
        """Give back claims of the record: after a failed commit, or one that holds them no more.

        What its newest revision still holds, and what is somebody else's, is left alone. A number
        that was committed once is void from now on. May run again.
        """
        claims = [ClaimName.of(name) for name in names]
        if not claims:
            return
        newest = self._newest(record)
        marks: list[tuple[str, bytes]] = []
        for claim in claims:
            value = self._claims.read(claim.text)
            if value is None or holder_of(value).record != record:
                continue
            if newest is not None and claim.text in newest.held_names:
                continue
            was_ours = newest is not None and newest.write(holder_of(value).write_id) is not None
            if claim.is_number and was_ours:
                marks.append(self._mark(claim, VOID, reason))
            else:
                marks.append(self._freeing(claim, reason))
        self._claims.take_all(marks)  # a month of a room is three thousand

    def _all_of(self, wanted: Sequence[str], us: _Holder) -> list[str]:
        """Claims of all these names; Conflict with those created now given back."""
        got: list[str] = []
        missing = list(wanted)
        created: list[ClaimName] = []
        for _ in range(_TRIES):
            try:
                next_claims = self._to_create(missing, us, got)
            except Conflict:
                self._roll_back(created)
                raise
            made = self._claims.take_all([(claim.text, us.encoded()) for claim in next_claims])
            missing = []
            for claim, standing in zip(next_claims, made, strict=True):
                if standing is None or holder_of(standing).is_same(us):
                    got.append(claim.text)
                    created.append(claim)
                else:
                    missing.append(claim.base)
            if not missing:
                return got
        self._roll_back(created)
        raise Conflict("taken", what=_told(missing[0]), record=None)

    def _to_create(self, wanted: Sequence[str], us: _Holder, got: list[str]) -> list[ClaimName]:
        """The claims to be created for these names; those that are ours already go to `got`.

        Raises Conflict (``taken``).
        """
        found: list[ClaimName] = []
        for base, newest in newest_claims(self._claims, wanted).items():
            if newest is None:
                found.append(ClaimName(base))
            elif FREE in newest.marks:
                found.append(newest.next())
            elif newest.marks:
                raise Conflict("taken", what=_told(base), record=None)
            else:
                holder = self._alive(newest, us)
                if holder is None:
                    found.append(newest.next())
                elif holder.record == us.record:
                    got.append(newest.text)
                else:
                    raise Conflict("taken", what=_told(base), record=holder.record)
        return found

    def _alive(self, claim: ClaimName, us: _Holder) -> _Holder | None:
        """Who has an unmarked claim; None when nobody has any more.

        Another attempt of our own record that is under way has it, too: raises Conflict.
        """
        value = self._claims.read(claim.text)
        if value is None:
            return None
        holder = holder_of(value)
        if holder.is_same(us):
            return holder
        newest = self._newest(holder.record)
        if newest is not None and claim.text in newest.held_names:
            return holder
        committed = newest is not None and newest.write(holder.write_id) is not None
        age_s = (us.at - holder.at).total_seconds()
        if committed or age_s >= ORPHAN_S:
            return None
        if holder.record == us.record:
            raise Conflict("taken", what=_told(claim.base), record=holder.record)
        return holder

    def _next(self, wanted: NextNumber, us: _Holder) -> ClaimName:
        """A number that came back, else the first that nobody has had."""
        for note in list(self._claims.names(f"number-free/{wanted.series}/{wanted.year}/")):
            base = note.replace("number-free/", "number/", 1)
            try:
                returned = self._all_of([base], us)[0]
            except Conflict:
                self._drop_if_used(note, base)
                continue
            self._claims.free(note)
            return ClaimName.of(returned)
        misses = 0
        n = self._highest.get(wanted.prefix) or self._listed_highest(wanted)
        while True:
            n += 1
            claim = ClaimName(f"{wanted.prefix}{n:06d}")
            standing = self._claims.take(claim.text, us.encoded())
            if standing is None:
                self._highest[wanted.prefix] = n
                return claim
            misses += 1
            if misses % _MISSES == 0:
                n = max(n, self._listed_highest(wanted))

    def _listed_highest(self, wanted: NextNumber) -> int:
        last = 0
        for name in self._claims.names(wanted.prefix):
            last = ClaimName.of(name).number
        return last

    def _drop_if_used(self, note: str, base: str) -> None:
        """Remove the note of a number that stands in a revision: its taker was killed before."""
        claim = newest_claims(self._claims, [base])[base]
        value = self._claims.read(claim.text) if claim is not None else None
        newest = self._newest(holder_of(value).record) if value is not None else None
        if claim is not None and newest is not None and claim.text in newest.held_names:
            self._claims.free(note)

    def _newest(self, record: RecordId) -> Revision | None:
        try:
            return self._log.latest(record)
        except NotFound:
            return None

    def _roll_back(self, created: Iterable[ClaimName]) -> None:
        self._claims.take_all([self._freeing(claim, "not_taken") for claim in created])

    def _freeing(self, claim: ClaimName, reason: str) -> tuple[str, bytes]:
        """A number is noted first: killed in between, the note is there and the number is tried."""
        if claim.is_number:
            self._claims.take(claim.base.replace("number/", "number-free/", 1), b"")
        return self._mark(claim, FREE, reason)

    def _mark(self, claim: ClaimName, mark: str, reason: str) -> tuple[str, bytes]:
        told = {"reason": reason, "at": self._clock.now().isoformat()}
        return f"{claim.text}.{mark}", json.dumps(told).encode()


def _told(name: str) -> str:
    """A name in words: the day and the time of a slot."""
    scheme, *rest = name.split("/")
    if scheme == "slot":
        return f"{rest[-2]} {rest[-1][:2]}:{rest[-1][2:]}"
    return rest[-1]
