"""Ends the task of a record whose child has ended: 交办, 转督办 (M10, flow scenarios SUB)."""

from records.errors import NotFound, Refused
from records.flow.acting import act, leads_from
from records.flow.decision import ActionInput, Office
from records.flow.verbs import Verb
from records.identity import RecordId
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.schema.kind import Kinds
from records.schema.versions import carried_over
from services.flow.change import Attempt, RevisionWriter
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller


class ChildFinisher:
    """Takes the action that a kind declares for it (`task: finish`), as the clock."""

    def __init__(
        self,
        *,
        log: RecordLog,
        kinds: Kinds,
        changes: RevisionWriter,
        book: OrganisationBook,
        clock: Clock,
    ) -> None:
        self._log = log
        self._kinds = kinds
        self._changes = changes
        self._book = book
        self._clock = clock

    def finish(self, parent: RecordId, task: int, *, outcome: str, child: RecordId) -> None:
        """End the task; one that has ended, or whose record has moved on, stays as it is.

        `outcome` is ``done`` or ``refused``. Raises Conflict when another was faster: it is run
        again.
        """
        try:
            stored = self._log.latest(parent)
        except NotFound:
            return
        kind = self._kinds.of(stored)
        before = carried_over(kind, stored)
        caller = system_caller(self._book, self._clock)
        office = Office(kind, caller.organisation, caller.now, caller.work_days)
        waits = any(each.number == task for each in before.holding_tasks)
        name = next(
            (
                name
                for name, action in kind.actions.items()
                if action.task is Verb.FINISH and leads_from(office, before, action)
            ),
            None,
        )
        if not waits or name is None or before.deleted:
            return
        given = ActionInput(tasks=(task,), refused=outcome == "refused")
        try:
            decision = act(office, before, caller.reader, name, given)
        except Refused as error:
            if error.reason in {"wrong_state", "suspended"}:
                return
            raise
        attempt = Attempt(name, f"child-{child}", inputs={"task": task, "outcome": outcome})
        self._changes.write(caller, before, decision.after, attempt)
