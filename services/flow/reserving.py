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
from contextlib import suppress
from dataclasses import dataclass, field

from records.consequences.reservations import Names, NextNumber, Reservation
from records.errors import Conflict, NotFound, Refused
from records.identity import RecordId
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.flow.claim_holder import ClaimHolder, holder_of
from services.flow.claim_names import FREE, VOID, ClaimName, newest_claims
from services.flow.number_series import NumberSeries

ORPHAN_S = 300.0
"""A claim without its revision for so long belongs to a writer that died before committing: longer
than any request and any job that takes names may run (`workers.lanes`, 120 s)."""

_TRIES = 5
"""How often a name is looked at anew when somebody else was faster with it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was got: values for fields, and the claims, which the revision must hold."""

    fields: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


class Reserver:
    """Takes names and numbers for records, and gives them back."""

    def __init__(self, *, claims: Claims, log: RecordLog, clock: Clock) -> None:
        self._claims = claims
        self._log = log
        self._clock = clock
        self._series = NumberSeries(claims, self._newest)

    def take(
        self, reservations: Sequence[Reservation], *, record: RecordId, write_id: str
    ) -> Taken:
        """All of it, durable on return. What the record holds already counts as got.

        Raises Conflict (``taken``, with ``what`` and the ``record`` that has it; ``not_void`` for
        a number that was to be used again) or Refused (``series_used_up``), with nothing taken;
        Unavailable, with what was taken left to be taken over.
        """
        us = ClaimHolder(record, write_id, self._clock.now())
        names: list[str] = []
        for wanted in _names(reservations):
            try:
                names += self._got(wanted, us)
            except Conflict as error:
                self._roll_back(self._not_held(names, us))
                raise _of(wanted, error) from error
        fields: dict[str, str] = {}
        for each in reservations:
            if isinstance(each, NextNumber):
                try:
                    claim = self._series.next(each, us, again=self._all_of)
                except Refused:
                    self._roll_back(self._not_held(names, us))
                    raise
                names.append(claim.text)
                fields[each.field] = each.written(claim.number)
        return Taken(fields, tuple(sorted(set(names))))

    def refuse_taken(self, reservations: Sequence[Reservation], *, record: RecordId) -> None:
        """Raises Conflict (``taken``) for a name that another record has; takes none.

        Whoever takes it later may still be too late.
        """
        us = ClaimHolder(record, "", self._clock.now())
        for wanted in _names(reservations):
            try:
                if wanted.capacity == 1:
                    self._to_create(sorted(wanted.names), us, [])
                    continue
                for name in wanted.names:
                    self._refuse_full(wanted, name, us)
            except Conflict as error:
                raise _of(wanted, error) from error

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

    def _got(self, wanted: Names, us: ClaimHolder) -> list[str]:
        if wanted.capacity > 1:
            return self._one_of_each(wanted, us)
        again = frozenset(wanted.names if wanted.again else ())
        return self._all_of(sorted(wanted.names), us, again=again)

    def _all_of(
        self, wanted: Sequence[str], us: ClaimHolder, *, again: frozenset[str] = frozenset()
    ) -> list[str]:
        """Claims of all these names; Conflict with those created now given back."""
        got: list[str] = []
        missing = list(wanted)
        created: list[ClaimName] = []
        for _ in range(_TRIES):
            try:
                next_claims = self._to_create(missing, us, got, again=again)
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

    def _one_of_each(self, wanted: Names, us: ClaimHolder) -> list[str]:
        """Of each name one of its lanes, that which the record has already, else the first free."""
        newest = self._newest(us.record)
        held = {ClaimName.of(text).base: text for text in (newest.held_names if newest else ())}
        got: list[str] = []
        missing: list[str] = []
        for name in wanted.names:
            own = (held.get(wanted.lane(name, n)) for n in range(1, wanted.capacity + 1))
            text = next((each for each in own if each is not None), None)
            (got if text is not None else missing).append(text or name)
        taken: list[str] = []
        for number in range(1, wanted.capacity + 1):
            for name in tuple(missing):
                with suppress(Conflict):
                    taken += self._all_of([wanted.lane(name, number)], us)
                    missing.remove(name)
        if missing:
            self._roll_back(map(ClaimName.of, taken))
            raise Conflict("taken", what=_told(missing[0]), record=None)
        return [*got, *taken]

    def _refuse_full(self, wanted: Names, name: str, us: ClaimHolder) -> None:
        for number in range(1, wanted.capacity + 1):
            with suppress(Conflict):
                self._to_create([wanted.lane(name, number)], us, [])
                return
        raise Conflict("taken", what=_told(name), record=None)

    def _not_held(self, names: Iterable[str], us: ClaimHolder) -> list[ClaimName]:
        """Those that the record has only just got."""
        newest = self._newest(us.record)
        held = newest.held_names if newest is not None else ()
        return [ClaimName.of(name) for name in names if name not in held]

    def _to_create(
        self,
        wanted: Sequence[str],
        us: ClaimHolder,
        got: list[str],
        *,
        again: frozenset[str] = frozenset(),
    ) -> list[ClaimName]:
        """The claims to be created for these names; those that are ours already go to `got`.

        Those to be used `again` are void. Raises Conflict (``taken``, ``not_void``).
        """
        found: list[ClaimName] = []
        for base, newest in newest_claims(self._claims, wanted).items():
            if base in again and (newest is None or FREE in newest.marks):
                raise Conflict("not_void", what=_told(base), record=None)
            if newest is not None and base in again and VOID in newest.marks:
                found.append(newest.next())
            elif newest is None:
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

    def _alive(self, claim: ClaimName, us: ClaimHolder) -> ClaimHolder | None:
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

    def _newest(self, record: RecordId) -> Revision | None:
        try:
            return self._log.latest(record)
        except NotFound:
            return None

    def _roll_back(self, created: Iterable[ClaimName]) -> None:
        self._claims.take_all([self._freeing(claim, "not_taken") for claim in created])

    def _freeing(self, claim: ClaimName, reason: str) -> tuple[str, bytes]:
        """A number is noted first: killed in between, the note is there and the number is tried.

        One that was void before is void once more: nobody gets it unasked.
        """
        void = self._void_before(claim)
        if void is not None:
            return f"{claim.text}.{VOID}", void
        if claim.is_number:
            self._claims.take(claim.base.replace("number/", "number-free/", 1), b"")
        return self._mark(claim, FREE, reason)

    def _void_before(self, claim: ClaimName) -> bytes | None:
        """Why the number was void before this claim used it again; None for one that was not."""
        if not claim.is_number or claim.generation == 1:
            return None
        return self._claims.read(f"{claim.before().text}.{VOID}")

    def _mark(self, claim: ClaimName, mark: str, reason: str) -> tuple[str, bytes]:
        told = {"reason": reason, "at": self._clock.now().isoformat()}
        return f"{claim.text}.{mark}", json.dumps(told).encode()


def _names(reservations: Iterable[Reservation]) -> list[Names]:
    return [each for each in reservations if isinstance(each, Names)]


def _of(wanted: Names, error: Conflict) -> Conflict:
    """The same, saying of which resource the time is taken."""
    what = f"{wanted.label} {error.facts['what']}".strip()
    return Conflict(error.reason, **{**error.facts, "what": what})


def _told(name: str) -> str:
    """A name in words: the day and the time of a slot, a number as papers bear it."""
    scheme, *rest = name.split("/")
    if scheme == "slot":
        return f"{rest[-2]} {rest[-1][:2]}:{rest[-1][2:]}"
    if scheme == "number":
        return f"{rest[0]}〔{rest[1]}〕{int(rest[2])}号"
    return rest[-1]
