"""What a decision is made in: who has opened the record, the records that its fields name."""

from collections.abc import Callable, Mapping

from records.errors import NotFound
from records.flow.acting import takes_back
from records.flow.action_parts import Copies
from records.flow.decision import Office
from records.flow.guards import RELATED
from records.flow.verbs import ANY_STATE
from records.identity import Login, RecordId
from records.revision import FieldValue, Revision
from records.rights.reading import read_rule
from records.schema.kind import Kind
from services.flow.change import RevisionWriter
from services.people.caller import Caller

Default = Callable[[Caller, Kind, Revision, Copies], RecordId | None]
"""The record that an empty field stands for, as far as the caller may read it."""


class Surroundings:
    """Finds the office in which a person acts."""

    def __init__(
        self,
        changes: RevisionWriter,
        *,
        openers: Callable[[RecordId], frozenset[Login]],
        defaults: Default,
    ) -> None:
        """`openers` tells who has opened a record, `defaults` what is meant by an empty field."""
        self._changes = changes
        self._openers = openers
        self._defaults = defaults

    def office(
        self,
        caller: Caller,
        kind: Kind,
        revision: Revision,
        given: Mapping[str, FieldValue] | None = None,
        *,
        taking: str | None = None,
    ) -> Office:
        """Of a decision by the caller; `given` are fields that he changes with it.

        What an action copies is looked up when it is taken (`taking`), not when it is offered.
        """
        related = self._related(caller, kind, revision, {**revision.fields, **(given or {})})
        copies = kind.action(taking).copies if taking is not None else None
        if copies is not None:
            as_given = revision.model_copy(update={"fields": {**revision.fields, **(given or {})}})
            related |= self._copied(caller, kind, as_given, copies)
        return Office(
            kind=kind,
            organisation=caller.organisation,
            now=caller.now,
            work_days=caller.work_days,
            opened_by=self._openers(revision.record) if _asks_openers(kind, revision) else None,
            related={name: each for name, (_, each) in related.items()},
            rules={name: read_rule(of, each) for name, (of, each) in related.items()},
            kinds={name: of for name, (of, _) in related.items()},
        )

    def _related(
        self, caller: Caller, kind: Kind, revision: Revision, fields: Mapping[str, FieldValue]
    ) -> dict[str, tuple[Kind, Revision]]:
        """The records that guards of actions from here ask for, by the field that names each."""
        wanted = {
            str(guard.with_["field"])
            for action in kind.actions.values()
            if revision.state in action.from_ or ANY_STATE in action.from_
            for guard in action.guards
            if guard.name in RELATED
        }
        named = ((name, self._open(caller, kind, name, fields.get(name))) for name in wanted)
        return {name: found for name, found in named if found is not None}

    def _copied(
        self, caller: Caller, kind: Kind, revision: Revision, copies: Copies
    ) -> dict[str, tuple[Kind, Revision]]:
        named = revision.fields.get(copies.of)
        record = named or self._defaults(caller, kind, revision, copies)
        found = self._open(caller, kind, copies.of, record) if record else None
        return {copies.of: found} if found is not None else {}

    def _open(
        self, caller: Caller, kind: Kind, field: str, record: FieldValue
    ) -> tuple[Kind, Revision] | None:
        """One that the caller may not read, or of another kind than the field's, is none."""
        try:
            of, found = self._changes.open(caller, RecordId(str(record)))
        except NotFound:
            return None
        return (of, found) if kind.fields[field].of in (None, found.kind) else None


def _asks_openers(kind: Kind, revision: Revision) -> bool:
    """Whether an action from here depends on who has opened the record."""
    return any(
        takes_back(action) or any(guard.name == "unopened" for guard in action.guards)
        for action in kind.actions.values()
        if revision.state in action.from_ or ANY_STATE in action.from_
    )
