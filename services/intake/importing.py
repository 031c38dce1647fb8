"""Imports folders: stage, claim, read, commit, account for, in batches.

A claim on (importer, kind, digest) names the record before it is made, so a file is taken once,
whatever is killed when; a claim without its record is taken up again by the next run.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from records.errors import Conflict, Invalid, NotFound
from records.identity import RecordId, Sha256
from records.ports.claims import Claims
from records.ports.identities import Identities
from records.ports.record_log import Commit, RecordLog
from records.ports.text_extractor import TextExtractor
from records.revision import Grant, Origin, Revision
from records.text import ExtractedText
from services.after_commit.texts import Texts
from services.flow.change import Attempt, NewFile
from services.intake.import_walk import Candidate
from services.intake.ingest import Draft, RecordIntake, content_claim
from services.intake.ledger import LedgerLine, Outcome, lines_of
from services.intake.staging import StagedFile, Staging
from services.people.caller import Caller

BATCH_FILES = 64
BATCH_BYTES = 64 << 20
"""A batch ends at so many files or bytes: it shares the flushes of its commit."""

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """On whose behalf, as which kind, and for whom."""

    caller: Caller
    kind: str
    grants: tuple[Grant, ...]
    begun_at: datetime | None = None
    """When the interrupted run began that this one goes on with; None for a new one.

    Its own records, which are no older, are not duplicates of themselves.
    """


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file on its way: staged and read, with the record it is to become."""

    candidate: Candidate
    staged: StagedFile
    record: RecordId
    text: Future[ExtractedText]


class FolderImporter:
    """Imports files."""

    def __init__(
        self,
        *,
        log: RecordLog,
        claims: Claims,
        ingest: RecordIntake,
        identities: Identities,
        staging: Staging,
        extractor: TextExtractor,
        texts: Texts,
        workers: int,
    ) -> None:
        self._log = log
        self._claims = claims
        self._ingest = ingest
        self._identities = identities
        self._staging = staging
        self._extractor = extractor
        self._texts = texts
        self._readers = ThreadPoolExecutor(workers, thread_name_prefix="read")
        self._stager = ThreadPoolExecutor(1, thread_name_prefix="stage")

    def run(
        self, candidates: Iterable[Candidate], options: ImportOptions
    ) -> Iterator[list[LedgerLine]]:
        """Lines of the ledger, batch by batch; a batch is durable when its lines come out.

        Raises Unavailable when the store is full or not writable: lines given so far hold, the
        rest can be imported by running again.
        """
        batches = _batches(candidates)
        ahead = self._stage_next(batches, options)
        while ahead is not None:
            taken, lines = ahead.result()
            ahead = self._stage_next(batches, options)
            yield [*lines, *self._commit(taken, options)]

    def close(self) -> None:
        """Give the threads back."""
        self._stager.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=False, cancel_futures=True)

    def _stage_next(
        self, batches: Iterator[list[Candidate]], options: ImportOptions
    ) -> Future[tuple[list[_Taken], list[LedgerLine]]] | None:
        batch = next(batches, None)
        return self._stager.submit(self._stage, batch, options) if batch is not None else None

    def _stage(
        self, batch: Sequence[Candidate], options: ImportOptions
    ) -> tuple[list[_Taken], list[LedgerLine]]:
        """Copy the files in, find duplicates, begin to read the rest."""
        lines: list[LedgerLine] = []
        staged: list[tuple[Candidate, StagedFile]] = []
        for candidate in batch:
            reason, file = self._receive(candidate)
            if file is None:
                lines.append(skipped(candidate, reason or "unreadable"))
            else:
                staged.append((candidate, file))
        taken: list[_Taken] = []
        records = self._claim([file.sha256 for _, file in staged], options)
        for (candidate, file), (record, is_new) in zip(staged, records, strict=True):
            if is_new:
                text = self._readers.submit(self._extractor.extract, file.path, name=candidate.name)
                taken.append(_Taken(candidate, file, record, text))
            else:
                self._staging.discard([file])
                lines.extend(self._known(candidate, record, file, options))
        return taken, lines

    def _known(
        self, candidate: Candidate, record: RecordId, file: StagedFile, options: ImportOptions
    ) -> Iterator[LedgerLine]:
        """The lines of bytes that are there already: a duplicate, or this run's own work."""
        if options.begun_at is not None:
            standing = self._log.revision(record, 1)
            text = self._texts.kept(record, file.sha256)
            same = standing.origin is not None and standing.origin.path == candidate.text
            own = same and standing.event.at >= options.begun_at
            if own and text is not None:
                yield from lines_of(candidate.text, record, text)
                return
        yield duplicate(candidate, record, file)

    def _receive(self, candidate: Candidate) -> tuple[str | None, StagedFile | None]:
        if candidate.skip is not None:
            return candidate.skip, None
        try:
            return None, self._staging.receive(_pieces(candidate.path), name=candidate.name)
        except Invalid as error:
            return error.reason, None
        except _SourceError:
            return "unreadable", None

    def _claim(
        self, digests: Sequence[Sha256], options: ImportOptions
    ) -> list[tuple[RecordId, bool]]:
        """The record of each file, and whether it is still to be made."""
        owner = options.caller.person.login
        names = [content_claim(owner, options.kind, sha256) for sha256 in digests]
        fresh = [self._identities.record_id() for _ in digests]
        answers = self._claims.take_all(
            [(name, record.encode()) for name, record in zip(names, fresh, strict=True)]
        )
        mine = set(fresh)
        return [
            (record, True) if answer is None else self._standing(name, answer, mine, record)
            for name, answer, record in zip(names, answers, fresh, strict=True)
        ]

    def _standing(
        self, name: str, answer: bytes, mine: set[RecordId], fresh: RecordId
    ) -> tuple[RecordId, bool]:
        """What a name that was taken leads to: a record, one never made, or a deleted one."""
        record = RecordId(answer.decode())
        if record in mine:
            return record, False
        try:
            if not self._log.latest(record).deleted:
                return record, False
        except NotFound:
            return record, True
        self._claims.free(name)
        self._claims.take(name, fresh.encode())
        return fresh, True

    def _commit(self, taken: Sequence[_Taken], options: ImportOptions) -> list[LedgerLine]:
        texts = [file.text.result() for file in taken]
        commits = [
            Commit(
                self._revision(file, options),
                files={file.staged.sha256: file.staged.path},
                texts={file.staged.sha256: text},
            )
            for file, text in zip(taken, texts, strict=True)
        ]
        outcomes = self._log.commit_all(commits) if commits else []
        self._staging.discard(file.staged for file in taken)
        lines: list[LedgerLine] = []
        for file, text, outcome in zip(taken, texts, outcomes, strict=True):
            if isinstance(outcome, Conflict):
                lines.append(duplicate(file.candidate, file.record, file.staged))
            else:
                self._texts.prime(file.record, file.staged.sha256, text)
                lines.extend(lines_of(file.candidate.text, file.record, text))
        return lines

    def _revision(self, file: _Taken, options: ImportOptions) -> Revision:
        draft = Draft(
            kind=options.kind,
            grants=options.grants,
            files=[NewFile(file.candidate.name, file.staged)],
            origin=Origin(path=file.candidate.text, imported_by=options.caller.person.login),
        )
        return self._ingest.prepare(options.caller, draft, file.record, Attempt("import"))


class _SourceError(Exception):
    """The file to be imported could not be read."""


def skipped(candidate: Candidate, reason: str) -> LedgerLine:
    """The line of a file that was not taken."""
    return LedgerLine(
        path=candidate.text,
        container=None,
        outcome=Outcome.SKIPPED,
        reason=reason,
        record=None,
        sha256=None,
        size=candidate.size,
    )


def duplicate(candidate: Candidate, record: RecordId, file: StagedFile) -> LedgerLine:
    """The line of a file whose bytes are there already."""
    return LedgerLine(
        path=candidate.text,
        container=None,
        outcome=Outcome.DUPLICATE,
        reason="same_content",
        record=record,
        sha256=file.sha256,
        size=file.size_bytes,
    )


def _batches(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    batch: list[Candidate] = []
    size = 0
    for candidate in candidates:
        if batch and (len(batch) >= BATCH_FILES or size + candidate.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(candidate)
        size += candidate.size
    if batch:
        yield batch


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece
    except OSError as error:
        raise _SourceError from error
