"""What a record cites and what cites it, each other end only for who may read it (SS-08).

Nothing is kept: what it cites is read from its text, what cites it is found by its number and title
in the texts of others. So both are as true as the search, and follow every new revision.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.meaning import number_of, title_of
from records.ports.search_index import SearchIndex
from records.queries.citing import Citation, citations_in, title_key
from records.queries.imprint import read_imprint
from records.queries.numbering import number_key
from records.queries.particulars import Particular
from records.queries.query import DocumentNumber, Or, Query, TextField, Words
from records.queries.relations import Relation
from records.queries.search import SearchRequest
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import FIELD_PART, searched_pages
from services.after_commit.texts import Texts
from services.finding.browse import OpenRecord
from services.people.caller import Caller
from services.searching.admission import Admission

MOST = 100
"""Records told of each direction."""

CHARACTERS = 200_000
"""Of one text that are looked through."""

OWN_TITLE = 8
"""Characters of a title by which others are found to cite it; shorter ones stand anywhere."""

_HEAD = 2_000
"""Characters of a text within which its own 版头 stands."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The other end of a citation; `revision` is None where no record is found for it."""

    relation: Relation
    text: str
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Citations:
    """Both directions."""

    cites: tuple[Cited, ...] = ()
    cited_by: tuple[Cited, ...] = ()


class CitationFinder:
    """Reads texts and asks the index."""

    def __init__(
        self, *, index: SearchIndex, admission: Admission, texts: Texts, kinds: Kinds
    ) -> None:
        self._index = index
        self._admission = admission
        self._texts = texts
        self._kinds = kinds

    def of(self, caller: Caller, opened: OpenRecord) -> Citations:
        """What the opened revision cites, and which newest revisions cite it."""
        return Citations(self._cites(caller, opened.revision), self._cited_by(caller, opened))

    def meant_by(
        self, revision: Revision, relation: Relation, among: Sequence[Revision]
    ) -> list[Revision]:
        """Which of these a record cites in this way."""
        others = [each for each in among if _is_other(each, revision)]
        own = self._own_number(revision) if others else None
        ways = (each for each in self._citations(revision) if each.relation is relation)
        return [each for way in ways for each in self._meant(way, others, own)]

    def _cites(self, caller: Caller, revision: Revision) -> tuple[Cited, ...]:
        citations = list(self._citations(revision))
        targets = [each for each in self._targets(caller, citations) if _is_other(each, revision)]
        own = self._own_number(revision)
        found: dict[str, Cited] = {}
        for citation in citations:
            meant = self._meant(citation, targets, own)
            if not meant and self._is_own(citation, revision, own):
                continue
            for target in meant or (None,):
                key = target.record if target else citation.text
                known = found.get(key)
                if known is None or known.relation is Relation.MENTIONS:
                    found[key] = Cited(citation.relation, citation.text, target)
        return tuple(found.values())[:MOST]

    def _is_own(self, citation: Citation, revision: Revision, own: str | None) -> bool:
        """Whether a text names nothing but itself: its own number, or its title without one."""
        if citation.keys:
            return own in citation.keys
        title = title_key(title_of(self._kinds.of(revision), revision))
        return bool(title) and title_key(citation.title).endswith(title)

    def _own_number(self, revision: Revision) -> str | None:
        """The key of its number; where its field is empty, of that in the head of its text."""
        kind = self._kinds.of(revision)
        if number := number_of(kind, revision):
            return number_key(number)
        left, head = _HEAD, []
        for page in searched_pages(kind, revision, self._texts.of(revision)):
            if left > 0 and not page.part.startswith(FIELD_PART):
                head.append((page.page, page.text[:left]))
                left -= len(page.text)
        read = {each.what: each.value for each in read_imprint(head)}
        return number_key(read.get(Particular.NUMBER, ""))

    def _cited_by(self, caller: Caller, opened: OpenRecord) -> tuple[Cited, ...]:
        revision, kind = opened.revision, opened.kind
        number, title = number_of(kind, revision), title_of(kind, revision)
        words: list[Query] = [Words(number)] if number_key(number) else []
        words += [Words(title)] if len(title) >= OWN_TITLE else []
        if not words:
            return ()
        found = []
        for other in self._found(caller, Or(tuple(words))):
            if _is_other(other, revision):
                own = self._own_number(other)
                ways = [c for c in self._citations(other) if self._meant(c, [revision], own)]
                if ways:
                    best = min(ways, key=lambda each: list(Relation).index(each.relation))
                    found.append(Cited(best.relation, best.text, other))
        return tuple(found)

    def _targets(self, caller: Caller, citations: Sequence[Citation]) -> list[Revision]:
        """Readable records that bear one of the numbers or titles."""
        keys = dict.fromkeys(key for citation in citations for key in citation.keys)
        titles = dict.fromkeys(citation.title for citation in citations if citation.title)
        asked: list[Query] = [*map(DocumentNumber, keys)]
        asked += [Words(title, TextField.TITLE) for title in titles]
        return self._found(caller, Or(tuple(asked))) if asked else []

    def _meant(
        self, citation: Citation, among: Sequence[Revision], own: str | None
    ) -> list[Revision]:
        """The records that a citation means: all of its longest number, else one of its title.

        Whose text it is in means itself by its `own` number, whoever else bears it.
        """
        for key in citation.keys:
            meant = [
                revision
                for revision in among
                if number_key(number_of(self._kinds.of(revision), revision)) == key
            ]
            if meant or key == own:
                return [] if key == own else meant
        if citation.title and not citation.keys:
            wanted = title_key(citation.title)
            for revision in among:
                title = title_key(title_of(self._kinds.of(revision), revision))
                if title == wanted or title.endswith(f"关于{wanted.removeprefix('关于')}"):
                    return [revision]
        return []

    def _found(self, caller: Caller, query: Query) -> list[Revision]:
        result = self._index.search(SearchRequest(query, limit=MOST), caller.access)
        places = [(hit.record, hit.revision) for hit in result.hits]
        admitted = self._admission.admitted(caller, places)
        return [revision for revision in admitted if revision is not None]

    def _citations(self, revision: Revision) -> Iterator[Citation]:
        kind, left = self._kinds.of(revision), CHARACTERS
        for page in searched_pages(kind, revision, self._texts.of(revision)):
            if left <= 0:
                return
            yield from citations_in(page.text[:left])
            left -= len(page.text)


def _is_other(revision: Revision, than: Revision) -> bool:
    return revision.record != than.record
