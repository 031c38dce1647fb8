"""Search for people: one box, strict first, decided again on the record (SS-01 .. SS-04)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from records.errors import Invalid
from records.identity import RecordId
from records.meaning import number_of, title_of
from records.ports.search_index import SearchIndex
from records.queries.language import read_query
from records.queries.query import Among, And, Everything, Query, ReadQuery
from records.queries.search import Narrowing, SearchRequest, SortOrder, Suggestion
from records.queries.synonyms import Synonyms
from records.queries.versions import in_all_versions
from records.revision import Revision
from records.schema.kind import Kinds
from services.finding.unindexed import Unindexed, UnindexedView
from services.people.caller import Caller
from services.relations.repeals import RepealFinder
from services.searching.admission import Admission
from services.searching.facets import Facets, FacetWords, counted
from services.searching.families import FamilyFinder
from services.searching.folding import FoldedPage, Folding, Hits, to_fold, unfolded
from services.searching.guesses import WordGuesses
from services.searching.histories import HistoryFinder, HistoryRoom
from services.searching.hit_finder import FEW, FoundHits, HitFinder, no_hits
from services.searching.matches import MatchFinder, Scan
from services.searching.search_page import AT_ONCE, Asked, By, Found, SearchPage
from services.searching.unit_names import with_unit_names
from services.searching.word_book import WordBook

MAX_PAGE_SIZE = 100
MAX_REACH = 200_000
"""Hits that can be paged through. Their last page takes about as long as the first one: 0.2 s of a
million that match (docs/figures.md)."""


class RecordFinder:
    """Answers searches."""

    def __init__(
        self,
        *,
        index: SearchIndex,
        admission: Admission,
        hits: HitFinder,
        kinds: Kinds,
        matches: MatchFinder,
        guesses: WordGuesses,
        families: FamilyFinder,
        unindexed: UnindexedView,
        words: WordBook,
        histories: HistoryFinder,
        repeals: RepealFinder,
        is_rebuilding: Callable[[], bool],
    ) -> None:
        self._index = index
        self._admission = admission
        self._hits = hits
        self._kinds = kinds
        self._words = FacetWords(kinds)
        self._matches = matches
        self._guesses = guesses
        self._folding = Folding(families.walk, matches.prepare)
        self._unindexed = unindexed
        self._book = words
        self._histories = histories
        self._repeals = repeals
        self._is_rebuilding = is_rebuilding

    def search(self, caller: Caller, asked: Asked, *, facets: Sequence[By] = AT_ONCE) -> SearchPage:
        """The records that match and that the caller may read, counted by these facets.

        Raises Invalid (``bad_page``, ``unknown_level``) and Unavailable; never for the words.
        """
        query = read_query(asked.words, self._book.synonyms(), today=caller.today)
        unknown = self._unindexed.current()
        request = self._request(caller, asked, query, unknown, facets)
        wanted = replace(request, offset=0, limit=to_fold(asked)) if asked.folds else request
        answer, relaxed = self._answered(caller, wanted)
        asked_near = no_hits if relaxed else self._hits.near(caller, request, answer)
        missing, guesses = self._meant(caller, request, answer, asked.words, relaxed=relaxed)
        fold = self._folded(caller, asked, wanted, answer, relaxed=relaxed)
        counted_in = answer
        if asked.family is not None:
            within = And((answer.tree, Among(fold.records)))
            bare = replace(wanted, query=within, relaxed=relaxed, limit=0)
            counted_in = self._hits.answer(caller, bare)
        self._matches.prepare(fold.hits)
        near = asked_near()
        self._matches.prepare(near.page)
        tree = query.tree if asked.all_versions and not answer.reading else answer.tree
        scan, repealed = Scan(tree), self._repeals.of(caller, [*fold.hits, *near.page])
        room = HistoryRoom(tree)
        hits = tuple(
            self._told(caller, asked, tree, shown, repealed, room=room)
            for each in fold.hits
            for shown in [self._show(each, tree, relaxed=relaxed, scan=scan)]
        )
        cut = (*_cut(answer), *(("histories_cut",) if room.is_cut else ()))
        return SearchPage(
            asked=asked,
            total=fold.total,
            relaxed=relaxed,
            widened=query.widened,
            notices=(*query.notices, *_reading(answer), *self._state(unknown), *cut),
            hits=hits,
            facets=self._words.of(caller, counted_in, facets),
            near=tuple(
                self._repealed(self._show(each, tree, relaxed=True, scan=scan), repealed)
                for each in near.page
            ),
            near_total=near.total,
            missing=missing,
            guesses=guesses,
            families=fold.places,
            earlier={
                record: title_of(self._kinds.of(head), head)
                for record, head in fold.earlier.items()
            },
            untold=fold.untold,
            span=(fold.first, fold.last),
            pages=fold.pages,
        )

    def _folded(
        self,
        caller: Caller,
        asked: Asked,
        first: SearchRequest,
        answer: FoundHits,
        *,
        relaxed: bool,
    ) -> FoldedPage:
        """The hits of the page: as they are, folded, or those of one family."""
        if not asked.folds:
            return unfolded(answer.page, answer.total, page=asked.page, size=asked.size)
        bare = replace(first, facets=(), counted=())

        def more(offset: int, limit: int) -> Sequence[Revision]:
            further = replace(bare, offset=offset, limit=limit)
            if relaxed:
                return self._hits.similar(caller, further).page
            return self._hits.answer(caller, replace(further, query=answer.tree)).page

        hits = Hits(answer.page, more, asked=first.limit, total=answer.total)
        if asked.family:
            return self._folding.family(hits, asked.family, page=asked.page, size=asked.size)
        return self._folding.page(hits, page=asked.page, size=asked.size)

    def facets(self, caller: Caller, asked: Asked, wanted: Sequence[By]) -> Facets:
        """The counts alone of what `search` finds. Raises as it does."""
        days = asked if By.MONTH not in wanted else replace(asked, first=None, last=None)
        query = read_query(asked.words, self._book.synonyms(), today=caller.today)
        request = self._request(caller, days, query, self._unindexed.current(), wanted)
        bare = replace(request, sort=SortOrder.DATE, offset=0, limit=0)
        answer, _ = self._answered(caller, bare)
        return self._words.of(caller, answer, wanted)

    def count(self, caller: Caller, words: str, synonyms: Synonyms) -> int:
        """How many records a query would find strictly, with these synonyms."""
        asked, unknown = Asked(words=words, size=1), self._unindexed.current()
        query = read_query(words, synonyms, today=caller.today)
        request = self._request(caller, asked, query, unknown, ())
        return self._index.search(replace(request, limit=0), caller.access).total

    def _answered(self, caller: Caller, request: SearchRequest) -> tuple[FoundHits, bool]:
        """What is found, and whether by likeness, because nothing holds the words."""
        answer = self._hits.strict(caller, request)
        if answer.total or isinstance(request.query, Everything):
            return answer, False
        everywhere = Narrowing(withheld=request.narrowing.withheld)
        if request.narrowing != everywhere:
            wide = replace(request, narrowing=everywhere, facets=(), counted=(), offset=0, limit=0)
            if self._hits.strict(caller, wide).total:
                return answer, False  # its conditions leave nothing, and their counts say so
        answer = self._hits.similar(caller, request)
        return answer, answer.total > 0

    def _meant(
        self,
        caller: Caller,
        request: SearchRequest,
        answer: FoundHits,
        typed: str,
        *,
        relaxed: bool,
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words that stand nowhere, and other queries; where little or nothing was found."""
        if answer.reading or request.offset or (answer.total > FEW and not relaxed):
            return (), ()
        seen = Narrowing(withheld=request.narrowing.withheld)
        words = self._guesses.words(caller, read_query(typed, today=caller.today).tree, seen)
        # What holds all that was asked lacks no word, in whichever way a number was written.
        lacking = relaxed or not answer.total
        missing = tuple(word for word, count in words.items() if not count) if lacking else ()
        return missing, self._guesses.instead(caller, typed, words, seen)

    def suggest(self, caller: Caller, typed: str, *, limit: int = 8) -> Sequence[Suggestion]:
        """Titles and numbers that complete what was typed, of records the caller may read."""
        if not typed.strip():
            return ()
        offered = self._index.suggest(typed[:100], caller.access, limit=limit)
        admitted = self._admission.admitted(caller, [(s.record, s.revision) for s in offered])
        return tuple(s for s, revision in zip(offered, admitted, strict=True) if revision)

    def _request(
        self,
        caller: Caller,
        asked: Asked,
        query: ReadQuery,
        unknown: Unindexed,
        facets: Sequence[By],
    ) -> SearchRequest:
        offset = (asked.page - 1) * asked.size
        if not (1 <= asked.size <= MAX_PAGE_SIZE) or not 0 <= offset <= MAX_REACH:
            raise Invalid("bad_page", max_size=MAX_PAGE_SIZE, max_reach=MAX_REACH, field="page")
        tree = with_unit_names(query.tree, caller.organisation)
        if asked.all_versions:
            tree = in_all_versions(tree, caller.access.tokens)
        return SearchRequest(
            tree,
            narrowing=self._words.narrowing(
                caller, asked, withheld=self._withheld(caller, unknown)
            ),
            sort=asked.sort,
            facets=counted(facets).facets,
            counted=counted(facets).facts,
            offset=offset,
            limit=asked.size,
        )

    def _state(self, unknown: Unindexed) -> tuple[str, ...]:
        if self._is_rebuilding():
            return ("rebuilding",)
        return ("behind",) if unknown.is_behind else ()

    def _withheld(self, caller: Caller, unknown: Unindexed) -> frozenset[RecordId]:
        """Records whose change the index does not know yet and that the caller may not read.

        Their hits would be dropped below; here they are kept out of totals and facets too. A
        first revision cannot be in the index before its outbox entry is worked off.
        """
        closed = {
            record
            for record, revision in unknown.newest.items()
            if revision is None
            or not (revision.number == 1 or self._admission.is_open(caller, revision))
        }
        return unknown.hidden | closed

    def _told(
        self,
        caller: Caller,
        asked: Asked,
        tree: Query,
        shown: Found,
        repealed: Mapping[RecordId, Revision],
        *,
        room: HistoryRoom,
    ) -> Found:
        """A hit with what became of it: repealed, changed from version to version."""
        shown = self._repealed(shown, repealed)
        if not asked.all_versions:
            return shown
        return replace(shown, history=self._histories.of(caller, shown.revision, tree, room))

    def _repealed(self, shown: Found, repealed: Mapping[RecordId, Revision]) -> Found:
        """The hit with what repeals it."""
        if (other := repealed.get(shown.revision.record)) is None:
            return shown
        return replace(shown, repealed_by=self._repeals.repeal(other))

    def _show(self, revision: Revision, tree: Query, *, relaxed: bool, scan: Scan) -> Found:
        kind = self._kinds.of(revision)
        title, number = title_of(kind, revision), number_of(kind, revision)
        marks = self._matches
        return Found(
            kind=kind,
            revision=revision,
            title=title,
            number=number,
            title_pieces=marks.whole(title, tree, field="title", relaxed=relaxed),
            number_pieces=marks.whole(number, tree, field="number", relaxed=relaxed),
            matches=marks.of(kind, revision, tree, relaxed=relaxed, scan=scan),
        )


def _cut(answer: FoundHits) -> tuple[str, ...]:
    return ("similar_cut",) if answer.is_cut else ()


def _reading(answer: FoundHits) -> tuple[str, ...]:
    return (answer.reading,) if answer.reading else ()
