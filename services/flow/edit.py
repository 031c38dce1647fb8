"""Changes of content: fields, files, grants, deletion. `services.flow.act` alone changes state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from records.access import Level
from records.errors import Invalid, NotFound, Refused
from records.fields import missing_fields, read_fields
from records.flow.marks import still_true
from records.identity import RecordId
from records.kind import Kind
from records.reading import may_edit
from records.revision import Grant, Revision
from services.flow.change import Attempt, NewFile, RevisionWriter, expect, with_files
from services.flow.granting import read_level
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change; None and empty leave things as they are."""

    fields: Mapping[str, object] = field(default_factory=dict)
    files: Sequence[NewFile] = ()
    removed: Sequence[str] = ()
    """Names of files to take out; their earlier versions stay in history."""
    grants: tuple[Grant, ...] | None = None
    level: str | None = None
    reason: str | None = None


class RecordEditor:
    """Changes records."""

    def __init__(self, changes: RevisionWriter) -> None:
        self._changes = changes

    def edit(
        self,
        caller: Caller,
        record: RecordId,
        edit: Edit,
        *,
        revision: int,
        idempotency_key: str | None = None,
    ) -> Revision:
        """The next revision with the changes.

        Raises NotFound; Refused (``may_not_edit``, ``only_owner_grants``, ``only_owner_lowers``,
        ``above_clearance``, ``above_owner``, ``incomplete``); Conflict (``stale_revision``,
        ``key_reused``); Invalid.
        """
        kind, before = self._changes.open(caller, record)
        attempt = Attempt("edit", idempotency_key, inputs=_inputs(edit), reason=edit.reason)
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        if not may_edit(
            kind, before, caller.reader, today=caller.today, organisation=caller.organisation
        ):
            raise Refused("may_not_edit", record=record)
        expect(before, revision)
        after = _changed(kind, before, edit, caller)
        return self._changes.write(caller, before, after, attempt, edit.files)

    def delete(self, caller: Caller, record: RecordId, *, revision: int, reason: str) -> Revision:
        """A tombstone as the next revision; history and files stay until they are purged.

        Only the owner deletes, and only records without a flow: others are discarded or withdrawn
        by an action. Raises as `edit`, and Refused (``may_not_delete``).
        """
        kind, before = self._changes.open(caller, record)
        expect(before, revision)
        if kind.has_flow or before.owner != caller.person.login:
            raise Refused("may_not_delete", record=record)
        after = before.model_copy(update={"deleted": True, "effects": ()})
        return self._changes.write(caller, before, after, Attempt("delete", reason=reason))


def _inputs(edit: Edit) -> dict[str, object]:
    grants = None
    if edit.grants is not None:
        grants = [grant.model_dump(mode="json") for grant in edit.grants]
    return {
        "fields": dict(edit.fields),
        "files": [(file.part, file.name, file.staged.sha256) for file in edit.files],
        "removed": list(edit.removed),
        "grants": grants,
        "level": edit.level,
    }


def _changed(kind: Kind, before: Revision, edit: Edit, caller: Caller) -> Revision:
    values = {**before.fields, **read_fields(kind, edit.fields, caller.organisation)}
    unknown = set(edit.removed) - {file.name for file in before.files}
    if unknown:
        raise NotFound("unknown_file", name=min(unknown))
    kept = tuple(file for file in before.files if file.name not in edit.removed)
    files = with_files(kind, kept, edit.files, since=before.number + 1)
    if not values.get(kind.meaning.title):
        raise Invalid("incomplete", missing=(kind.fields[kind.meaning.title].label,))
    if not kind.has_flow and missing_fields(kind, values):
        raise Invalid("incomplete", missing=missing_fields(kind, values))
    if edit.grants is not None and before.owner != caller.person.login:
        raise Refused("only_owner_grants", record=before.record)
    after = before.model_copy(
        update={
            "fields": values,
            "files": files,
            "grants": before.grants if edit.grants is None else edit.grants,
            "level": _level(before, edit.level, caller),
            "effects": (),
        }
    )
    return after.model_copy(update={"marks": still_true(kind, before, after)})


def _level(before: Revision, given: str | None, caller: Caller) -> Level:
    """The level after the edit. To lower it opens the record to more people, as a grant does."""
    if given is None:
        return before.level
    level = read_level(given, caller)
    if level < before.level and before.owner != caller.person.login:
        raise Refused("only_owner_lowers", record=before.record)
    return level
