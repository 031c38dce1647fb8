"""Records that cite the same papers, with those that both cite (SS-08)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from records.identity import RecordId
from records.meaning import number_of, title_of
from records.ports.search_index import SearchIndex
from records.queries.citation_corrections import meant_fact
from records.queries.citing import title_key
from records.queries.numbering import number_key
from records.queries.query import Holds, Or, Query, Words
from records.queries.search import SearchRequest
from records.revision import Revision
from records.schema.kind import Kinds
from services.people.caller import Caller
from services.relations.citations import CitationFinder, Cited
from services.searching.admission import Admission

MOST = 8
_PAPERS = 20
"""Papers that are looked for of one record."""

_FOUND = 100

_TELLING = 0.1
"""What is told of at least: a paper counts 1 where one other record cites it, 1/n where n do. So
what more than ten cite says nothing of their matter."""

_SHORTEST = 8
"""Characters of a number, or of a title in 《》, by which it is looked for."""


@dataclass(frozen=True, slots=True)
class CoCiting:
    """A record, and what both it and the one at hand cite: numbers, or titles in 《》."""

    revision: Revision
    papers: tuple[str, ...]


class CoCitingFinder:
    """Asks the index for the numbers and titles that a record cites."""

    def __init__(
        self, *, index: SearchIndex, admission: Admission, citations: CitationFinder, kinds: Kinds
    ) -> None:
        self._index = index
        self._admission = admission
        self._citations = citations
        self._kinds = kinds

    def of(self, caller: Caller, revision: Revision, cites: Sequence[Cited]) -> list[CoCiting]:
        """Those that share the most telling papers first, of what he may read.

        `cites` is what the revision cites (`CitationFinder.cited`). Raises Unavailable.
        """
        papers = self._papers(revision, cites)
        if not papers:
            return []
        others = [o for o in self._found(caller, papers) if o.record != revision.record]
        self._citations.fetch(others)
        both = [(other, self._shared(other, papers)) for other in others]
        both = [(other, some) for other, some in both if some]
        citing = Counter(paper for _, some in both for paper in some)
        told = [(sum(1 / citing[paper] for paper in some), other, some) for other, some in both]
        told.sort(key=lambda each: (each[0], each[1].record), reverse=True)
        return [CoCiting(other, some) for share, other, some in told if share >= _TELLING][:MOST]

    def _papers(self, revision: Revision, cites: Sequence[Cited]) -> Mapping[str, str]:
        """What a record cites, by all that may name it in others, as it is told."""
        moved = {each.anchor for each in revision.corrections if each.means}
        found: dict[str, str] = {}
        for each in cites[:_PAPERS]:
            anchors = [anchor for anchor in each.anchors if anchor not in moved]
            names = [*anchors, *(self._names(each.revision) if each.revision else ())]
            called = self._called(each.revision) if each.revision else names[0]
            found.update((name, called) for name in names if len(name) >= _SHORTEST)
        return found

    def _names(self, revision: Revision) -> tuple[str, ...]:
        """What names a record in the text of others, and where somebody said that it is meant."""
        kind = self._kinds.of(revision)
        number = number_key(number_of(kind, revision))
        title = f"《{title_key(title_of(kind, revision))}》"
        return (revision.record, title, *((number,) if number else ()))

    def _called(self, revision: Revision) -> str:
        kind = self._kinds.of(revision)
        return number_of(kind, revision) or f"《{title_of(kind, revision)}》"

    def _found(self, caller: Caller, papers: Mapping[str, str]) -> list[Revision]:
        """Readable records that name one of them, those that name most of them first."""
        asked: list[Query] = [Holds(tuple(meant_fact(RecordId(name)) for name in papers))]
        asked += [Words(name.strip("《》")) for name in papers]
        result = self._index.search(SearchRequest(Or(tuple(asked)), limit=_FOUND), caller.access)
        places = [(hit.record, hit.revision) for hit in result.hits]
        return [each for each in self._admission.admitted(caller, places) if each is not None]

    def _shared(self, other: Revision, papers: Mapping[str, str]) -> tuple[str, ...]:
        named = (each.means or each.anchor for each in self._citations.read(other))
        return tuple(dict.fromkeys(papers[name] for name in named if name in papers))
