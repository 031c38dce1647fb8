"""Rows of 疑似重复: records of the same content, number or nearly the same text (SS-08).

For each record, the last changed first, the search is asked what else has a file of the same
content, has its number or holds a stretch of its text; what it finds is then compared, the oldest
first. So a page takes a bounded time, nothing is kept between pages, and both of a pair are records
that the asker may read at that moment. Of a pair the later one stands in front; where there were
more of them than were compared a row says so.
"""

import logging
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice

from records.errors import Invalid, Refused
from records.identity import RecordId
from records.lists.search_facts import content_fact, contents_of
from records.meaning import number_of, title_of
from records.people.roles import Power
from records.ports.search_index import SearchIndex
from records.queries.numbering import number_key
from records.queries.query import DocumentNumber, Everything, Holds, Or, Query, Words
from records.queries.search import ListOrder, SearchRequest, SortOrder
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import searched_pages
from services.after_commit.texts import Texts
from services.exporting.exports import ExportAsked, ExportRows
from services.finding.listing import Listing, RecordLister
from services.people.caller import Caller
from services.searching.admission import Admission
from services.searching.facets import FacetWords

_LOG = logging.getLogger(__name__)

MOST = 100_000
"""Records that one order walks through, the last changed; a narrower order reaches the others."""

_AT_ONCE = 25
"""Of a page: each is one search of milliseconds, by the thread that keeps the index."""

_FOUND = 500
"""Of the records that one search finds; those made earlier than the one at hand are compared."""

_COMPARED = 60
_BATCH = 20
_PAIRS = 20
"""Rows of one record: of a large group each stands beside the oldest ones."""

_CHARACTERS = 6_000
"""Of a text that are compared."""
_STRETCH = 24
_LEAST_TEXT = 40
"""Shorter texts are alike by chance."""
_SHINGLE = 6
ALIKE = 0.6
"""Share of pieces of six characters that two texts have in common, of those that either has."""

HEADER = (
    *("序号", "依据", "标题", "文号", "类型", "单位"),
    *("疑似重复的文件", "其文号", "链接", "其链接"),
)


CUT = "未全部列出"
_CUT_TEXT = "与它相似的较早文件较多，只列出了其中最早的一部分"


class Likeness(StrEnum):
    """Why two records look the same, in words."""

    CONTENT = "文件内容相同"
    NUMBER = "文号相同"
    TEXT = "正文相近"


class DuplicateRows:
    """As `RowSource` says."""

    def __init__(
        self,
        lister: RecordLister,
        *,
        index: SearchIndex,
        admission: Admission,
        texts: Texts,
        kinds: Kinds,
    ) -> None:
        self._lister = lister
        self._index = index
        self._admission = admission
        self._texts = texts
        self._kinds = kinds
        self._words = FacetWords(kinds)

    def page(self, caller: Caller, asked: ExportAsked, before: ExportRows | None) -> ExportRows:
        """As the protocol says; `done` counts records looked at.

        Raises Refused (``administrators_only``), Invalid (``nothing_asked``).
        """
        if not caller.may(Power.WATCH):
            raise Refused("administrators_only")
        if asked.search is None:
            raise Invalid("nothing_asked")
        if before is None:
            _LOG.info("%s looks for duplicates, %s", asked.login, asked.search)
        narrowing = self._words.narrowing(caller, asked.search, withheld=frozenset())
        listing = Listing(Everything(), ListOrder.CHANGED, descending=True, narrowing=narrowing)
        after = before.after if before else None
        found = self._lister.page(caller, listing, size=_AT_ONCE, after=after)
        revisions = [row.revision for row in found.rows]
        self._texts.fetch(revisions)
        done = (before.done if before else 0) + len(revisions)
        rows = [
            ("", *row) for revision in revisions for row in self._of(caller, revision, asked.base)
        ]
        more = found.following is not None and done < MOST
        if found.following is not None and not more:
            rows.append((f"只比对了最近更新的 {MOST} 件，请缩小范围后再比对其余部分。",))
        return ExportRows(
            header=HEADER,
            rows=tuple(rows),
            after=found.following if more else None,
            done=done,
            total=max(min(found.total, MOST), done),
        )

    def _of(self, caller: Caller, revision: Revision, base: str) -> Iterator[tuple[str, ...]]:
        """A row for each earlier record that looks the same, the oldest first."""
        text = self._text(revision)
        tree = self._asked(revision, text)
        if tree is None:
            return
        request = SearchRequest(tree, sort=SortOrder.DATE, limit=_FOUND)
        result = self._index.search(request, caller.access)
        places = [(hit.record, hit.revision) for hit in result.hits]
        earlier = sorted(place for place in places if place[0] < revision.record)
        alike = self._alike(caller, revision, text, earlier[:_COMPARED])
        for other, why in islice(alike, _PAIRS):
            yield self._row(caller, revision, other, why, base)
        more = next(alike, None) is not None
        if more or len(earlier) > _COMPARED or result.total > len(places):
            yield self._cut(caller, revision, base)

    def _alike(
        self, caller: Caller, revision: Revision, text: str, places: Sequence[tuple[RecordId, int]]
    ) -> Iterator[tuple[Revision, tuple[Likeness, ...]]]:
        """Those of these records that look the same, as far as the caller may read them now."""
        for at in range(0, len(places), _BATCH):
            admitted = self._admission.admitted(caller, places[at : at + _BATCH])
            others = [each for each in admitted if each is not None]
            self._texts.fetch(others)
            for other in others:
                why = self._why(revision, text, other)
                if why:
                    yield other, why

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

    def _why(self, one: Revision, text: str, other: Revision) -> tuple[Likeness, ...]:
        found = []
        if contents_of(one) & contents_of(other):
            found.append(Likeness.CONTENT)
        numbers = [number_key(number_of(self._kinds.of(each), each)) for each in (one, other)]
        if numbers[0] is not None and numbers[0] == numbers[1]:
            found.append(Likeness.NUMBER)
        if not found and _shared(text, self._text(other)) >= ALIKE:
            found.append(Likeness.TEXT)
        return tuple(found)

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

    def _row(
        self,
        caller: Caller,
        one: Revision,
        other: Revision,
        why: Sequence[Likeness],
        base: str,
    ) -> tuple[str, ...]:
        kind = self._kinds.of(other)
        beside = (title_of(kind, other), number_of(kind, other))
        here, there = (f"{base}/records/{each.record}" for each in (one, other))
        return ("、".join(why), *self._named(caller, one), *beside, here, there)

    def _cut(self, caller: Caller, one: Revision, base: str) -> tuple[str, ...]:
        """In the place of those that are not listed."""
        here = f"{base}/records/{one.record}"
        return (CUT, *self._named(caller, one), _CUT_TEXT, "", here, "")

    def _named(self, caller: Caller, one: Revision) -> tuple[str, ...]:
        kind = self._kinds.of(one)
        unit = caller.organisation.full_name(one.unit)
        return (title_of(kind, one), number_of(kind, one), kind.title, unit)


def _shared(one: str, other: str) -> float:
    if min(len(one), len(other)) < _LEAST_TEXT:
        return 0.0
    left, right = (
        {text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)}
        for text in (one, other)
    )
    return len(left & right) / len(left | right)
