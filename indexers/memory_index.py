"""The search index in memory: plain, slow and obviously right.

It is the oracle that says what every other index must find, and the index of tests.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from threading import Lock

from indexers.analysis import Analyser
from indexers.analysis.relaxing import needed, positive_words, relax
from indexers.completion import Completions
from indexers.document_matching import MatchedDocument
from indexers.narrowing import chosen_values, facet_values, facts_but, largest_first, values_of
from records.identity import RecordId
from records.queries.query import Query, TextField, Words, is_true
from records.queries.search import (
    Facet,
    Hit,
    IndexChange,
    IndexDocument,
    Narrowing,
    Ordering,
    Removal,
    SearchRequest,
    SearchResult,
    SortOrder,
    Suggestion,
    place_of,
)
from records.rights.access import AccessFilter

TITLE_WEIGHT = 3.0


class MemorySearchIndex:
    """Keeps all documents in a dictionary and reads every one of them for every question."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._completions = Completions(analyser)
        self._documents: dict[RecordId, MatchedDocument] = {}
        self._versions: dict[RecordId, int] = {}
        self._lock = Lock()

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """As the port says; there is one process, it holds the writer."""
        with self._lock:
            for change in changes:
                if change.version < self._versions.get(change.record, 0):
                    continue
                self._versions[change.record] = change.version
                if isinstance(change, Removal):
                    self._documents.pop(change.record, None)
                else:
                    self._documents[change.record] = MatchedDocument(self._analyser, change)

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """As the port says; relevance is the number of places, more in the title."""
        found = [
            document
            for document in self._visible(access)
            if self._asked(request, document) and within(request.narrowing, document, but=None)
        ]
        if request.order is not None:
            total, page = placed(found, request.order, request.limit)
        else:
            found.sort(key=lambda document: self._order(request, document), reverse=True)
            total, page = len(found), found[request.offset : request.offset + request.limit]
        return SearchResult(
            total=total,
            hits=tuple(
                Hit(document.record, document.revision, self._score(request.query, document))
                for document in page
            ),
            facets={facet: self._counts(facet, request, access) for facet in request.facets},
            counts={name: self._values(name, request, access) for name in request.counted},
        )

    def suggest(self, typed: str, access: AccessFilter, *, limit: int) -> Sequence[Suggestion]:
        """As the port says: titles and numbers that begin with it first, then the newer."""
        ranked: list[tuple[bool, tuple[object, ...], Suggestion]] = []
        for document in self._visible(access):
            found = self._completions.of(typed, title=document.title, number=document.number)
            if found:
                suggestion = Suggestion(found.text, document.record, document.revision)
                ranked.append((found.begins, date_order(document), suggestion))
        ranked.sort(key=lambda entry: entry[:2], reverse=True)
        by_text: dict[str, Suggestion] = {}
        for _, _, suggestion in ranked:
            by_text.setdefault(suggestion.text, suggestion)
        return list(by_text.values())[:limit]

    def resembling(self, word: str, access: AccessFilter, *, limit: int) -> Sequence[Hit]:
        """As the port says: whatever holds most of its characters."""
        characters = frozenset(self._analyser.tokens(self._analyser.word(word)))
        if len(characters) < 2 or not all(map(self._analyser.are_characters, characters)):
            return ()
        held = [
            (sum(self._matches(Words(one), document) for one in characters), document)
            for document in self._visible(access)
        ]
        found = [(count, document) for count, document in held if count > 1]
        found.sort(key=lambda each: (each[0], date_order(each[1])), reverse=True)
        return [Hit(each.record, each.revision, float(count)) for count, each in found[:limit]]

    def entries(self, *, after: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """As the port says."""
        for record in sorted(self._documents):
            if after is None or record > after:
                yield record, self._documents[record].document.revision

    def close(self) -> None:
        """Nothing is held."""

    def _visible(self, access: AccessFilter) -> list[IndexDocument]:
        documents = (each.document for each in self._documents.values())
        return [document for document in documents if access.admits(document.rule)]

    def _matches(self, query: Query, document: IndexDocument) -> bool:
        return self._documents[document.record].matches(query)

    def _asked(self, request: SearchRequest, document: IndexDocument) -> bool:
        relaxed = relax(request.query)
        clues = self._analyser.clues(relaxed.words)
        if not request.relaxed or not clues:
            return self._matches(request.query, document)
        held = sum(self._matches(Words(clue), document) for clue in clues)
        return held >= needed(len(clues), request.floor) and self._matches(relaxed.kept, document)

    def _score(self, query: Query, document: IndexDocument) -> float:
        held, score = self._documents[document.record], 0.0
        for word in positive_words(query):
            score += held.places(word, word.field)
            score += TITLE_WEIGHT * held.places(word, TextField.TITLE)
        return score

    def _order(self, request: SearchRequest, document: IndexDocument) -> tuple[object, ...]:
        match request.sort:
            case SortOrder.RELEVANCE:
                return (self._score(request.query, document), *date_order(document))
            case SortOrder.DATE:
                return date_order(document)
            case SortOrder.CHANGED:
                return (document.changed_at, document.dated_on, document.record)

    def _counts(
        self, facet: Facet, request: SearchRequest, access: AccessFilter
    ) -> tuple[tuple[str, int], ...]:
        counts = Counter(
            value
            for document in self._visible(access)
            if self._asked(request, document) and within(request.narrowing, document, but=facet)
            for value in facet_values(document, facet)
        )
        return largest_first(counts)

    def _values(
        self, name: str, request: SearchRequest, access: AccessFilter
    ) -> tuple[tuple[str, int], ...]:
        counts = Counter(
            fact
            for document in self._visible(access)
            if self._asked(request, document) and within(request.narrowing, document, but=name)
            for fact in document.facts
            if fact.startswith(f"{name}=")
        )
        return values_of(name, counts.items())


def date_order(document: IndexDocument) -> tuple[object, ...]:
    """Rises with the date, then with the last change, then with the identifier."""
    return (document.dated_on, document.changed_at, document.record)


def placed(
    found: list[IndexDocument], order: Ordering, limit: int
) -> tuple[int, list[IndexDocument]]:
    """How many stand in the order, and those that follow its place."""
    places = {
        place_of(key, document.record): document
        for document in found
        for by, key in document.keys
        if by is order.by
    }
    after = order.after
    beyond = [
        place
        for place in places
        if after is None or (place < after if order.descending else place > after)
    ]
    page = sorted(beyond, reverse=order.descending)[:limit]
    return len(places), [places[place] for place in page]


def within(narrowing: Narrowing, document: IndexDocument, *, but: Facet | str | None) -> bool:
    """Whether a record meets all conditions, apart from those of one facet or name of facts."""
    name = None if isinstance(but, Facet) else but
    return (
        all(
            values & facet_values(document, facet)
            for facet in Facet
            if facet is not but and (values := chosen_values(narrowing, facet))
        )
        and (narrowing.first is None or document.dated_on >= narrowing.first)
        and (narrowing.last is None or document.dated_on <= narrowing.last)
        and (not narrowing.authors or document.author in narrowing.authors)
        and document.record not in narrowing.withheld
        and all(
            any(is_true(fact, document.facts) for fact in group)
            for group in facts_but(narrowing, name)
        )
    )
