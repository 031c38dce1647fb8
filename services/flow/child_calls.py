"""Lets a record do what the one it came from calls for: 撤回 while unopened, else 作废 (WDR-13)."""

from collections.abc import Callable

from records.errors import NotFound
from records.flow.acting import act, why_not
from records.flow.decision import ActionInput, Office, Situation
from records.identity import Login, RecordId
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.schema.kind import Kinds
from records.schema.versions import carried_over
from services.after_commit.children import ChildCall
from services.flow.change import Attempt, RevisionWriter
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller


class CalledActions:
    """Takes actions that kinds declare for it (`called: parent`), as the clock."""

    def __init__(
        self,
        *,
        log: RecordLog,
        kinds: Kinds,
        changes: RevisionWriter,
        book: OrganisationBook,
        clock: Clock,
        openers: Callable[[RecordId], frozenset[Login]],
    ) -> None:
        """`openers` tells who has opened a record."""
        self._log = log
        self._kinds = kinds
        self._changes = changes
        self._book = book
        self._clock = clock
        self._openers = openers

    def take(self, child: RecordId, call: ChildCall) -> None:
        """The first of the actions that the record allows now; nothing where it allows none.

        A call that was answered is not answered again. Raises Conflict when another was faster: it
        is run again.
        """
        try:
            stored = self._log.latest(child)
        except NotFound:
            return
        if self._kinds.find(stored.kind) is None or stored.deleted:
            return
        kind = self._kinds.of(stored)
        before = carried_over(kind, stored)
        caller = system_caller(self._book, self._clock)
        attempts = [Attempt(n, call.name, reason=call.reason) for n in call.actions]
        if any(before.write(self._changes.write_id(caller, each)) for each in attempts):
            return
        office = Office(
            kind=kind,
            organisation=caller.organisation,
            now=caller.now,
            work_days=caller.work_days,
            opened_by=self._openers(child),
        )
        for attempt in attempts:
            situation = Situation(office, before, caller.reader, attempt.action)
            if attempt.action in kind.actions and why_not(situation) is None:
                after = act(office, before, caller.reader, attempt.action, ActionInput()).after
                self._changes.write(caller, before, after, attempt)
                return
