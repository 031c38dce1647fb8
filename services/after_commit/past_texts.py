"""What stood in earlier revisions of a record and does not stand in the newest (SS-07).

The index keeps it in two fields, by who may read it: what everybody may read who may read the
record, and what is for some of them alone. These are told by facts; a draft is found by nobody who
may read the notice alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from records.identity import Sha256, Token
from records.ports.record_log import RecordLog
from records.queries.versions import past_reader
from records.revision import Revision
from records.rights.access import EVERYONE, ReadRule
from records.rights.reading import read_rule
from records.schema.kind import Kind, Kinds
from services.after_commit.documents import Past, number_of, searched_pages, title_of
from services.after_commit.left_behind import NewestTexts
from services.after_commit.texts import Texts

MOST = 200
"""Revisions that are looked at, the newest: a record of more is a table that somebody fills in."""


@dataclass(slots=True)
class _Gathered:
    open: dict[str, None] = field(default_factory=dict)
    closed: dict[str, None] = field(default_factory=dict)
    readers: frozenset[Token] | None = None


class PastTexts:
    """Reads the revisions of a record."""

    def __init__(self, log: RecordLog, texts: Texts, kinds: Kinds) -> None:
        self._log = log
        self._texts = texts
        self._kinds = kinds

    def of(self, kind: Kind, newest: Revision) -> Past:
        """Raises Corrupt where an earlier revision is damaged."""
        if newest.number == 1 or newest.deleted:
            return Past()
        newer = NewestTexts(self._sections(kind, newest, frozenset()))
        files = frozenset(file.sha256 for file in newest.files)
        found = _Gathered()
        history = self._log.history(newest.record, newest=newest.number)
        for revision in history[1 : MOST + 1]:
            past_kind = self._kinds.find(revision.kind)
            if revision.deleted or past_kind is None or revision.level > newest.level:
                continue
            past_kind = self._kinds.of(revision)
            sections = self._sections(past_kind, revision, files)
            new = [part for section in sections for part in newer.left_behind(section)]
            if not new:
                continue
            if is_as_open(kind, newest, read_rule(past_kind, revision)):
                found.open.update(dict.fromkeys(new))
            else:
                found.closed.update(dict.fromkeys(new))
                some = _readers(kind, newest, read_rule(past_kind, revision))
                found.readers = some if found.readers is None else found.readers & some
        closed = tuple(each for each in found.closed if each not in found.open)
        facts = frozenset(map(past_reader, found.readers or ()))
        return Past(tuple(found.open), closed, facts)

    def _sections(self, kind: Kind, revision: Revision, but: frozenset[Sha256]) -> Iterator[str]:
        """Its texts, without those of files that are known already."""
        yield title_of(kind, revision)
        yield number_of(kind, revision)
        new = tuple(file for file in revision.files if file.sha256 not in but)
        some = revision.model_copy(update={"files": new})
        yield from (page.text for page in searched_pages(kind, some, self._texts.of(some)))


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
