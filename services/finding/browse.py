"""Opens records: content, files, history, who may see it, tasks (GT-06, TZ-04, FW-19)."""

from collections.abc import Iterator
from dataclasses import dataclass

from records.errors import NotFound
from records.flow.declarations import ReadBy
from records.identity import RecordId
from records.kind import Kind, Kinds
from records.ports.file_shelf import FileShelf
from records.ports.record_log import RecordLog
from records.reading import audience_of, deputies_of, holds, may_edit, may_read, read_rule
from records.revision import FileVersion, Revision
from services.after_commit.deliveries import Deliveries, Receipt
from services.finding.person_marks import PersonMarks
from services.flow.change import RevisionWriter
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record as its reader sees it."""

    kind: Kind
    revision: Revision
    may_edit: bool
    took_part: bool
    """Opinions, tasks and reasons are for those who took part in a flow, not for its audience."""
    newest: int


@dataclass(frozen=True, slots=True)
class FileStream:
    """Bytes of a file on their way out."""

    file: FileVersion
    start: int
    length: int
    pieces: Iterator[bytes]


class RecordOpener:
    """Reads single records, always deciding on the newest revision."""

    def __init__(
        self,
        *,
        log: RecordLog,
        shelf: FileShelf,
        kinds: Kinds,
        changes: RevisionWriter,
        deliveries: Deliveries,
        noticed: PersonMarks,
    ) -> None:
        self._log = log
        self._shelf = shelf
        self._kinds = kinds
        self._changes = changes
        self._deliveries = deliveries
        self._noticed = noticed

    def open(self, caller: Caller, record: RecordId, *, number: int | None = None) -> OpenRecord:
        """The record, at its newest or a given revision.

        A past revision is read by whom it was open to, and who may read the newest: the audience
        of a notice does not see its drafts. Those who take part in a flow see all of its way
        (流程跟踪, FW-19). Raises NotFound (``unknown_record``, ``unknown_revision``).
        """
        kind, newest = self._changes.open(caller, record)
        revision = newest if number is None else self._log.revision(record, number)
        if not _may_read_past(kind, revision, newest, caller):
            raise NotFound("unknown_revision", record=record, number=number)
        may = revision.number == newest.number and may_edit(
            kind, newest, caller.reader, today=caller.today, organisation=caller.organisation
        )
        return OpenRecord(
            kind, revision, may, took_part=_took_part(kind, newest, caller), newest=newest.number
        )

    def history(self, caller: Caller, record: RecordId) -> list[Revision]:
        """All revisions that are open to the caller, newest first. Raises NotFound."""
        kind, newest = self._changes.open(caller, record)
        return [
            revision
            for revision in self._log.history(record)
            if _may_read_past(kind, revision, newest, caller)
        ]

    def stream(
        self,
        caller: Caller,
        record: RecordId,
        name: str,
        *,
        number: int | None = None,
        start: int = 0,
        length: int | None = None,
    ) -> FileStream:
        """Bytes of a file of the record. Raises NotFound (``unknown_file`` too)."""
        file = self.file(caller, record, name, number=number)
        first = min(start, file.size_bytes)
        size = file.size_bytes - first if length is None else min(length, file.size_bytes - first)
        pieces = self._shelf.stream(record, file.sha256, start=first, length=size)
        return FileStream(file, first, size, pieces)

    def file(
        self, caller: Caller, record: RecordId, name: str, *, number: int | None = None
    ) -> FileVersion:
        """The file of that name. Raises NotFound (``unknown_file`` too)."""
        file = self.open(caller, record, number=number).revision.file(name)
        if file is None:
            raise NotFound("unknown_file", record=record, name=name)
        return file

    def noticed(self, caller: Caller, record: RecordId) -> None:
        """The caller has opened a record that was published or sent to him (未读 → 已读)."""
        kind, revision = self._changes.open(caller, record)
        waits = any(holds(task, caller.reader, kind.kind) for task in revision.open_tasks)
        published = _is_published(kind, revision)
        login, at = caller.person.login, caller.now.isoformat()
        if waits or published:
            self._deliveries.give(record, login, Receipt.READ, at)
        if published and not self._noticed.has(login, record):
            self._noticed.put(login, record, at)

    def readers(self, caller: Caller, record: RecordId) -> list[str]:
        """Who may see the record, in words, with the last day where there is one."""
        kind, revision = self._changes.open(caller, record)
        rule = read_rule(kind, revision)
        describe = caller.organisation.describe
        lasting = sorted(describe(token) for token in rule.tokens - deputies_of(revision))
        dated = sorted(f"{describe(token)}（至{day:%Y-%m-%d}）" for token, day in rule.dated_tokens)
        return [*lasting, *_deputies(caller, revision), *dated]


def _deputies(caller: Caller, revision: Revision) -> list[str]:
    """Who acts today for somebody who holds a task of the record: 乙（代甲）."""
    organisation, tokens = caller.organisation, deputies_of(revision)
    found = {
        f"{organisation.name_of(each.to)}（代{organisation.name_of(of)}）"
        for each in organisation.delegations
        for token, of in organisation.deputises(each.to, caller.today).items()
        if token in tokens
    }
    return sorted(found)


def _is_published(kind: Kind, revision: Revision) -> bool:
    state = kind.state(revision.state)
    return state is not None and state.read is ReadBy.AUDIENCE and bool(audience_of(kind, revision))


def _may_read_past(kind: Kind, revision: Revision, newest: Revision, caller: Caller) -> bool:
    if kind.has_flow and _took_part(kind, newest, caller):
        return revision.level <= caller.reader.clearance
    return may_read(kind, revision, caller.access)


def _took_part(kind: Kind, revision: Revision, caller: Caller) -> bool:
    return not kind.has_flow or bool(caller.reader.tokens & revision.participants)
