"""Rows of 疑似重复: records of the same content, number or nearly the same text (SS-08).

For each record, the last changed first, the search is asked what else holds its number or a
stretch of its text; what it finds is then compared. So a page takes a bounded time, nothing is kept
between pages, and both of a pair are records that the asker may read at that moment. Of a pair the
later one stands in front.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from records.errors import Invalid, Refused
from records.people.roles import Power
from records.ports.search_index import SearchIndex
from records.queries.language import read_query
from records.queries.numbering import number_key
from records.queries.query import Everything, Or, Query, Words
from records.queries.search import Narrowing, SearchRequest, Slot, SortOrder
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import number_of, searched_pages, title_of
from services.after_commit.texts import Texts
from services.exporting.exports import ExportAsked, ExportRows
from services.finding.listing import Listing, RecordLister
from services.people.caller import Caller
from services.searching.admission import Admission
from services.searching.facets import FacetWords

_LOG = logging.getLogger(__name__)

MOST = 5_000
"""Records that one order walks through, the last changed; a narrower order reaches the others."""

_AT_ONCE = 25
"""Of a page: each is one search of milliseconds, by the thread that keeps the index."""

_CANDIDATES = 20
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
        listing = Listing(Everything(), Slot.CHANGED, descending=True, narrowing=narrowing)
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
        """A row for each earlier record that looks the same."""
        text = self._text(revision)
        tree = self._asked(revision, text)
        if tree is None:
            return
        request = SearchRequest(tree, sort=SortOrder.DATE, limit=_CANDIDATES)
        hits = self._index.search(replace(request, narrowing=Narrowing()), caller.access).hits
        others = self._admission.admitted(caller, [(hit.record, hit.revision) for hit in hits])
        earlier = [each for each in others if each is not None and each.record < revision.record]
        self._texts.fetch(earlier)
        for other in earlier:
            why = self._why(revision, text, other)
            if why:
                yield self._row(caller, revision, other, why, base)

    def _asked(self, revision: Revision, text: str) -> Query | None:
        """What a record that looks the same holds: the number, or one of three stretches."""
        number = number_of(self._kinds.of(revision), revision)
        parts: list[Query] = [read_query(f"“{number}”").tree] if number.strip() else []
        if len(text) >= _LEAST_TEXT:
            places = {0, len(text) // 2 - _STRETCH // 2, len(text) - _STRETCH}
            parts += [Words(text[place : place + _STRETCH]) for place in sorted(places)]
        return Or(tuple(parts)) if parts else None

    def _why(self, one: Revision, text: str, other: Revision) -> tuple[Likeness, ...]:
        found = []
        if _contents(one) & _contents(other):
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
        kinds = self._kinds.of(one), self._kinds.of(other)
        return (
            "、".join(why),
            title_of(kinds[0], one),
            number_of(kinds[0], one),
            kinds[0].title,
            caller.organisation.full_name(one.unit),
            title_of(kinds[1], other),
            number_of(kinds[1], other),
            f"{base}/records/{one.record}",
            f"{base}/records/{other.record}",
        )


def _contents(revision: Revision) -> frozenset[str]:
    return frozenset(file.sha256 for file in revision.files if file.size_bytes)


def _shared(one: str, other: str) -> float:
    if min(len(one), len(other)) < _LEAST_TEXT:
        return 0.0
    left, right = (
        {text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)}
        for text in (one, other)
    )
    return len(left & right) / len(left | right)
