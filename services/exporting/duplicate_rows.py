"""Rows of 疑似重复: records of the same content, number or nearly the same text (SS-08).

For each record, the last changed first, the search is asked what else has a file of the same
content, has its number or holds a stretch of its text; what it finds is then compared, the oldest
first. So a page takes a bounded time, nothing is kept between pages, and both of a pair are records
that the asker may read at that moment. Of a pair the later one stands in front; where there were
more of them than were compared a row says so.
"""

import logging
from collections.abc import Iterator, Sequence

from records.errors import Invalid, Refused
from records.meaning import number_of, title_of
from records.people.roles import Power
from records.queries.query import Everything
from records.queries.search import ListOrder
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.texts import Texts
from services.exporting.exports import ExportAsked, ExportRows
from services.finding.listing import Listing, RecordLister
from services.people.caller import Caller
from services.relations.look_alikes import Likeness, LookAlikeFinder
from services.searching.facets import FacetWords

_LOG = logging.getLogger(__name__)

MOST = 100_000
"""Records that one order walks through, the last changed; a narrower order reaches the others."""

_AT_ONCE = 25
"""Of a page: each is one search of milliseconds, by the thread that keeps the index."""

HEADER = (
    *("序号", "依据", "标题", "文号", "类型", "单位"),
    *("疑似重复的文件", "其文号", "链接", "其链接"),
)


CUT = "未全部列出"
_CUT_TEXT = "与它相似的较早文件较多，只列出了其中最早的一部分"


class DuplicateRows:
    """As `RowSource` says."""

    def __init__(
        self,
        lister: RecordLister,
        look_alikes: LookAlikeFinder,
        *,
        texts: Texts,
        kinds: Kinds,
    ) -> None:
        self._lister = lister
        self._look_alikes = look_alikes
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
        earlier = self._look_alikes.earlier(caller, revision)
        for other in earlier.found:
            yield self._row(caller, revision, other.revision, other.why, base)
        if earlier.is_cut:
            yield self._cut(caller, revision, base)

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
