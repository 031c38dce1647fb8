"""Where a query stands in a record: page by page, with the words around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records.ports.highlighter import Highlighter
from records.queries.query import Everything, Query, breadth
from records.queries.search import IndexedPage
from records.queries.snippet import Piece, snippet
from records.revision import Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from services.after_commit.documents import FIELD_PART, searched_pages
from services.after_commit.texts import Texts
from services.searching.places import Place, sheet_name

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

_TEXT = 40
"""Characters of a page with which a text may begin to be shown: fewer are a heading, or a name."""

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
    sheet: str = ""
    """The name of the sheet that the page is."""
    row: int | None = None
    quote: str = ""
    """What is cited of it: whole sentences, or clauses; empty in a list of hits."""
    nth: int = 0
    """How many places stand before it on its page, of which there are `places`; for a sheet alone,
    without those in its name."""
    places: int = 0

    @property
    def place(self) -> Place:
        """Where it stands, to be told in words."""
        return Place(self.part, self.page, self.sheet, self.row)


def match_on(page: IndexedPage, pieces: Pieces) -> Match:
    """A passage of a page."""
    return Match(page.part, page.page, pieces, sheet_name(page.part, page.page, page.text))


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
                    found.append(match_on(page, pieces))
                if len(found) == MATCHES:
                    break
        if not found:
            found.extend(_beginning(kind, pages))
        return tuple(found)


def _first_characters(pages: Iterable[IndexedPage]) -> Iterable[IndexedPage]:
    seen = 0
    for page in pages:
        if seen >= SCANNED_CHARACTERS:
            return
        seen += len(page.text)
        yield page


def _beginning(kind: Kind, pages: Sequence[IndexedPage]) -> Iterable[Match]:
    """Of the first file that has text, where that is more than a heading; else of a long field."""
    texts = [each for each in pages if not each.part.startswith(FIELD_PART)]
    fields = [each for each in pages if each.part.startswith(FIELD_PART) and _is_long(kind, each)]
    longest = max(texts or fields, key=lambda page: len(page.text), default=None)
    first = next((each for each in texts if len(each.text) >= _TEXT), longest)
    if first is not None:
        yield match_on(first, snippet(first.text, (), width=WIDTH))


def _is_long(kind: Kind, page: IndexedPage) -> bool:
    """Whether it is a field that holds text, and not a value such as a telephone number."""
    return kind.fields[page.part.removeprefix(FIELD_PART)].type is FieldType.LONG_TEXT
