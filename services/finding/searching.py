"""Search for people: one box, strict first, decided again on the record (SS-01 .. SS-04)."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from records.access import Level
from records.errors import Corrupt, Invalid, NotFound
from records.identity import KindName, RecordId, UnitCode
from records.kind import Kind, Kinds
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.query import Everything, ReadQuery
from records.query_language import read_query
from records.reading import may_read
from records.revision import Revision
from records.search import Facet, Hit, Narrowing, SearchRequest, SearchResult, SortOrder, Suggestion
from services.after_commit.backlog import Backlog
from services.after_commit.documents import number_of, title_of
from services.finding.matches import Match, MatchFinder, Pieces, Scan
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

MAX_PAGE_SIZE = 100
MAX_REACH = 10_000
"""Hits that can be paged through; beyond, a narrower question serves better."""


_IN_ORDER = frozenset({Facet.YEAR, Facet.LEVEL})
"""Facets whose values have an order of their own: newest year, highest level first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks: words, conditions, order, page (counted from 1)."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    file_types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    sort: SortOrder = SortOrder.RELEVANCE
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One hit as its reader sees it."""

    kind: Kind
    revision: Revision
    title: str
    number: str
    title_pieces: Pieces
    number_pieces: Pieces
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by, in words, with the number of hits it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of answers.

    `relaxed` says that nothing held all words and likeness was used. Notices are those of the
    query (records.query.ReadQuery), ``rebuilding`` while the index is built anew, and ``behind``
    while something waits too long to be found.
    """

    asked: Asked
    total: int
    relaxed: bool
    notices: tuple[str, ...]
    hits: tuple[Found, ...]
    facets: Mapping[Facet, tuple[FacetValue, ...]] = field(default_factory=dict)


class RecordFinder:
    """Answers searches and lists."""

    def __init__(
        self,
        *,
        index: SearchIndex,
        log: RecordLog,
        kinds: Kinds,
        matches: MatchFinder,
        backlog: Backlog,
        is_rebuilding: Callable[[], bool],
    ) -> None:
        self._index = index
        self._log = log
        self._kinds = kinds
        self._matches = matches
        self._backlog = backlog
        self._is_rebuilding = is_rebuilding

    def search(self, caller: Caller, asked: Asked) -> SearchPage:
        """The records that match and that the caller may read.

        Raises Invalid (``bad_page``, ``unknown_level``) and Unavailable; never for the words.
        """
        query = read_query(asked.words)
        request = self._request(caller, asked, query)
        result = self._index.search(request, caller.access)
        relaxed = False
        if result.total == 0 and not isinstance(query.tree, Everything):
            request = replace(request, relaxed=True)
            result = self._index.search(request, caller.access)
            relaxed = result.total > 0
        hits = self._found(caller, result.hits, query, relaxed=relaxed)
        return SearchPage(
            asked=asked,
            total=max(0, result.total - (len(result.hits) - len(hits))),
            relaxed=relaxed,
            notices=(*query.notices, *self._state()),
            hits=hits,
            facets=self._facets(caller, result),
        )

    def suggest(self, caller: Caller, typed: str, *, limit: int = 8) -> Sequence[Suggestion]:
        """Titles and numbers that complete what was typed, of records the caller may read."""
        if not typed.strip():
            return ()
        offered = self._index.suggest(typed[:100], caller.access, limit=limit)
        admitted = self._admitted(caller, [(s.record, s.revision) for s in offered])
        return tuple(s for s, revision in zip(offered, admitted, strict=True) if revision)

    def _request(self, caller: Caller, asked: Asked, query: ReadQuery) -> SearchRequest:
        offset = (asked.page - 1) * asked.size
        if not (1 <= asked.size <= MAX_PAGE_SIZE) or not 0 <= offset <= MAX_REACH:
            raise Invalid("bad_page", max_size=MAX_PAGE_SIZE, max_reach=MAX_REACH, field="page")
        units = {
            below
            for unit in asked.units
            for below in caller.organisation.subtree(UnitCode(unit)) or {UnitCode(unit)}
        }
        narrowing = Narrowing(
            kinds=tuple(KindName(kind) for kind in asked.kinds),
            units=tuple(sorted(units)),
            years=asked.years,
            levels=tuple(Level.of(level) for level in asked.levels),
            file_types=asked.file_types,
            states=asked.states,
            first=asked.first,
            last=asked.last,
            withheld=self._withheld(caller),
        )
        return SearchRequest(
            query.tree,
            narrowing=narrowing,
            sort=asked.sort,
            facets=(Facet.KIND, Facet.UNIT, Facet.YEAR, Facet.LEVEL, Facet.FILE_TYPE),
            offset=offset,
            limit=asked.size,
        )

    def _state(self) -> tuple[str, ...]:
        if self._is_rebuilding():
            return ("rebuilding",)
        return ("behind",) if self._backlog.is_behind() else ()

    def _withheld(self, caller: Caller) -> frozenset[RecordId]:
        """Records whose change the index does not know yet and that the caller may not read.

        Their hits would be dropped below; here they are kept out of totals and facets too. A
        first revision cannot be in the index before its outbox entry is worked off.
        """
        changed = {entry.record for entry in self._backlog.entries() if entry.number > 1}
        wanted = [(record, 0) for record in changed]
        admitted = self._admitted(caller, wanted)
        return frozenset(r for (r, _), found in zip(wanted, admitted, strict=True) if found is None)

    def _found(
        self, caller: Caller, hits: Sequence[Hit], query: ReadQuery, *, relaxed: bool
    ) -> tuple[Found, ...]:
        admitted = self._admitted(caller, [(hit.record, hit.revision) for hit in hits])
        self._matches.prepare([revision for revision in admitted if revision is not None])
        scan = Scan(query.tree)
        return tuple(
            self._show(revision, query, relaxed=relaxed, scan=scan)
            for revision in admitted
            if revision is not None
        )

    def _admitted(
        self, caller: Caller, wanted: Sequence[tuple[RecordId, int]]
    ) -> list[Revision | None]:
        """The newest revisions, each when the caller may read it, in order.

        So a stale index may hide and never reveals.
        """
        return [self._readable(caller, found) for found in self._log.latest_all(wanted)]

    def _readable(self, caller: Caller, found: Revision | NotFound | Corrupt) -> Revision | None:
        if isinstance(found, Corrupt):
            _LOG.error("left out of a list: %s", found)
        if isinstance(found, NotFound | Corrupt):
            return None
        if self._kinds.find(found.kind) is None:  # one record of a lost kind breaks no list
            return None
        return found if may_read(self._kinds.of(found), found, caller.access) else None

    def _show(self, revision: Revision, query: ReadQuery, *, relaxed: bool, scan: Scan) -> Found:
        kind = self._kinds.of(revision)
        title, number = title_of(kind, revision), number_of(kind, revision)
        marks = self._matches
        return Found(
            kind=kind,
            revision=revision,
            title=title,
            number=number,
            title_pieces=marks.whole(title, query.tree, field="title", relaxed=relaxed),
            number_pieces=marks.whole(number, query.tree, field="number", relaxed=relaxed),
            matches=marks.of(kind, revision, query.tree, relaxed=relaxed, scan=scan),
        )

    def _facets(self, caller: Caller, result: SearchResult) -> dict[Facet, tuple[FacetValue, ...]]:
        return {
            facet: tuple(
                FacetValue(_value(facet, value), self._label(caller, facet, value), count)
                for value, count in (sorted(values, reverse=True) if facet in _IN_ORDER else values)
            )
            for facet, values in result.facets.items()
        }

    def _label(self, caller: Caller, facet: Facet, value: str) -> str:
        if facet is Facet.KIND:
            known = self._kinds.find(value)
            return known.title if known else value
        if facet is Facet.UNIT:
            return caller.organisation.full_name(UnitCode(value))
        if facet is Facet.YEAR:
            return f"{value}年"
        return _value(facet, value)


def _value(facet: Facet, value: str) -> str:
    """The value to narrow by: levels go by their Chinese name, as everywhere outside."""
    return Level(int(value)).label if facet is Facet.LEVEL else value
