"""What a record cites and what cites it, each other end only for who may read it (SS-08).

Nothing is kept but what somebody corrected: what it cites is read from its text, what cites it is
found by its number and title in the texts of others. So both are as true as the search, and follow
every new revision. A correction that means a record which the caller may not read looks to him like
one that says it is no citation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from records.identity import RecordId
from records.meaning import number_of, title_of
from records.ports.search_index import SearchIndex
from records.queries.citation_corrections import as_corrected, meant_fact, weight_of
from records.queries.citing import Citation, citations_in, title_key
from records.queries.imprint import read_imprint
from records.queries.numbering import number_key
from records.queries.particulars import Particular
from records.queries.query import Among, DocumentNumber, Holds, Or, Query, TextField, Words
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

_LEAST = 10

_REMEMBERED = 500
"""Revisions whose citations are kept; of most they are some kilobytes."""

_HEAD = 2_000
"""Characters of a text within which its own 版头 stands."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The other end of a citation; `revision` is None where no record is found for it."""

    relation: Relation
    text: str
    revision: Revision | None = None
    anchors: tuple[str, ...] = ()
    """What names it in the text of what cites (`Citation.anchor`), of each place one."""


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
        self._read: dict[tuple[RecordId, int, int], tuple[Citation, ...]] = {}

    def of(self, caller: Caller, opened: OpenRecord) -> Citations:
        """What the opened revision cites, and which newest revisions cite it."""
        return Citations(self.cited(caller, opened.revision), self.citing(caller, opened.revision))

    def meant_by(
        self, revision: Revision, relation: Relation, among: Sequence[Revision]
    ) -> list[Revision]:
        """Which of these a record cites in this way."""
        others = [each for each in among if _is_other(each, revision)]
        own = self._own_number(revision) if others else None
        ways = (each for each in self.read(revision) if each.relation is relation)
        return [each for way in ways for each in self._meant(way, others, own)]

    def meant(
        self, caller: Caller, revision: Revision, *, each: int = MOST
    ) -> Mapping[str, tuple[Revision, ...]]:
        """By its anchor, the records that each citation of a text may mean, of those he may read.

        Of what the index finds so many are looked at for `each` citation, ten at least. Those that
        mean none are left out, and those that mean others at another place. Raises Unavailable.
        """
        citations = self.read(revision)
        most = min(MOST, max(_LEAST, each * len({citation.anchor for citation in citations})))
        targets = self._targets(caller, revision, citations, most=most)
        own = self._own_number(revision)
        found: dict[str, tuple[Revision, ...]] = {}
        unclear: set[str] = set()
        for one in citations:
            fitting = tuple(self._fitting(one, targets, own))
            if found.setdefault(one.anchor, fitting) != fitting:
                unclear.add(one.anchor)
        return {each: some for each, some in found.items() if some and each not in unclear}

    def named(self, caller: Caller, typed: str) -> list[Revision]:
        """Readable records of that number or that very title. Raises Unavailable."""
        key, title = number_key(typed), title_key(typed).removeprefix("《").removesuffix("》")
        asked = DocumentNumber(key) if key else Words(title, TextField.TITLE)
        found = self._found(caller, asked) if title else []
        return [each for each in found if key == self._number(each) or title == self._title(each)]

    def readable(
        self, caller: Caller, records: Iterable[RecordId | None]
    ) -> Mapping[RecordId, Revision]:
        """Which of some records he may read; None counts for nothing. Raises Unavailable.

        The index is asked, so that a closed record takes no longer than one that is not there.
        """
        meant = frozenset(record for record in records if record)
        found = self._found(caller, Among(meant), most=len(meant)) if meant else []
        return {each.record: each for each in found}

    def read(self, revision: Revision) -> list[Citation]:
        """What its text cites as far as it is looked through, as somebody corrected it."""
        return list(as_corrected(self.plain(revision), revision.corrections))

    def cited(self, caller: Caller, revision: Revision) -> tuple[Cited, ...]:
        """What a revision cites, each once, in the way that weighs most. Raises Unavailable."""
        citations = self.read(revision)
        targets = self._targets(caller, revision, citations)
        own = self._own_number(revision)
        said = {each.anchor for each in revision.corrections if each.relation is not None}
        found: dict[str, Cited] = {}
        weights: dict[str, tuple[bool, bool, bool]] = {}
        for citation in citations:
            meant = self._meant(citation, targets, own)
            if not meant and (citation.means or self._is_own(citation, revision, own)):
                continue
            for target in meant or (None,):
                key = target.record if target else citation.text
                known = found.get(key)
                anchors = (*(known.anchors if known else ()), citation.anchor)
                weight = weight_of(citation, said)
                if known is None or weight > weights[key]:
                    known = Cited(citation.relation, citation.text, target)
                    weights[key] = weight
                found[key] = replace(known, anchors=tuple(dict.fromkeys(anchors)))
        return tuple(found.values())[:MOST]

    def _is_own(self, citation: Citation, revision: Revision, own: str | None) -> bool:
        """Whether a text names nothing but itself: its own number, or its title without one."""
        if citation.keys:
            return own in citation.keys
        title = self._title(revision)
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

    def citing(self, caller: Caller, revision: Revision, *, most: int = MOST) -> tuple[Cited, ...]:
        """Which newest revisions cite one, of the first `most` that may. Raises Unavailable."""
        kind = self._kinds.of(revision)
        number, title = number_of(kind, revision), title_of(kind, revision)
        words: list[Query] = [Words(number)] if number_key(number) else []
        words += [Words(title)] if len(title) >= OWN_TITLE else []
        words.append(Holds((meant_fact(revision.record),)))
        others = [
            o for o in self._found(caller, Or(tuple(words)), most=most) if _is_other(o, revision)
        ]
        self.fetch(others)
        among = [revision, *self._longer(caller, revision, others)]
        found = []
        for other in others:
            own = self._own_number(other)
            ways = [c for c in self.read(other) if revision in self._meant(c, among, own)]
            if ways:
                best = min(ways, key=lambda each: list(Relation).index(each.relation))
                found.append(Cited(best.relation, best.text, other))
        return tuple(found)

    def _longer(
        self, caller: Caller, revision: Revision, others: Iterable[Revision]
    ) -> list[Revision]:
        """Readable records that others may mean whose text ends as the number of this one.

        ``南和政发〔2020〕3号`` means no 和政发〔2020〕3号 where it is the number of a record.
        """
        number, keys = self._number(revision), set[str]()
        for each in (citation for other in others for citation in self.read(other)):
            if number in each.keys and each.anchor in each.keys:
                keys.update(each.keys[each.keys.index(each.anchor) : each.keys.index(number)])
        asked = tuple(map(DocumentNumber, sorted(keys)))
        return self._found(caller, Or(asked)) if asked else []

    def _targets(
        self,
        caller: Caller,
        revision: Revision,
        citations: Sequence[Citation],
        *,
        most: int = MOST,
    ) -> list[Revision]:
        """Other readable records that bear one of the numbers or titles, or that are meant."""
        keys = dict.fromkeys(key for each in citations if not each.means for key in each.keys)
        titles = dict.fromkeys(each.title for each in citations if each.title and not each.means)
        asked: list[Query] = [*map(DocumentNumber, keys)]
        asked += [Words(title, TextField.TITLE) for title in titles]
        named = self.readable(caller, (each.means for each in citations))
        found = self._found(caller, Or(tuple(asked)), most=most) if asked else []
        targets = {
            each.record: each for each in (*named.values(), *found) if _is_other(each, revision)
        }
        return list(targets.values())

    def _meant(
        self, citation: Citation, among: Sequence[Revision], own: str | None
    ) -> list[Revision]:
        """The records that a citation means: all of its longest number, else one of its title."""
        fitting = self._fitting(citation, among, own)
        return fitting if citation.keys else fitting[:1]

    def _fitting(
        self, citation: Citation, among: Sequence[Revision], own: str | None
    ) -> list[Revision]:
        """All records of its longest number, else all of its title; the one that somebody said.

        Whose text it is in means itself by its `own` number, whoever else bears it.
        """
        if citation.means:
            return [each for each in among if each.record == citation.means][:1]
        for key in citation.keys:
            meant = [revision for revision in among if self._number(revision) == key]
            if meant or key == own:
                return [] if key == own else meant
        if not citation.title or citation.keys:
            return []
        wanted = title_key(citation.title)
        about = f"关于{wanted.removeprefix('关于')}"
        titled = [(self._title(each), each) for each in among]
        return [each for title, each in titled if title == wanted or title.endswith(about)]

    def _number(self, revision: Revision) -> str | None:
        return number_key(number_of(self._kinds.of(revision), revision))

    def _title(self, revision: Revision) -> str:
        return title_key(title_of(self._kinds.of(revision), revision))

    def _found(self, caller: Caller, query: Query, *, most: int = MOST) -> list[Revision]:
        result = self._index.search(SearchRequest(query, limit=most), caller.access)
        places = [(hit.record, hit.revision) for hit in result.hits]
        admitted = self._admission.admitted(caller, places)
        return [revision for revision in admitted if revision is not None]

    def fetch(self, revisions: Sequence[Revision]) -> None:
        """Have the texts at hand of which `read` is asked next, all asked for at once."""
        self._texts.fetch(revisions)

    def plain(self, revision: Revision) -> tuple[Citation, ...]:
        """What its text cites as it is read, with places within its page."""
        kind = self._kinds.of(revision)
        pages = list(searched_pages(kind, revision, self._texts.of(revision)))
        key = (revision.record, revision.number, sum(len(page.text) for page in pages))
        known = self._read.get(key)
        if known is None:
            known = tuple(self._looked_through(page.text for page in pages))
            if len(self._read) >= _REMEMBERED:
                self._read = {}  # a new one: other threads go on reading the old one
            self._read[key] = known
        return known

    def _looked_through(self, texts: Iterable[str]) -> Iterator[Citation]:
        left = CHARACTERS
        for text in texts:
            if left <= 0:
                return
            yield from citations_in(text[:left])
            left -= len(text)


def _is_other(revision: Revision, than: Revision) -> bool:
    return revision.record != than.record
