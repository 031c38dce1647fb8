"""Two revisions of a record beside each other: fields, files, and text paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from records.errors import Invalid
from records.identity import RecordId
from records.queries.snippet import Piece
from records.revision import FieldValue, FileVersion, Revision
from records.schema.kind import Kind
from services.after_commit.documents import file_pages
from services.after_commit.texts import Texts
from services.finding.alignment import Effort, aligned
from services.finding.browse import OpenRecord, RecordOpener
from services.people.caller import Caller

PARAGRAPHS = 3_000
"""Of one file that are compared."""

CHARACTERS = 1_000
"""Of a paragraph that are compared one by one; a longer one is changed as a whole."""

TOGETHER = 2_000_000
"""Characters of all files of an answer, both sides counted; what is beyond is cut."""

STEPS = 6_000_000
"""Of an answer, 1.5 s of a core; of one file half of what is left. Where they do not last
a stretch of paragraphs stands against the other as a whole, and a paragraph is marked whole."""

AROUND = 1
"""Paragraphs without a change that are shown on each side of one."""

_EMPTY = (None, "", (), False)

Pieces = tuple[Piece, ...]
"""A paragraph; what the other one has not is marked."""


class FileChange(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value is another one."""

    name: str
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph on both sides; None where one side has none. `skipped` stand before it."""

    before: Pieces | None
    after: Pieces | None
    skipped: int = 0
    """Paragraphs without a change that are left out."""

    @property
    def is_same(self) -> bool:
        """Whether it stands on both sides as it is."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """A file that is not the same on both sides."""

    part: str
    name: str
    change: FileChange
    paragraphs: tuple[ParagraphChange, ...] = ()
    cut: bool = False
    """Whether it is longer than what was compared."""
    is_read: bool = True
    """Whether the text of both sides is known."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All that is not the same."""

    kind: Kind
    """Of the one after; `kind_before` is another one where two records are compared."""
    kind_before: Kind
    before: Revision
    after: Revision
    fields: tuple[FieldChange, ...]
    files: tuple[ComparedFile, ...]


class RevisionComparer:
    """Compares what the caller may read."""

    def __init__(self, browsing: RecordOpener, texts: Texts) -> None:
        self._browsing = browsing
        self._texts = texts

    def of(self, caller: Caller, record: RecordId, older: int, newer: int) -> Compared:
        """Raises NotFound where one is not open to the caller, Invalid (``same_revisions``)."""
        if older == newer:
            raise Invalid("same_revisions", field="to")
        before = self._browsing.open(caller, record, number=min(older, newer))
        after = self._browsing.open(caller, record, number=max(older, newer))
        return Compared(
            kind=after.kind,
            kind_before=before.kind,
            before=before.revision,
            after=after.revision,
            fields=tuple(_fields(after, before.revision)),
            files=tuple(self._files(before.revision, after.revision, _Room())),
        )

    def between(self, caller: Caller, record: RecordId, other: RecordId) -> Compared:
        """Two records as they stand: their documents, files of one name, and fields of one kind.

        Raises NotFound where one is not open to the caller, Invalid (``same_revisions``).
        """
        if record == other:
            raise Invalid("same_revisions", field="to")
        before, after = (self._browsing.open(caller, each) for each in (record, other))
        fields = _fields(after, before.revision) if before.kind.kind == after.kind.kind else ()
        room = _Room()
        pairs = _pairs(before, after)
        return Compared(
            kind=after.kind,
            kind_before=before.kind,
            before=before.revision,
            after=after.revision,
            fields=tuple(fields),
            files=tuple(
                self._file((before.revision, after.revision), was, now, room)
                for was, now in pairs
                if was is None or now is None or was.sha256 != now.sha256
            ),
        )

    def _files(self, before: Revision, after: Revision, room: "_Room") -> Iterator[ComparedFile]:
        old = {(file.part, file.name): file for file in before.files}
        new = {(file.part, file.name): file for file in after.files}
        for key in dict.fromkeys((*new, *old)):
            was, now = old.get(key), new.get(key)
            if was is None or now is None or was.sha256 != now.sha256:
                yield self._file((before, after), was, now, room)

    def _file(
        self,
        sides: tuple[Revision, Revision],
        was: FileVersion | None,
        now: FileVersion | None,
        room: "_Room",
    ) -> ComparedFile:
        one = now or was
        assert one is not None  # noqa: S101 - of one of the two
        change = FileChange.CHANGED
        if was is None or now is None:
            change = FileChange.ADDED if was is None else FileChange.REMOVED
        if room.characters <= 0:
            return ComparedFile(one.part, one.name, change, cut=True)
        texts = [self._paragraphs(side, file) for side, file in zip(sides, (was, now), strict=True)]
        if any(text is None for text in texts):
            return ComparedFile(one.part, one.name, change, is_read=False)
        old, new = (text or [] for text in texts)
        half = room.characters // 2
        was_shown, now_shown = room.fitting(old, half), room.fitting(new, half)
        cut = len(was_shown) < len(old) or len(now_shown) < len(new)
        effort = room.effort_of_a_file()
        changes = tuple(shortened(paragraphs(was_shown, now_shown, effort)))
        room.steps += effort.steps
        return ComparedFile(one.part, one.name, change, changes, cut)

    def _paragraphs(self, revision: Revision, file: FileVersion | None) -> list[str] | None:
        """None where the text has not been read."""
        if file is None:
            return []
        text = self._texts.kept(revision.record, file.sha256)
        if text is None:
            return None
        pages = (page.text for page in file_pages(file, text))
        return [line for page in pages for each in page.splitlines() if (line := each.strip())]


@dataclass(slots=True)
class _Room:
    """What an answer may still hold and cost."""

    characters: int = TOGETHER
    steps: int = STEPS

    def fitting(self, lines: Sequence[str], characters: int) -> Sequence[str]:
        """The first paragraphs of so many characters, which are counted."""
        left, fit = characters, 0
        while fit < min(len(lines), PARAGRAPHS) and len(lines[fit]) <= left:
            left -= len(lines[fit])
            fit += 1
        self.characters -= characters - left
        return lines[:fit]

    def effort_of_a_file(self) -> Effort:
        """What one file may cost; what it leaves is given back."""
        effort = Effort(self.steps // 2)
        self.steps -= effort.steps
        return effort


def _pairs(
    before: OpenRecord, after: OpenRecord
) -> list[tuple[FileVersion | None, FileVersion | None]]:
    """Both documents, whatever they are called; of other files those of one name."""
    documents = document_of(before), document_of(after)
    old, new = (
        {file.name: file for file in opened.revision.files if file != document}
        for opened, document in zip((before, after), documents, strict=True)
    )
    others = [(old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old))]
    return [*([documents] if any(documents) else []), *others]


def document_of(opened: OpenRecord) -> FileVersion | None:
    """正文 of a record, or its first file where its kind names no part for that."""
    part = opened.kind.meaning.document
    files = opened.revision.files
    return next((file for file in files if part is None or file.part == part), None)


def _fields(after: OpenRecord, before: Revision) -> Iterator[FieldChange]:
    now = after.revision.fields
    for name in after.kind.fields:
        was, is_now = before.fields.get(name), now.get(name)
        if was != is_now and not (was in _EMPTY and is_now in _EMPTY):
            yield FieldChange(name, was, is_now)


def paragraphs(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[ParagraphChange]:
    """All paragraphs in order, those that were changed beside each other."""
    for stretch in aligned(old, new, effort):
        removed, added = old[stretch.old], new[stretch.new]
        if stretch.is_same:
            yield from (ParagraphChange(_whole(each), _whole(each)) for each in removed)
            continue
        both = min(len(removed), len(added))
        for was, now in zip(removed[:both], added[:both], strict=True):
            yield ParagraphChange(*_marked(was, now, effort))
        for was in removed[both:]:
            yield ParagraphChange((Piece(was, marked=True),), None)
        for now in added[both:]:
            yield ParagraphChange(None, (Piece(now, marked=True),))


def shortened(changes: Iterator[ParagraphChange]) -> Iterator[ParagraphChange]:
    """Changes with the paragraphs around them; of the others how many were left out."""
    waiting: list[ParagraphChange] = []
    after, begun = 0, False
    for each in changes:
        if each.is_same:
            if after:
                after -= 1
                yield each
            else:
                waiting.append(each)
            continue
        shown = waiting[-AROUND:]
        skipped = len(waiting) - len(shown)
        first, *others = [*shown, each]
        yield ParagraphChange(first.before, first.after, skipped)
        yield from others
        waiting, after, begun = [], AROUND, True
    if waiting and begun:
        yield ParagraphChange(None, None, len(waiting))


def _whole(text: str) -> Pieces:
    return (Piece(text, marked=False),)


def _marked(was: str, now: str, effort: Effort) -> tuple[Pieces, Pieces]:
    """Both texts, marked where they differ."""
    if max(len(was), len(now)) > CHARACTERS:
        return (Piece(was, marked=True),), (Piece(now, marked=True),)
    old, new = list[Piece](), list[Piece]()
    for stretch in aligned(was, now, effort):
        for side, text in ((old, was[stretch.old]), (new, now[stretch.new])):
            if text:
                side.append(Piece(text, marked=not stretch.is_same))
    return tuple(old), tuple(new)
