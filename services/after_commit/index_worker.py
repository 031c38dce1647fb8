"""Works off a record, and with it what waits behind it: one wait for the index serves them all."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import Protocol

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.outbox import Outbox, OutboxEntry
from services.after_commit.drain import Drain

_LOG = logging.getLogger(__name__)

MOST = 32
"""Records worked off together: of this many the first does not wait long for the last."""

_LOOKED_THROUGH = 256
"""Entries of the outbox that are looked through for them."""

_LOOK_S = 0.02
"""How often a job looks whether another process is done with its record."""

LEFT_S = 30.0
"""A record whose text was not there yet is not taken along again by this process for so long: it
has a job of its own when the text is there."""

STOPPED_S = 5.0
"""How long it is remembered which records were given up; to ask takes a listing."""


class Others(Protocol):
    """The other processes that do the same; nothing is known of them while Redis is away."""

    def hold(self, records: Sequence[RecordId]) -> AbstractContextManager[frozenset[RecordId]]:
        """Which of the records are ours for the time of the context, among all processes."""
        ...

    def is_held(self, record: RecordId) -> bool:
        """Whether somebody is at a record."""
        ...

    def suspects(self, records: Sequence[RecordId]) -> frozenset[RecordId]:
        """Those over which a process died: each of them is worked off alone."""
        ...

    def tell(self, records: Iterable[RecordId]) -> None:
        """Tell whoever waits for one of these records that it was worked off."""
        ...


class IndexWorker:
    """What a job about one record does, in any number of processes at once.

    Later records are taken along, earlier ones have jobs that came before. A job whose record
    another process is at works off others meanwhile and ends when its own is done: whoever asked
    for it may then be told. A record that was given up as one that ends processes is left alone, by
    jobs that were asked for before as well.
    """

    def __init__(
        self,
        *,
        outbox: Outbox,
        drain: Drain,
        others: Others,
        stopped: Callable[[], frozenset[RecordId]],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`stopped` tells the records that were given up."""
        self._outbox = outbox
        self._drain = drain
        self._others = others
        self._ask_stopped = stopped
        self._now_s = now_s
        self._left: dict[RecordId, float] = {}
        self._stopped: frozenset[RecordId] = frozenset()
        self._stopped_until = float("-inf")

    def run(self, record: RecordId) -> None:
        """Work off the record, its fields at least. Raises Unavailable."""
        while True:
            entries = self._waiting(record)
            if record not in entries:
                return
            with self._others.hold(tuple(entries)) as ours:
                taken = [entry for each in entries if each in ours for entry in entries[each]]
                if taken:
                    self._remember(ours, self._work_off(record, taken))
            self._others.tell(ours - {record})
            if record in ours:
                return
            while self._others.is_held(record):
                time.sleep(_LOOK_S)

    def _work_off(self, record: RecordId, taken: Sequence[OutboxEntry]) -> Iterable[RecordId]:
        """The records that were done. Raises Unavailable, and what goes wrong with the job's own.

        Nobody knows of which record it was when several fail together: each has a job of its own,
        which gives up nothing but what fails alone.
        """
        own = [entry for entry in taken if entry.record == record]
        try:
            return self._drain.work_off(taken).records
        except Unavailable:
            raise
        except Exception:
            if len(own) == len(taken):
                raise
            _LOG.exception("%d entries together, that of %s is tried alone", len(taken), record)
        return self._drain.work_off(own).records if own else ()

    def _waiting(self, record: RecordId) -> dict[RecordId, list[OutboxEntry]]:
        """What waits of the record and of those that may be taken along, in order."""
        found: dict[RecordId, list[OutboxEntry]] = {}
        for entry in islice(self._outbox.onward(record), _LOOKED_THROUGH):
            if entry.record not in found and len(found) == MOST:
                break
            found.setdefault(entry.record, []).append(entry)
        if record not in found:
            return found
        now = self._now_s()
        self._left = {r: until for r, until in self._left.items() if until > now}
        suspects = self._others.suspects(tuple(found))
        if record in suspects:
            return {} if record in self._ask_stopped() else {record: found[record]}
        apart = (suspects | self._given_up(now) | self._left.keys()) - {record}
        return {each: entries for each, entries in found.items() if each not in apart}

    def _given_up(self, now: float) -> frozenset[RecordId]:
        if now >= self._stopped_until:
            self._stopped, self._stopped_until = self._ask_stopped(), now + STOPPED_S
        return self._stopped

    def _remember(self, ours: Iterable[RecordId], done: Iterable[RecordId]) -> None:
        until = self._now_s() + LEFT_S
        self._left.update(dict.fromkeys(set(ours) - set(done), until))
