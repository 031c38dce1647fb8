"""Changes of content: fields, files, grants, deletion. `services.flow.act` alone changes state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from records.errors import Invalid, NotFound, Refused
from records.fields import missing_fields, read_fields
from records.file_names import clean_name
from records.flow.marks import still_true
from records.identity import RecordId
from records.revision import FileVersion, Grant, Revision
from records.rights.access import Level
from records.rights.reading import may_read
from records.schema.kind import Kind
from services.flow.adding import brought, refuse_beyond_adding
from services.flow.bin_marks import BinMarks
from services.flow.change import Attempt, NewFile, RevisionWriter, expect
from services.flow.granting import read_level
from services.flow.independent_acts import IndependentActs
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change; None and empty leave things as they are."""

    fields: Mapping[str, object] = field(default_factory=dict)
    files: Sequence[NewFile] = ()
    removed: Sequence[str] = ()
    """Names of files to take out; their earlier versions stay in history."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Other names for files that stay: the present one, and what it shall be called."""
    grants: tuple[Grant, ...] | None = None
    level: str | None = None
    reason: str | None = None


Carry = Callable[[Revision, Revision], Revision]
"""What has to change before a record does: its newest revision, and the one that is to follow.

Gives the one that follows. It is asked once everything is checked, just before that is written.
"""


@dataclass(frozen=True, slots=True)
class PastFile:
    """A file as an earlier revision has it."""

    name: str
    number: int
    """Of the revision."""


class RecordEditor:
    """Changes records."""

    def __init__(self, changes: RevisionWriter, bin_marks: BinMarks) -> None:
        self._changes = changes
        self._bin_marks = bin_marks
        self._beside = IndependentActs(changes)

    def edit(
        self,
        caller: Caller,
        record: RecordId,
        edit: Edit,
        *,
        revision: int,
        idempotency_key: str | None = None,
        carry: Carry | None = None,
    ) -> Revision:
        """The next revision with the changes; files alone from whoever may add some (PRM-02).

        Who only adds is as fresh as the matter he saw, whatever colleagues add beside him. Raises
        what `carry` does; NotFound; Refused (``may_not_edit``, ``only_adds``, ``not_his_file``,
        ``only_owner_grants``, ``only_owner_lowers``, ``above_clearance``, ``above_owner``,
        ``incomplete``); Conflict (``stale_revision``, ``key_reused``); Invalid.
        """
        attempt = Attempt("edit", idempotency_key, inputs=_inputs(edit), reason=edit.reason)
        kind, before = self._changes.open(caller, record)
        if caller.may_edit(kind, before):
            return self._edited(caller, record, edit, attempt, number=revision, carry=carry)
        return self._beside.repeat(
            record,
            lambda: self._edited(caller, record, edit, attempt, number=revision, carry=carry),
        )

    def _edited(
        self,
        caller: Caller,
        record: RecordId,
        edit: Edit,
        attempt: Attempt,
        *,
        number: int,
        carry: Carry | None,
    ) -> Revision:
        kind, before = self._changes.open(caller, record)
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        if caller.may_edit(kind, before):
            expect(before, number)
        else:
            _refuse_more_than_files(kind, before, edit, caller)
            self._beside.refuse_stale(kind, before, number)
        after = _changed(kind, before, edit, caller)
        if carry is not None:
            after = carry(before, after)
        return self._changes.write(caller, before, after, attempt, edit.files)

    def bring_back(
        self,
        caller: Caller,
        record: RecordId,
        past: PastFile,
        *,
        revision: int,
        reason: str | None = None,
        idempotency_key: str | None = None,
    ) -> Revision:
        """An earlier version of a file as the newest one, in the next revision (YP-02).

        Raises as `edit`, and NotFound (``unknown_revision``, ``unknown_file``).
        """
        inputs = {"file": past.name, "number": past.number}
        attempt = Attempt("edit", idempotency_key, inputs=inputs, reason=reason)
        kind, before = self._changes.open(caller, record)
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        expect(before, revision)
        if not caller.may_edit(kind, before):
            raise Refused("may_not_edit", record=record)
        earlier = self._changes.revision(record, past.number)
        if earlier is None or not may_read(kind, earlier, caller.access):
            raise NotFound("unknown_revision", record=record, number=past.number)
        file = earlier.file(past.name)
        if file is None or file.part not in kind.parts:
            raise NotFound("unknown_file", record=record, name=past.name)
        brought = file.model_copy(
            update={"since": before.number + 1, "by": caller.person.login, "step": None}
        )
        alone = not kind.parts[file.part].many
        kept = [
            each
            for each in before.files
            if each.name != file.name and not (alone and each.part == file.part)
        ]
        after = before.model_copy(update={"files": (*kept, brought), "effects": ()})
        marked = after.model_copy(update={"marks": still_true(kind, before, after)})
        return self._changes.write(caller, before, marked, attempt)

    def delete(
        self,
        caller: Caller,
        record: RecordId,
        *,
        revision: int,
        reason: str,
        along_with: RecordId | None = None,
    ) -> Revision:
        """A tombstone as the next revision; it lies in the recycle bin of its owner.

        Only the owner deletes, and only records without a flow: others are discarded or withdrawn
        by an action. `along_with` is the folder that is deleted with all it holds. Raises as
        `edit`, and Refused (``may_not_delete``).
        """
        kind, before = self._changes.open(caller, record)
        expect(before, revision)
        if kind.has_flow or before.owner != caller.person.login:
            raise Refused("may_not_delete", record=record)
        self._bin_marks.put(caller.person.login, record, top=along_with or record)
        after = before.model_copy(update={"deleted": True, "effects": ()})
        return self._changes.write(caller, before, after, Attempt("delete", reason=reason))


def _refuse_more_than_files(kind: Kind, before: Revision, edit: Edit, caller: Caller) -> None:
    """Whether somebody who may not edit only adds what he may. Raises Refused."""
    parts = caller.may_add(kind, before)
    if not parts:
        raise Refused("may_not_edit", record=before.record)
    if edit.fields or edit.grants is not None or edit.level is not None or edit.renamed:
        labels = tuple(kind.parts[name].label for name in kind.parts if name in parts)
        raise Refused("only_adds", record=before.record, parts=labels)
    refuse_beyond_adding(kind, before, caller, files=edit.files, removed=edit.removed, parts=parts)


def _inputs(edit: Edit) -> dict[str, object]:
    grants = None
    if edit.grants is not None:
        grants = [grant.model_dump(mode="json") for grant in edit.grants]
    return {
        "fields": dict(edit.fields),
        "files": [(file.part, file.name, file.staged.sha256) for file in edit.files],
        "removed": list(edit.removed),
        **({"renamed": dict(edit.renamed)} if edit.renamed else {}),
        "grants": grants,
        "level": edit.level,
    }


def _changed(kind: Kind, before: Revision, edit: Edit, caller: Caller) -> Revision:
    values = {**before.fields, **read_fields(kind, edit.fields, caller.organisation)}
    unknown = set(edit.removed) - {file.name for file in before.files}
    if unknown:
        raise NotFound("unknown_file", name=min(unknown))
    kept = [file.name for file in before.files if file.name not in edit.removed]
    files = _renamed(brought(kind, before, caller, edit.files, kept=kept), edit.renamed)
    if not values.get(kind.meaning.title):
        raise Invalid("incomplete", missing=(kind.fields[kind.meaning.title].label,))
    if not kind.has_flow and missing_fields(kind, values):
        raise Invalid("incomplete", missing=missing_fields(kind, values))
    emptied = _emptied(kind, before, files) if not kind.has_flow else ()
    if emptied:
        raise Invalid("incomplete", missing=emptied)
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


def _emptied(kind: Kind, before: Revision, files: tuple[FileVersion, ...]) -> tuple[str, ...]:
    """Labels of parts that must hold a file, held one, and hold none any more."""
    held = {file.part for file in files}
    return tuple(
        part.label
        for name, part in kind.parts.items()
        if part.required and name not in held and any(f.part == name for f in before.files)
    )


def _renamed(files: tuple[FileVersion, ...], names: Mapping[str, str]) -> tuple[FileVersion, ...]:
    """The files under their new names. Raises NotFound and Invalid (``same_file_name``)."""
    unknown = names.keys() - {file.name for file in files}
    if unknown:
        raise NotFound("unknown_file", name=min(unknown))
    after = tuple(
        file.model_copy(update={"name": clean_name(names[file.name])})
        if file.name in names
        else file
        for file in files
    )
    twice = [file.name for file in after if [each.name for each in after].count(file.name) > 1]
    if twice:
        raise Invalid("same_file_name", given=twice[0], field="renamed")
    return after


def _level(before: Revision, given: str | None, caller: Caller) -> Level:
    """The level after the edit. To lower it opens the record to more people, as a grant does."""
    if given is None:
        return before.level
    level = read_level(given, caller)
    if level < before.level and before.owner != caller.person.login:
        raise Refused("only_owner_lowers", record=before.record)
    return level
