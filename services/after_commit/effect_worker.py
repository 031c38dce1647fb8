"""Works off what stands in the outbox of effects, one effect at a time and each for itself.

No order is kept, within a record neither: a delivery bears the number of its revision, a child the
number of its decision, a time is judged by the newest revision when it comes, and a notice says
what was. So an effect that fails holds up no other, not of its own record either.
"""

import logging
from collections.abc import Iterable, Sequence
from itertools import groupby

from records.errors import NotFound, Unavailable
from records.identity import RecordId
from records.ports.effect_outbox import UPKEEP, EffectEntry, EffectOutbox
from records.ports.job_queue import Job, JobName
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.schema.kind import Kind, Kinds
from services.after_commit.dead_letters import ALL_EFFECTS, DeadLetters
from services.after_commit.effect_failures import MOST_FAILURES, EffectFailures, Failures
from services.after_commit.effects import EffectRunner
from services.flow.reserving import Reserver
from services.flow.timers import TimerRunner
from services.notifications.telling import Teller
from services.people.organisation_book import OrganisationBook

_LOG = logging.getLogger(__name__)


AT_ONCE = 100
"""Children that are begun together: their files and revisions reach the disk in a few turns."""

_SEVERAL = 3
"""Fewer gain nothing by it."""


class EffectWorker:
    """What a job about the effects of one record does, in any number of processes at once."""

    def __init__(
        self,
        *,
        outbox: EffectOutbox,
        log: RecordLog,
        kinds: Kinds,
        book: OrganisationBook,
        runner: EffectRunner,
        timers: TimerRunner,
        reserver: Reserver,
        teller: Teller,
        letters: DeadLetters,
        failures: EffectFailures,
    ) -> None:
        self._outbox = outbox
        self._log = log
        self._kinds = kinds
        self._book = book
        self._runner = runner
        self._timers = timers
        self._reserver = reserver
        self._teller = teller
        self._letters = letters
        self._failures = failures

    def run(self, record: RecordId) -> None:
        """Run what of the record's effects is due. Raises Unavailable when the store is down."""
        waiting = [record]
        for each in waiting:
            waiting.extend(again for again in self._run(each) if again not in waiting)

    def _run(self, record: RecordId) -> Iterable[RecordId]:
        entries = list(self._outbox.of(record))
        if not entries:
            return ()
        stopped = self._letters.stopped_effects(record)
        if ALL_EFFECTS in stopped:
            return ()
        failures = self._failures.of(record)
        due = [
            (entry, failures.get(entry.part, Failures()))
            for entry in entries
            if entry.part not in stopped
        ]
        due = [(entry, failed) for entry, failed in due if not self._failures.rests(failed)]
        done, again = self._together([entry for entry, failed in due if not failed.count])
        for entry, failed in due:
            if entry not in done:
                again.extend(self._alone(entry, failed))
        return again

    def _together(
        self, entries: Sequence[EffectEntry]
    ) -> tuple[frozenset[EffectEntry], list[RecordId]]:
        """Children of one decision, many at once (发文 to 500 units): those over, the records.

        Whatever goes wrong here is left to be done, and told, alone.
        """
        done: list[EffectEntry] = []
        again: list[RecordId] = []
        decisions = groupby(entries, key=lambda entry: (entry.number, entry.write_id))
        for (number, write_id), found in decisions:
            several = list(found)
            for first in range(0, len(several), AT_ONCE):
                some = several[first : first + AT_ONCE]
                if len(some) < _SEVERAL:
                    continue
                try:
                    revision = self._log.revision(some[0].record, number)
                    if revision.event.write_id != write_id:
                        continue
                    places, begun = self._runner.begin_children(revision, [e.place for e in some])
                except NotFound:
                    done += some  # not committed yet, or never: nothing to do for this round
                    continue
                except Unavailable:
                    raise
                except Exception as error:  # noqa: BLE001 - each is tried alone, and tells
                    _LOG.warning("%d effects of %s together: %s", len(some), some[0].record, error)
                    continue
                over = [entry for entry in some if entry.place in places]
                self._outbox.remove(over)
                done += over
                again += begun
        return frozenset(done), again

    def _alone(self, entry: EffectEntry, failed: Failures) -> Iterable[RecordId]:
        """One entry; whatever goes wrong with it is noted beside it and goes no further."""
        again: Iterable[RecordId] = ()
        try:
            revision = self._log.revision(entry.record, entry.number)
        except NotFound:
            return ()  # not committed yet, or never: the sweep tells which
        except Unavailable:
            raise  # it is the store: nothing can be done now
        except Exception as error:  # noqa: BLE001 - the boundary of an effect
            self._failed(entry, failed, error)
            return ()
        try:
            if revision.event.write_id == entry.write_id:
                again = self._do(entry, revision)
        except Exception as error:  # noqa: BLE001 - the boundary of an effect
            self._failed(entry, failed, error)
            return ()
        self._outbox.remove([entry])
        if failed.count:
            self._failures.forget(entry.record, entry.part)
        return again

    def _do(self, entry: EffectEntry, revision: Revision) -> Iterable[RecordId]:
        kind = self._kinds.of(revision)
        if entry.place == UPKEEP:
            self._keep_up(kind, revision)
            return ()
        return self._runner.run(entry.place, kind, revision, self._book.current())

    def _keep_up(self, kind: Kind, revision: Revision) -> None:
        """Times, names that the record holds no more where its writer was killed, and news."""
        self._timers.note(kind, revision)
        before: Revision | None = None
        if revision.number > 1:
            before = self._log.revision(revision.record, revision.number - 1)
            left = set(before.held_names) - set(revision.held_names)
            self._reserver.give_back(sorted(left), record=revision.record)
        self._teller.tell_change(kind, before, revision, self._book.current())

    def _failed(self, entry: EffectEntry, before: Failures, error: Exception) -> None:
        """Note a failure; give up what cannot be mended by waiting. Raises Unavailable."""
        failures = self._failures.add(entry, before, error)
        _LOG.warning("effect %s of %s failed: %s", entry.part, entry.record, error)
        if failures.count >= MOST_FAILURES and not isinstance(error, Unavailable):
            _LOG.error("it is given up", exc_info=error)
            self._letters.report(Job(JobName.EFFECT, entry.record), error, part=entry.part)
