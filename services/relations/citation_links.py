"""Where in a shown text a citation stands that leads to exactly one record (SS-08).

What it leads to is looked up once for a record, among what the caller may read and nothing else: a
citation of a closed record is a piece of text as one of a record that does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from records.errors import Unavailable
from records.identity import RecordId
from records.meaning import number_of, title_of
from records.queries.citing import Citation, citations_in, organ_length
from records.queries.numbering import number_key
from records.queries.search import Span
from records.revision import Revision
from records.schema.kind import Kinds
from services.people.caller import Caller
from services.relations.citations import CHARACTERS, CitationFinder

OF_EACH = 2
"""Records that are looked at for each citation, before the page of its record stands: whoever else
bears a number comes next to the one that is meant."""


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """What a citation leads to; of one by its number, the number as the record bears it."""

    record: RecordId
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a text that leads to a record."""

    span: Span
    to: LinkedRecord


@dataclass(frozen=True, slots=True)
class CitationLinks:
    """The links of one record's texts; none where nothing is known."""

    by_anchor: Mapping[str, LinkedRecord] = field(default_factory=dict)

    def of(self, text: str) -> list[Link]:
        """The links of a text, in order and without overlap, in its first `CHARACTERS`."""
        if not self.by_anchor:
            return []
        found = (
            (each, self.by_anchor.get(each.anchor)) for each in citations_in(text[:CHARACTERS])
        )
        return [Link(_span(text, each, to), to) for each, to in found if to is not None]


class LinkFinder:
    """Looks up where the citations of a record lead."""

    def __init__(self, citations: CitationFinder, kinds: Kinds) -> None:
        self._citations = citations
        self._kinds = kinds

    def of(self, caller: Caller, revision: Revision) -> CitationLinks:
        """Its links; none while the index is away, for a text can be read without them."""
        try:
            meant = self._citations.meant(caller, revision, each=OF_EACH)
        except Unavailable:
            return CitationLinks()
        alone = {anchor: found[0] for anchor, found in meant.items() if len(found) == 1}
        return CitationLinks({anchor: self._linked(each) for anchor, each in alone.items()})

    def _linked(self, revision: Revision) -> LinkedRecord:
        kind = self._kinds.of(revision)
        return LinkedRecord(revision.record, title_of(kind, revision), number_of(kind, revision))


def _span(text: str, citation: Citation, to: LinkedRecord) -> Span:
    """Where it stands; of a number in running text without the words before its organ."""
    if citation.title:
        return Span(citation.start, citation.end)
    key = number_key(to.number)
    organ = organ_length(key if key in citation.keys else citation.anchor)
    return Span(_organ_begin(text, citation, organ), citation.end)


def _organ_begin(text: str, citation: Citation, organ: int) -> int:
    """Where the last so many letters before the year begin."""
    at = citation.year_at
    while organ and at > citation.start:
        at -= 1
        organ -= not text[at].isspace()
    return at
