"""What looks the same as a record: the same file, number, text, or nearly the same text (SS-08).

The search is asked what else has a file of the same content, has its number or holds a stretch of
its text; what it finds is then compared, the oldest first, as far as the caller may read it now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from records.identity import RecordId
from records.lists.search_facts import content_fact, contents_of
from records.meaning import number_of
from records.ports.search_index import SearchIndex
from records.queries.numbering import number_key
from records.queries.query import DocumentNumber, Holds, Or, Query, Words
from records.queries.search import SearchRequest, SortOrder
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import searched_pages
from services.after_commit.texts import Texts
from services.people.caller import Caller
from services.searching.admission import Admission

_FOUND = 500
"""Of the records that one search finds, the first made are compared."""

_COMPARED = 60
_BATCH = 20
MOST = 20
"""Of what looks like one record, the oldest."""

_CHARACTERS = 6_000
"""Of a text that are compared."""
_STRETCH = 24
_LEAST_TEXT = 40
"""Shorter texts are alike by chance."""
_SHINGLE = 6
ALIKE = 0.6
"""Share of pieces of six characters that two texts have in common, of those that either has.

Measured in docs/search-quality.md: below it papers of one pattern look the same.
"""


class Likeness(StrEnum):
    """Why two records look the same, in words."""

    CONTENT = "文件内容相同"
    NUMBER = "文号相同"
    SAME_TEXT = "正文相同"
    TEXT = "正文相近"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A record that looks the same, and why."""

    revision: Revision
    why: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """The oldest of them; `is_cut` where there may be more."""

    found: tuple[LookAlike, ...] = ()
    is_cut: bool = False


class LookAlikeFinder:
    """Asks the index, and compares texts."""

    def __init__(
        self, *, index: SearchIndex, admission: Admission, texts: Texts, kinds: Kinds
    ) -> None:
        self._index = index
        self._admission = admission
        self._texts = texts
        self._kinds = kinds

    def of(self, caller: Caller, revision: Revision) -> LookAlikes:
        """All that look like it. Raises Unavailable."""
        return self._among(caller, revision, earlier=False)

    def earlier(self, caller: Caller, revision: Revision) -> LookAlikes:
        """Those that were made before it. Raises Unavailable."""
        return self._among(caller, revision, earlier=True)

    def _among(self, caller: Caller, revision: Revision, *, earlier: bool) -> LookAlikes:
        text = self._text(revision)
        tree = self._asked(revision, text)
        if tree is None:
            return LookAlikes()
        request = SearchRequest(tree, sort=SortOrder.DATE, limit=_FOUND)
        result = self._index.search(request, caller.access)
        own = revision.record
        places = sorted(
            (hit.record, hit.revision)
            for hit in result.hits
            if hit.record < own or (not earlier and hit.record != own)
        )
        alike = self._alike(caller, revision, text, places[:_COMPARED])
        found = tuple(islice(alike, MOST))
        more = next(alike, None) is not None
        cut = more or len(places) > _COMPARED or result.total > len(result.hits)
        return LookAlikes(found, is_cut=cut)

    def _alike(
        self, caller: Caller, revision: Revision, text: str, places: Sequence[tuple[RecordId, int]]
    ) -> Iterator[LookAlike]:
        """Those of these records that look the same, as far as the caller may read them now."""
        said = "".join(self._said(revision)) if places else ""
        for at in range(0, len(places), _BATCH):
            admitted = self._admission.admitted(caller, places[at : at + _BATCH])
            others = [each for each in admitted if each is not None]
            self._texts.fetch(others)
            for other in others:
                why = self._why(revision, text, said, other)
                if why:
                    yield LookAlike(other, why)

    def _asked(self, revision: Revision, text: str) -> Query | None:
        """What a record that looks the same has: a content, the number, or one of three pieces."""
        contents = sorted(map(content_fact, contents_of(revision)))
        key = number_key(number_of(self._kinds.of(revision), revision))
        parts: list[Query] = [Holds(tuple(contents))] if contents else []
        parts += [DocumentNumber(key)] if key is not None else []
        if len(text) >= _LEAST_TEXT:
            places = {0, len(text) // 2 - _STRETCH // 2, len(text) - _STRETCH}
            parts += [Words(text[place : place + _STRETCH]) for place in sorted(places)]
        return Or(tuple(parts)) if parts else None

    def _why(self, one: Revision, text: str, said: str, other: Revision) -> tuple[Likeness, ...]:
        found = []
        if contents_of(one) & contents_of(other):
            found.append(Likeness.CONTENT)
        numbers = [number_key(number_of(self._kinds.of(each), each)) for each in (one, other)]
        if numbers[0] is not None and numbers[0] == numbers[1]:
            found.append(Likeness.NUMBER)
        if not found and self._is_same_text(said, other):
            found.append(Likeness.SAME_TEXT)
        elif not found and shared(text, self._text(other)) >= ALIKE:
            found.append(Likeness.TEXT)
        return tuple(found)

    def _is_same_text(self, said: str, other: Revision) -> bool:
        """Whether the files of another say the same, read up to the first page that does not."""
        length = 0
        for page in self._said(other):
            if not said.startswith(page, length):
                return False
            length += len(page)
        return length == len(said) >= _LEAST_TEXT

    def _said(self, revision: Revision) -> Iterator[str]:
        """What its files say, page by page, without blanks."""
        texts = self._texts.of(revision)
        read = (texts[file.sha256] for file in revision.files if file.sha256 in texts)
        pages = (page for text in read for part in text.parts for page in part.pages)
        return ("".join(page.text.split()) for page in pages if not page.deleted)

    def _text(self, revision: Revision) -> str:
        """What is compared: the beginning of its texts, without blanks."""
        pages = searched_pages(self._kinds.of(revision), revision, self._texts.of(revision))
        text, left = "", _CHARACTERS
        for page in pages:
            text += "".join(page.text[: left * 2].split())
            left = _CHARACTERS - len(text)
            if left <= 0:
                break
        return text[:_CHARACTERS]


def shared(one: str, other: str) -> float:
    """The share of pieces that two texts have in common, from 0 to 1."""
    if min(len(one), len(other)) < _LEAST_TEXT:
        return 0.0
    left, right = pieces(one), pieces(other)
    return len(left & right) / len(left | right)


def pieces(text: str) -> frozenset[str]:
    """All pieces of six characters."""
    return frozenset(text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1))
