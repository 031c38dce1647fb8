"""Builds the next revision of a record and writes it: what every changing use case shares."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from records.consequences.taking import refuse_typed_numbers
from records.errors import Conflict, Invalid, NotFound
from records.file_names import clean_name, free_name, media_type_of
from records.flow.acting_unit import acting_unit_of
from records.identity import Login, RecordId, Sha256, UnitCode
from records.ports.identities import Identities
from records.ports.record_log import Commit, RecordLog
from records.revision import Event, FieldValue, FileVersion, Revision
from records.rights.ownership import refuse_beyond_owner
from records.rights.reading import may_read
from records.rights.shelving import refuse_unkept
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kind, Kinds
from records.schema.terms import refuse_unused_words, terms_of
from records.schema.versions import carried_over
from services.intake.staging import StagedFile
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file on its way into a part of a record; `part` None is the first part of the kind."""

    name: str
    staged: StagedFile
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Bringing:
    """By whom, in what step and with which revision files come in."""

    by: Login
    since: int
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to change a record: what it is called, and what tells it from others."""

    action: str
    idempotency_key: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    reason: str | None = None

    @property
    def digest(self) -> str:
        """Digest of the input: the same key with another input is a mistake, not a repeat."""
        text = json.dumps([self.action, self.inputs], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


class RevisionWriter:
    """Reads the record a change starts from, and writes what comes of it."""

    def __init__(
        self,
        log: RecordLog,
        kinds: Kinds,
        identities: Identities,
        dictionaries: Callable[[], Dictionaries],
        *,
        committed: Callable[[Revision], None],
    ) -> None:
        """`committed` is told of every revision that was written here, before its writer is."""
        self._log = log
        self._kinds = kinds
        self._identities = identities
        self._dictionaries = dictionaries
        self._committed = committed

    def open(self, caller: Caller, record: RecordId) -> tuple[Kind, Revision]:
        """Kind and newest revision of a record that the caller may read, as `open_unread`.

        Raises NotFound (``unknown_record``) for one he may not read, the same as for none.
        """
        kind, revision = self.open_unread(record)
        if not may_read(kind, revision, caller.access):
            raise NotFound("unknown_record", record=record)
        return kind, revision

    def open_unread(self, record: RecordId) -> tuple[Kind, Revision]:
        """Kind and newest revision for whoever changes a record without being shown any of it.

        The kind is the version that the record understands, and states that were renamed in it
        have their new names. Raises NotFound (``unknown_record``) for one whose kind is gone, the
        same as for none.
        """
        try:
            newest = self._log.latest(record)
        except NotFound as error:
            raise NotFound("unknown_record", record=record) from error
        if self._kinds.find(newest.kind) is None:
            raise NotFound("unknown_record", record=record)
        kind = self._kinds.of(newest)
        return kind, carried_over(kind, newest)

    def revision(self, record: RecordId, number: int) -> Revision | None:
        """An earlier revision of a record that the caller has opened; None where there is none."""
        try:
            return self._log.revision(record, number)
        except NotFound:
            return None

    def refuse_unused_words(
        self, kind: Kind, before: Mapping[str, FieldValue], after: Mapping[str, FieldValue]
    ) -> None:
        """Whether every new word of a dictionary can be chosen. Raises Invalid."""
        if any(True for _ in terms_of(kind, after)):  # most kinds need not ask the store
            refuse_unused_words(kind, before, after, self._dictionaries())

    def repeated(self, caller: Caller, revision: Revision, attempt: Attempt) -> Revision | None:
        """The revision that an earlier attempt with the same key made; None for a first attempt.

        Raises Conflict (``key_reused``) when the key came with another input before.
        """
        if attempt.idempotency_key is None:
            return None
        write = revision.write(self.write_id(caller, attempt))
        if write is None:
            return None
        if write.digest != attempt.digest:
            raise Conflict("key_reused", record=revision.record)
        return self._log.revision(revision.record, write.number)

    def write(
        self,
        caller: Caller,
        before: Revision,
        after: Revision,
        attempt: Attempt,
        files: Sequence[NewFile] = (),
        *,
        write_id: str | None = None,
    ) -> Revision:
        """Commit `after` as the next revision; `write_id` where names were taken with it.

        Raises as `commit`, Refused (``above_owner``) and Invalid (``not_an_option``,
        ``typed_number``, ``unknown_folder``).
        """
        refuse_beyond_owner(before, after, caller.organisation)
        kind = self._kinds.of(before)
        refuse_unkept(kind, before, after, by=caller.reader, organisation=caller.organisation)
        refuse_typed_numbers(kind, before, after)
        self.refuse_unused_words(kind, before.fields, after.fields)
        numbered = after.model_copy(
            update={
                "kind_version": kind.version,
                "number": before.number + 1,
                "event": self.event(
                    caller,
                    attempt,
                    before.state,
                    after.state,
                    write_id=write_id,
                    unit=_acted_for(caller, before, after),
                ),
            }
        )
        return self.commit(numbered, files)

    def commit(self, revision: Revision, files: Sequence[NewFile] = ()) -> Revision:
        """Put a finished revision into the log with its files.

        Raises Conflict (``stale_revision``), and ``key_reused`` when another input with the same
        key was faster: the log takes both for one attempt, since the key names it.
        """
        staged = {file.staged.sha256: file.staged.path for file in files}
        standing = self._log.commit(Commit(revision, files=staged))
        if standing.event.digest != revision.event.digest:
            raise Conflict("key_reused", record=revision.record)
        self._committed(standing)
        return standing

    def commit_all(self, commits: Sequence[Commit]) -> list[Revision | Conflict]:
        """Put finished revisions into the log with what each brings, none held up by another."""
        outcomes = self._log.commit_all(commits)
        for standing in outcomes:
            if isinstance(standing, Revision):
                self._committed(standing)
        return outcomes

    def event(
        self,
        caller: Caller,
        attempt: Attempt,
        from_state: str | None,
        to_state: str | None,
        *,
        unit: UnitCode,
        write_id: str | None = None,
    ) -> Event:
        """The event of an attempt by this caller now, who acts for that unit."""
        return Event(
            action=attempt.action,
            actor=caller.person.login,
            at=caller.now,
            from_state=from_state,
            to_state=to_state,
            reason=attempt.reason,
            write_id=write_id or self.write_id(caller, attempt),
            digest=attempt.digest,
            unit=unit,
        )

    def write_id(self, caller: Caller, attempt: Attempt) -> str:
        """Fresh, or derived from caller and key, so that a repeat is known by its name."""
        if attempt.idempotency_key is None:
            return self._identities.write_id()
        text = f"{caller.person.login}\n{attempt.idempotency_key}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _acted_for(caller: Caller, before: Revision, after: Revision) -> UnitCode:
    """The unit for which the caller made this of a record: as he says, or as he answered."""
    said = [each.place for each in after.opinions[len(before.opinions) :] if each.place]
    if said:
        return said[-1]
    open_before = {task.number for task in before.open_tasks}
    answered = (
        task
        for task in after.tasks
        if task.number in open_before and task.done_by == caller.person.login
    )
    return acting_unit_of(caller.person, before, next(answered, None), caller.organisation)


def expect(revision: Revision, number: int) -> None:
    """Raises Conflict (``stale_revision``) unless the newest revision is the one expected."""
    if revision.number != number:
        raise Conflict(
            "stale_revision",
            record=revision.record,
            newest=revision.number,
            by=revision.event.actor,
            given=number,
        )


def with_files(
    kind: Kind, held: Sequence[FileVersion], files: Sequence[NewFile], *, brought: Bringing
) -> tuple[FileVersion, ...]:
    """Files of the record after `files` came in: a name that is in the part gets a new version.

    A part for a single file keeps one: the new one takes its place. A name that stands in another
    part, or that came along twice, is made another: no file takes the place of one that it was not
    meant for. Raises Invalid (``unknown_part``, ``no_parts``).
    """
    result = list(held)
    come: set[str] = set()
    for new in files:
        part = part_of(kind, new)
        taken = come | {old.name for old in result if old.part != part}
        version = FileVersion(
            part=part,
            name=free_name(clean_name(new.name), taken),
            sha256=Sha256(new.staged.sha256),
            size_bytes=new.staged.size_bytes,
            media_type=media_type_of(new.name),
            since=brought.since,
            by=brought.by,
            step=brought.step,
        )
        single = not kind.parts[part].many
        result = [
            old for old in result if old.name != version.name and not (single and old.part == part)
        ]
        result.append(version)
        come.add(version.name)
    return tuple(result)


def part_of(kind: Kind, new: NewFile) -> str:
    """The part that a file comes into. Raises Invalid (``unknown_part``, ``no_parts``)."""
    if not kind.parts:
        raise Invalid("no_parts", kind=kind.kind, field="file")
    if new.part is None:
        return next(iter(kind.parts))
    if new.part not in kind.parts:
        raise Invalid("unknown_part", field=new.part, kind=kind.kind, allowed=tuple(kind.parts))
    return new.part
