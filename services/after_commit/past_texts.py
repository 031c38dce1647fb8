"""What stood in earlier revisions of a record and does not stand in the newest (SS-07).

The index keeps it in two fields, by who may read it: what everybody may read who may read the
record, and what is for some of them alone. These are told by facts; a draft is found by nobody who
may read the notice alone.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from records.errors import Corrupt, Invalid, NotFound
from records.identity import Sha256, Token
from records.meaning import number_of, title_of
from records.ports.record_log import RecordLog
from records.queries.versions import past_reader
from records.revision import FileVersion, Revision
from records.rights.access import EVERYONE, ReadRule
from records.rights.reading import read_rule
from records.schema.kind import Kind, Kinds
from services.after_commit.documents import Past, searched_pages
from services.after_commit.left_behind import NewestTexts
from services.after_commit.texts import Texts

_LOG = logging.getLogger(__name__)

MOST = 200
"""Revisions that are looked at, the newest: a record of more is a table that somebody fills in."""

CHARACTERS = 2_000_000
"""Of earlier revisions together that are kept, the newest first."""

WITH_NEWEST = 7_000_000
"""Characters of a document with its newest texts, which come first: Elasticsearch takes about 7.5
million (``document_bytes``, 12 bytes each), and refuses the whole document where it is longer."""

_Known = tuple[str, Sha256]


@dataclass(slots=True)
class _Gathered:
    room: int
    """Characters that may still be kept."""
    open_files: set[_Known]
    closed_files: set[_Known]
    """Those whose text need not be looked at again, in an open revision or in another one."""
    open: dict[str, None] = field(default_factory=dict)
    closed: dict[str, None] = field(default_factory=dict)
    readers: frozenset[Token] | None = None

    def take(self, texts: Iterable[str], *, is_open: bool) -> bool:
        """Keep what is new, as far as there is room; whether anything was."""
        kept = self.open if is_open else self.closed
        new = [each for each in dict.fromkeys(texts) if each not in self.open and each not in kept]
        for each in new:
            kept[each[: self.room]] = None
            self.room -= len(each)
            if self.room <= 0:
                break
        return bool(new)


class PastTexts:
    """Reads the revisions of a record."""

    def __init__(
        self,
        log: RecordLog,
        texts: Texts,
        kinds: Kinds,
        *,
        characters: int = CHARACTERS,
        with_newest: int = WITH_NEWEST,
    ) -> None:
        self._log = log
        self._texts = texts
        self._kinds = kinds
        self._characters = characters
        self._with_newest = with_newest

    def of(self, kind: Kind, newest: Revision) -> Past:
        """What its last `MOST` revisions left behind, as far as there is room.

        A revision that is damaged is left out, with a word in the log: verify names it, and it
        keeps nobody from finding the newest one. Raises Unavailable.
        """
        if newest.number == 1 or newest.deleted:
            return Past()
        texts = tuple(self._sections(kind, newest, frozenset()))
        room = min(self._characters, self._with_newest - sum(map(len, texts)))
        found = _Gathered(room, set(map(_known, newest.files)), set(map(_known, newest.files)))
        newer = NewestTexts(texts)
        for number in range(newest.number - 1, max(0, newest.number - 1 - MOST), -1):
            if found.room <= 0:
                break
            try:
                self._add(found, kind, newest, newer, number)
            except (Corrupt, Invalid, NotFound) as error:
                _LOG.error("%s is not found by its revision %d: %s", newest.record, number, error)
        closed = tuple(each for each in found.closed if each not in found.open)
        facts = frozenset(map(past_reader, found.readers or ()))
        return Past(tuple(found.open), closed, facts)

    def _add(
        self, found: _Gathered, kind: Kind, newest: Revision, newer: NewestTexts, number: int
    ) -> None:
        revision = self._log.revision(newest.record, number)
        gone = self._kinds.find(revision.kind) is None
        if revision.deleted or gone or revision.level > newest.level:
            return
        past_kind = self._kinds.of(revision)
        rule = read_rule(past_kind, revision)
        is_open = is_as_open(kind, newest, rule)
        known = found.open_files if is_open else found.closed_files
        new = [
            part
            for section in self._sections(past_kind, revision, known)
            for part in newer.left_behind(section)
        ]
        files = tuple(map(_known, revision.files))
        found.closed_files.update(files)
        if is_open:
            found.open_files.update(files)
        if found.take(new, is_open=is_open) and not is_open:
            some = _readers(kind, newest, rule)
            found.readers = some if found.readers is None else found.readers & some

    def _sections(self, kind: Kind, revision: Revision, but: Collection[_Known]) -> Iterator[str]:
        """Its texts, without those of files that are known already."""
        yield title_of(kind, revision)
        yield number_of(kind, revision)
        new = tuple(file for file in revision.files if _known(file) not in but)
        some = revision.model_copy(update={"files": new})
        yield from (page.text for page in searched_pages(kind, some, self._texts.of(some)))


def _known(file: FileVersion) -> _Known:
    return file.name, file.sha256


def is_as_open(kind: Kind, newest: Revision, past: ReadRule) -> bool:
    """Whether everybody who may read the newest revision may read this one."""
    now = read_rule(kind, newest)
    if EVERYONE in past.tokens:
        return True
    tokens = now.tokens - (newest.participants if kind.has_flow else frozenset())
    dated = all(
        token in past.tokens or any(t == token and d >= last for t, d in past.dated_tokens)
        for token, last in now.dated_tokens
    )
    return tokens <= past.tokens and dated


def _readers(kind: Kind, newest: Revision, past: ReadRule) -> frozenset[Token]:
    """Tokens by which one may read both for ever: who took part in a flow sees all of its way."""
    both = read_rule(kind, newest).tokens & past.tokens
    return both | newest.participants if kind.has_flow else both
