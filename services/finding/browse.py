"""Opens records: content, files, history, who may see it, tasks (GT-06, TZ-04, FW-19)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from records.errors import Corrupt, NotFound
from records.flow.declarations import ReadBy
from records.identity import RecordId, Token
from records.ports.file_shelf import FileShelf
from records.ports.record_log import RecordLog
from records.revision import FileVersion, Revision
from records.rights.access import person_token
from records.rights.masking import masked
from records.rights.reading import audience_of, deputies_of, holds, may_read, read_rule
from records.schema.kind import Kind, Kinds
from services.after_commit.deliveries import Deliveries, Receipt, reading_of
from services.finding.person_marks import PersonMarks
from services.flow.change import RevisionWriter
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record as its reader sees it."""

    kind: Kind
    revision: Revision
    may_edit: bool
    may_add: frozenset[str]
    """Parts to which the reader may add files, all where he may edit (PRM-02)."""
    took_part: bool
    """Opinions, tasks and reasons are for those who took part in a flow, not for its audience."""
    latest: Revision
    """The newest revision, by which everything is decided."""

    @property
    def newest(self) -> int:
        """Number of the newest revision."""
        return self.latest.number

    def file(self, name: str) -> FileVersion:
        """The file of that name. Raises NotFound (``unknown_file``)."""
        file = self.revision.file(name)
        if file is None:
            raise NotFound("unknown_file", record=self.revision.record, name=name)
        return file


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
        stands = revision.number == newest.number
        return OpenRecord(
            kind,
            _seen(kind, revision, newest, caller),
            may_edit=stands and caller.may_edit(kind, newest),
            may_add=caller.may_add(kind, newest) if stands else frozenset(),
            took_part=_took_part(kind, newest, caller),
            latest=newest,
        )

    def history(self, caller: Caller, opened: OpenRecord) -> list[Revision]:
        """All revisions that are open to the caller, newest first."""
        newest = opened.latest
        return [
            _seen(opened.kind, revision, newest, caller)
            for revision in self._log.history(newest.record, newest=newest.number)
            if _may_read_past(opened.kind, revision, newest, caller)
        ]

    def last(self, caller: Caller, opened: OpenRecord, *, most: int) -> list[Revision]:
        """The last revisions that are open to the caller, of `most` at most, newest first.

        Unlike `history` it passes over those that are damaged.
        """
        newest, found = opened.latest, list[Revision]()
        for number in range(newest.number, max(0, newest.number - most), -1):
            try:
                revision = self._log.revision(newest.record, number)
            except (Corrupt, NotFound) as error:
                _LOG.error("passed over: %s", error)
                continue
            if _may_read_past(opened.kind, revision, newest, caller):
                found.append(_seen(opened.kind, revision, newest, caller))
        return found

    def handwriting(self, caller: Caller, record: RecordId, sha256: str) -> bytes:
        """The picture (SVG) of an opinion, for who may read the opinion itself.

        Raises NotFound (``unknown_record``, ``unknown_file``).
        """
        opened = self.open(caller, record)
        drawn = (each.handwriting for each in opened.revision.opinions if opened.took_part)
        found = next((each for each in drawn if each and each.sha256 == sha256), None)
        if found is None:
            raise NotFound("unknown_file", record=record, name=sha256)
        pieces = self._shelf.stream(record, found.sha256, start=0, length=found.size_bytes)
        return b"".join(pieces)

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
        return self.open(caller, record, number=number).file(name)

    def noticed(self, caller: Caller, opened: OpenRecord) -> None:
        """The caller has opened a record that was published or sent to him (未读 → 已读)."""
        reading, login, at = reading_of(opened.latest), caller.person.login, caller.now.isoformat()
        if self.is_news(caller, opened):
            self._deliveries.give(reading, login, Receipt.READ, at)
        if _is_published(opened.kind, opened.latest) and not self._noticed.has(login, reading):
            self._noticed.put(login, reading, at)

    def is_news(self, caller: Caller, opened: OpenRecord) -> bool:
        """Whether that he opens it is to be noted: it waits for him, or was published."""
        kind, revision = opened.kind, opened.latest
        waits = any(holds(task, caller.reader, kind.kind) for task in revision.open_tasks)
        return waits or _is_published(kind, revision)

    def readers(self, caller: Caller, opened: OpenRecord) -> list[tuple[Token, str]]:
        """Who may see the record: tokens, and in words, with the last day where there is one.

        Who handles it is told to those who take part alone: others learn for whom it is open.
        """
        kind, revision = opened.kind, opened.latest
        rule, hidden = read_rule(kind, revision), deputies_of(revision)
        if not opened.took_part:
            hidden |= {person_token(revision.owner), *revision.participants}
        describe = caller.organisation.describe
        lasting = [(token, describe(token)) for token in rule.tokens - hidden]
        dated = [
            (token, f"{describe(token)}（至{day:%Y-%m-%d}）") for token, day in rule.dated_tokens
        ]
        deputies = _deputies(caller, revision) if opened.took_part else []

        def in_words(each: tuple[Token, str]) -> str:
            return each[1]

        return [*sorted(lasting, key=in_words), *deputies, *sorted(dated, key=in_words)]


def _deputies(caller: Caller, revision: Revision) -> list[tuple[Token, str]]:
    """Who acts today for somebody who holds a task of the record: 乙（代甲）."""
    organisation, tokens = caller.organisation, deputies_of(revision)
    found = {
        (
            person_token(each.to),
            f"{organisation.name_of(each.to)}（代{organisation.name_of(of)}）",
        )
        for each in organisation.delegations
        for token, of in organisation.deputises(each.to, caller.today).items()
        if token in tokens
    }
    return sorted(found)


def _is_published(kind: Kind, revision: Revision) -> bool:
    state = kind.state(revision.state)
    published = state is not None and state.read is ReadBy.AUDIENCE and kind.announces
    return published and bool(audience_of(kind, revision))


def _may_read_past(kind: Kind, revision: Revision, newest: Revision, caller: Caller) -> bool:
    if kind.has_flow and _took_part(kind, newest, caller):
        return revision.level <= caller.reader.clearance
    return may_read(kind, revision, caller.access)


def _seen(kind: Kind, revision: Revision, newest: Revision, caller: Caller) -> Revision:
    """A revision as the caller sees it: what is personal only for who has to do with it.

    These are its owner, those who took part in its flow or hold a task of it, and who may change
    it.
    """
    concerned = (
        newest.owner == caller.person.login
        or (kind.has_flow and _took_part(kind, newest, caller))
        or any(holds(task, caller.reader, kind.kind) for task in newest.open_tasks)
        or caller.may_edit(kind, newest)
    )
    return revision if concerned else masked(kind, revision)


def _took_part(kind: Kind, revision: Revision, caller: Caller) -> bool:
    return not kind.has_flow or bool(caller.reader.tokens & revision.participants)
