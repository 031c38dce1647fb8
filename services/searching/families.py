"""Hits of one matter folded into one: the same paper under several names, 转发, 批复, 答复 (SS-08).

Only among the hits of one page, each of which its reader may read; nothing is said of others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from records.identity import RecordId, Sha256
from records.meaning import number_of, title_of
from records.queries.citation_corrections import as_corrected
from records.queries.citing import Citation, citations_in, title_key
from records.queries.numbering import number_key
from records.queries.relations import Relation
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import searched_pages
from services.after_commit.texts import Texts

CHARACTERS = 2_000
"""Of one record that are looked through: a paper says in its first lines what it answers."""

_REMEMBERED = 5_000
"""Hits that are looked at once, until so many are known; a kilobyte each at most."""

_Key = tuple[RecordId, int, int]
_LEAST_TITLE = 8
_LEAST_MATTER = 5
_FORMS = re.compile(
    r"^关于(?:同意|请求|申请|商请|恳请|报送|给予|批准)?(?P<matter>.+?)的(?P<form>请示|批复|复函|答复|函)$"
)
_SIGNS = re.compile("转发|批转|印转|悉")
"""Without one of them no text forwards or answers another one (records.queries.relations)."""

_AROUND = 200
"""Characters on both sides of such a sign in which the citation stands."""

_ASKED = frozenset({"请示", "函"})


class Tie(StrEnum):
    """Why a hit stands below another one."""

    SAME = "same"
    """The same content, perhaps under another name."""
    FORWARDS = "forwards"
    ANSWERS = "answers"
    ASKED = "asked"
    """It is what the other one forwards or answers."""


@dataclass(frozen=True, slots=True)
class Place:
    """Below which record a hit stands, and why."""

    head: RecordId
    tie: Tie


@dataclass(frozen=True, slots=True)
class _Hit:
    record: RecordId
    title: str
    number: str | None
    form: re.Match[str] | None
    """What its title asks or answers."""
    content: Sha256 | None
    citations: tuple[Citation, ...]


class FamilyFinder:
    """Tells which hits of a page belong to one matter."""

    def __init__(self, texts: Texts, kinds: Kinds) -> None:
        self._texts = texts
        self._kinds = kinds
        self._known: dict[_Key, _Hit] = {}

    def of(self, revisions: Sequence[Revision]) -> Mapping[RecordId, Place]:
        """The hits that stand below an earlier one; texts of all are at hand (`Texts.fetch`)."""
        places: dict[RecordId, Place] = {}
        before: list[_Hit] = []
        for revision in revisions:
            hit = self._hit(revision)
            found = next(
                ((head, tie) for head in before if (tie := _tie(hit, head)) is not None), None
            )
            if found is not None:
                head, tie = found
                above = places.get(head.record)
                places[revision.record] = Place(above.head if above else head.record, tie)
            before.append(hit)
        return places

    def _hit(self, revision: Revision) -> _Hit:
        """What is looked at of a hit; a revision whose texts are the same stays what it is."""
        key = (revision.record, revision.number, len(self._texts.of(revision)))
        known = self._known.get(key)
        if known is None:
            known = self._looked_at(revision)
            if len(self._known) >= _REMEMBERED:
                self._known = {}  # a new one: other threads go on reading the old one
            self._known[key] = known
        return known

    def _looked_at(self, revision: Revision) -> _Hit:
        kind = self._kinds.of(revision)
        title = title_key(title_of(kind, revision))
        return _Hit(
            revision.record,
            title,
            number_key(number_of(kind, revision)),
            _FORMS.match(title),
            self._content(revision),
            tuple(self._citations(revision)),
        )

    def _content(self, revision: Revision) -> Sha256 | None:
        """The digest of the document itself: of 正文, or of the only file."""
        part = self._kinds.of(revision).meaning.document
        files = [file for file in revision.files if part is None or file.part == part]
        return files[0].sha256 if len(files) == 1 else None

    def _citations(self, revision: Revision) -> Iterator[Citation]:
        """What it forwards or answers; where somebody corrected one, no sign need stand beside."""
        said = revision.corrections
        texts = self._beginning(revision)
        read = chain.from_iterable(map(citations_in if said else _near_signs, texts))
        for citation in as_corrected(read, said):
            if citation.relation in (Relation.FORWARDS, Relation.ANSWERS):
                yield citation

    def _beginning(self, revision: Revision) -> Iterator[str]:
        kind, left = self._kinds.of(revision), CHARACTERS
        for page in searched_pages(kind, revision, self._texts.of(revision)):
            if left <= 0:
                return
            yield page.text[:left]
            left -= len(page.text)


def _near_signs(text: str) -> Iterator[Citation]:
    begins = 0
    for found in _SIGNS.finditer(text):
        if found.start() >= begins:
            begins = found.end() + _AROUND
            yield from citations_in(text[max(0, found.start() - _AROUND) : begins])


def _tie(hit: _Hit, head: _Hit) -> Tie | None:
    """How a hit is tied to an earlier one."""
    if hit.content is not None and hit.content == head.content:
        return Tie.SAME
    if cited := _cites(hit, head) or _answers(hit, head):
        return cited
    if _cites(head, hit) or _answers(head, hit):
        return Tie.ASKED
    return None


def _cites(one: _Hit, other: _Hit) -> Tie | None:
    for citation in one.citations:
        if _is_meant(citation, other):
            return Tie.FORWARDS if citation.relation is Relation.FORWARDS else Tie.ANSWERS
    if one.title.startswith(("转发", "批转", "印转")) and len(other.title) >= _LEAST_TITLE:
        return Tie.FORWARDS if other.title in one.title and one.title != other.title else None
    return None


def _is_meant(citation: Citation, other: _Hit) -> bool:
    if citation.means:
        return citation.means == other.record
    if citation.keys:
        return other.number is not None and other.number in citation.keys
    return title_key(citation.title) == other.title != ""


def _answers(one: _Hit, other: _Hit) -> Tie | None:
    """关于同意…的批复 answers 关于…的请示, where both are about the same."""
    answer, asked = one.form, other.form
    if answer is None or asked is None or len(answer["matter"]) < _LEAST_MATTER:
        return None
    fits = asked["form"] in _ASKED and answer["form"] not in _ASKED
    return Tie.ANSWERS if fits and answer["matter"] == asked["matter"] else None
