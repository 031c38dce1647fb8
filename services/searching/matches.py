"""Where a query stands in a record: page by page, with the words around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records.ports.highlighter import Highlighter
from records.queries.query import Everything, Query, breadth
from records.queries.search import IndexedPage
from records.queries.snippet import Piece, snippet
from records.revision import Revision
from records.schema.kind import Kind
from services.after_commit.documents import FIELD_PART, searched_pages
from services.after_commit.texts import Texts

WIDTH = 120
"""Characters of a snippet: two lines of a result at 1280 pixels."""

MATCHES = 3
"""Places shown of one hit; the record's page shows all."""

SCANNED_CHARACTERS = 200_000
"""Text of one record that is looked through for a result list (0.4-0.8 ms per 10,000)."""


PAGE_COST = 25_000_000
"""What looking through the texts of one page of hits may cost, about 0.2 s. Beyond it hits show
their beginning, as they do where nothing stands: with one word after 5 million characters."""

_OUTLINE_COST = 4
"""Of one character, where looking for one word costs 1 (measured: 20 and 5 ns)."""

_PLACES = 12
"""Places of one word that a snippet of `WIDTH` is chosen from."""

Pieces = tuple[Piece, ...]
"""A text cut into pieces, in order."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place of the query: the part (file, part within a file, or field) and the page in it."""

    part: str
    page: int | None
    pieces: Pieces

    @property
    def is_field(self) -> bool:
        """Whether it stands in a field of the record and not in a file."""
        return self.part.startswith(FIELD_PART)

    def label(self, kind: Kind) -> str:
        """The part in words: a file, what it holds (``包.zip › 通知.docx``), or a field's label."""
        if not self.is_field:
            return self.part.replace("/", " › ")
        return kind.fields[self.part.removeprefix(FIELD_PART)].label


class Scan:
    """How much text may still be looked through for one page of results."""

    def __init__(self, query: Query) -> None:
        self._cost = _OUTLINE_COST + breadth(query)
        self._left = PAGE_COST

    def may_look(self, text: str) -> bool:
        """Whether there is room for this text; it is counted then."""
        if self._left <= 0:
            return False
        self._left -= len(text) * self._cost
        return True


class MatchFinder:
    """Finds the places to show."""

    def __init__(self, texts: Texts, highlighter: Highlighter) -> None:
        self._texts = texts
        self._highlighter = highlighter

    def prepare(self, revisions: Sequence[Revision]) -> None:
        """Have the texts of a whole page of hits at hand."""
        self._texts.fetch(revisions)

    def whole(self, text: str, query: Query, *, field: str, relaxed: bool) -> Pieces:
        """A short text in full, with its marks."""
        if isinstance(query, Everything) or not text:
            return (Piece(text, marked=False),) if text else ()
        spans = self._highlighter.spans(text, query, field=field, relaxed=relaxed)
        return snippet(text, spans, width=len(text) + 1)

    def of(
        self, kind: Kind, revision: Revision, query: Query, *, relaxed: bool, scan: Scan
    ) -> tuple[Match, ...]:
        """The first places of the query in text, or the beginning of the text when it has none."""
        pages = list(searched_pages(kind, revision, self._texts.of(revision)))
        found: list[Match] = []
        if not isinstance(query, Everything):
            for page in _first_characters(pages):
                if not scan.may_look(page.text):
                    break
                spans = self._highlighter.spans(
                    page.text, query, field=None, relaxed=relaxed, most=_PLACES
                )
                if spans:
                    pieces = snippet(page.text, spans, width=WIDTH)
                    found.append(Match(page.part, page.page, pieces))
                if len(found) == MATCHES:
                    break
        if not found:
            found.extend(_beginning(pages))
        return tuple(found)


def _first_characters(pages: Iterable[IndexedPage]) -> Iterable[IndexedPage]:
    seen = 0
    for page in pages:
        if seen >= SCANNED_CHARACTERS:
            return
        seen += len(page.text)
        yield page


def _beginning(pages: Iterable[IndexedPage]) -> Iterable[Match]:
    longest = max(pages, key=lambda page: len(page.text), default=None)
    if longest is not None:
        yield Match(longest.part, longest.page, snippet(longest.text, (), width=WIDTH))
