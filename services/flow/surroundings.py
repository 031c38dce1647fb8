"""What a decision is made in: who has opened the record, the records that its fields name."""

from collections.abc import Callable, Mapping

from records.errors import NotFound
from records.flow.acting import TAKEN_BACK
from records.flow.decision import Office
from records.flow.declarations import ANY_STATE, PREVIOUS
from records.flow.guards import RELATED
from records.identity import Login, RecordId
from records.kind import Kind
from records.revision import FieldValue, Revision
from services.flow.change import RevisionWriter
from services.people.caller import Caller


class Surroundings:
    """Finds the office in which a person acts."""

    def __init__(
        self, changes: RevisionWriter, openers: Callable[[RecordId], frozenset[Login]]
    ) -> None:
        """`openers` tells who has opened a record."""
        self._changes = changes
        self._openers = openers

    def office(
        self,
        caller: Caller,
        kind: Kind,
        revision: Revision,
        given: Mapping[str, FieldValue] | None = None,
    ) -> Office:
        """Of a decision by the caller; `given` are fields that he changes with it."""
        return Office(
            kind=kind,
            organisation=caller.organisation,
            now=caller.now,
            work_days=caller.work_days,
            opened_by=self._openers(revision.record) if _asks_openers(kind, revision) else None,
            related=self._related(caller, kind, revision, {**revision.fields, **(given or {})}),
        )

    def _related(
        self, caller: Caller, kind: Kind, revision: Revision, fields: Mapping[str, FieldValue]
    ) -> dict[str, Revision]:
        """The records that guards of actions from here ask for, by the field that names each.

        One that the caller may not read, or of another kind than the field's, is none.
        """
        wanted = {
            str(guard.with_["field"])
            for action in kind.actions.values()
            if revision.state in action.from_ or ANY_STATE in action.from_
            for guard in action.guards
            if guard.name in RELATED
        }
        found: dict[str, Revision] = {}
        for name in wanted:
            try:
                _, each = self._changes.open(caller, RecordId(str(fields.get(name))))
            except NotFound:
                continue
            if kind.fields[name].of in (None, each.kind):
                found[name] = each
        return found


def _asks_openers(kind: Kind, revision: Revision) -> bool:
    """Whether an action from here depends on who has opened the record."""
    return any(
        action.task in TAKEN_BACK
        or (action.to == PREVIOUS and "sender" in action.by)
        or any(guard.name == "unopened" for guard in action.guards)
        for action in kind.actions.values()
        if revision.state in action.from_ or ANY_STATE in action.from_
    )
