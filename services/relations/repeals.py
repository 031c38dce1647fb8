"""Which hits are repealed, and by what: one question to the index for a page of them (SS-08).

The index only names records that may repeal one of them (records.queries.repealing). Whether they
do is read from their texts, as their pages say it, and only of what the caller may read and what
is no draft any more.
"""

from collections.abc import Mapping, Sequence

from records.identity import RecordId
from records.meaning import number_of, title_of
from records.ports.search_index import SearchIndex
from records.queries.query import Holds
from records.queries.relations import Relation
from records.queries.repealing import repealed_as
from records.queries.search import SearchRequest, SortOrder
from records.revision import Revision
from records.schema.kind import Kinds
from services.people.caller import Caller
from services.relations.citations import CitationFinder
from services.searching.admission import Admission
from services.searching.search_page import Repeal

MOST = 50
"""Records that are looked at in one answer, the newest; where there are more, each hit that nothing
was found for is asked for alone."""


class RepealFinder:
    """Looks at what the caller may read, and at nothing else."""

    def __init__(
        self, index: SearchIndex, admission: Admission, citations: CitationFinder, kinds: Kinds
    ) -> None:
        self._index = index
        self._admission = admission
        self._citations = citations
        self._kinds = kinds

    def of(self, caller: Caller, hits: Sequence[Revision]) -> Mapping[RecordId, Revision]:
        """By what each hit is repealed; those that are not are left out. Raises Unavailable."""
        repealed, more = self._asked(caller, hits)
        for hit in hits if more and len(hits) > 1 else ():
            if hit.record not in repealed:
                repealed |= self._asked(caller, [hit])[0]
        return repealed

    def told(self, caller: Caller, revision: Revision) -> Repeal | None:
        """By what one record is repealed. Raises Unavailable."""
        other = self.of(caller, [revision]).get(revision.record)
        return self.repeal(other) if other is not None else None

    def repeal(self, other: Revision) -> Repeal:
        """A record that repeals, as it is told of."""
        kind = self._kinds.of(other)
        return Repeal(other.record, title_of(kind, other), number_of(kind, other))

    def _asked(
        self, caller: Caller, hits: Sequence[Revision]
    ) -> tuple[dict[RecordId, Revision], bool]:
        """What was found, and whether there is more that was not looked at."""
        facts = tuple(dict.fromkeys(fact for hit in hits for fact in self._facts(hit)))
        if not facts:
            return {}, False
        asked = SearchRequest(Holds(facts), sort=SortOrder.DATE, limit=MOST)
        found = self._index.search(asked, caller.access)
        places = [(hit.record, hit.revision) for hit in found.hits]
        repealed: dict[RecordId, Revision] = {}
        for other in self._admission.admitted(caller, places):
            if other is not None and self._stands(other):
                for hit in self._citations.meant_by(other, Relation.REPEALS, hits):
                    repealed.setdefault(hit.record, other)
        return repealed, found.total > MOST

    def _facts(self, revision: Revision) -> tuple[str, ...]:
        kind = self._kinds.of(revision)
        number, title = number_of(kind, revision), title_of(kind, revision)
        return tuple(repealed_as(revision.record, number, title))

    def _stands(self, revision: Revision) -> bool:
        """A draft repeals nothing yet, and a file that no flow issued and no number bears never."""
        kind = self._kinds.of(revision)
        state = kind.state(revision.state)
        issued = kind.has_flow or kind.meaning.number is not None
        return issued and (state is None or state.done)
