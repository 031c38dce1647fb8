"""Hits of one matter folded into one: the same paper under several names, 转发, 批复, 答复 (SS-08).

Only among hits that their reader may read (services.searching.folding: up to 1,000 of a search);
nothing is said of others.
"""

import re
from collections.abc import Callable, Iterable, Iterator
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
_Mark = tuple[str, str]
"""What ties two hits: of which sort it is, and the content, number, title or matter itself."""

_FORWARDING = ("转发", "批转", "印转")
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


class FamilyWalk:
    """Tells of hits, as they come, which stand below an earlier one."""

    def __init__(self, hit: Callable[[Revision], _Hit]) -> None:
        self._hit = hit
        self._before = _Before()
        self.places: dict[RecordId, Place] = {}

    def go_on(self, revisions: Iterable[Revision]) -> None:
        """The next ones; their texts are at hand (`Texts.fetch`)."""
        for revision in revisions:
            hit = self._hit(revision)
            if (found := self._before.tied(hit)) is not None:
                head, tie = found
                above = self.places.get(head)
                self.places[revision.record] = Place(above.head if above else head, tie)
            self._before.add(hit)


class FamilyFinder:
    """Tells which hits belong to one matter."""

    def __init__(self, texts: Texts, kinds: Kinds) -> None:
        self._texts = texts
        self._kinds = kinds
        self._known: dict[_Key, _Hit] = {}

    def walk(self) -> FamilyWalk:
        """A walk along hits from the first one on."""
        return FamilyWalk(self.hit)

    def hit(self, revision: Revision) -> _Hit:
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


class _Before:
    """Hits that stand before another one, by all that may tie it to them.

    Of each tie the first hit is kept, so that a thousand hits are a thousand looks.
    """

    def __init__(self) -> None:
        self._records: list[RecordId] = []
        self._first: dict[_Mark, int] = {}
        self._titles: dict[str, int] = {}
        """Long enough to be told in a title of what forwards them."""
        self._forwarding: dict[str, int] = {}

    def tied(self, hit: _Hit) -> tuple[RecordId, Tie] | None:
        """The first of them that it is tied to, and how."""
        found = [
            (at, rank, tie)
            for rank, (mark, tie) in enumerate(_wanted(hit))
            if (at := self._first.get(mark)) is not None
        ]
        forwards, last = hit.title.startswith(_FORWARDING), len(found)
        found += [
            (at, last, Tie.FORWARDS)
            for title, at in (self._titles.items() if forwards else ())
            if title in hit.title and title != hit.title
        ]
        found += [
            (at, last, Tie.ASKED)
            for title, at in self._forwarding.items()
            if len(hit.title) >= _LEAST_TITLE and hit.title in title and title != hit.title
        ]
        if not found:
            return None
        at, _, tie = min(found)
        return self._records[at], tie

    def add(self, hit: _Hit) -> None:
        """One more, behind all of them."""
        at = len(self._records)
        self._records.append(hit.record)
        for mark in _borne(hit):
            self._first.setdefault(mark, at)
        if len(hit.title) >= _LEAST_TITLE:
            self._titles.setdefault(hit.title, at)
        if hit.title.startswith(_FORWARDING):
            self._forwarding.setdefault(hit.title, at)


def _borne(hit: _Hit) -> Iterator[_Mark]:
    """What another hit may want of this one."""
    if hit.content is not None:
        yield "content", hit.content
    yield "record", hit.record
    yield from (("number", hit.number),) if hit.number is not None else ()
    yield from (("title", hit.title),) if hit.title else ()
    yield from (("cites", name) for each in hit.citations for _, name in _meant(each))
    if (form := hit.form) is not None:
        yield ("asks" if form["form"] in _ASKED else "answers"), form["matter"]


def _wanted(hit: _Hit) -> Iterator[tuple[_Mark, Tie]]:
    """What ties this hit to one that bears it, the closest tie first."""
    if hit.content is not None:
        yield ("content", hit.content), Tie.SAME
    for citation in hit.citations:
        tie = Tie.FORWARDS if citation.relation is Relation.FORWARDS else Tie.ANSWERS
        yield from ((mark, tie) for mark in _meant(citation))
    form = hit.form if hit.form and len(hit.form["matter"]) >= _LEAST_MATTER else None
    if form is not None and form["form"] not in _ASKED:
        yield ("asks", form["matter"]), Tie.ANSWERS
    names = (hit.record, hit.number, hit.title)
    yield from ((("cites", name), Tie.ASKED) for name in names if name)
    if form is not None and form["form"] in _ASKED:
        yield ("answers", form["matter"]), Tie.ASKED


def _meant(citation: Citation) -> tuple[_Mark, ...]:
    """What is borne by the record that a citation means."""
    if citation.means:
        return (("record", citation.means),)
    if citation.keys:
        return tuple(("number", key) for key in citation.keys)
    return (("title", title_key(citation.title)),)
