"""All places of a query in one record, in the order of reading (SS-03)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from records.ports.highlighter import MOST_PLACES, Highlighter
from records.queries.language import read_query
from records.queries.query import Everything, Query
from records.queries.quoting import quotation
from records.queries.search import IndexedPage, Span
from records.queries.snippet import flowing, snippet
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import searched_pages
from services.after_commit.texts import Texts
from services.searching.matches import WIDTH, Match, match_on
from services.searching.places import ROW_ENDS, sheet_name
from services.searching.word_book import WordBook

MOST = 200
"""Passages of one record that are told; who finds more of them asks more narrowly."""

_JOINED = WIDTH * 3 // 4
"""Characters within which places stand in one passage."""

Group = tuple[IndexedPage, list[Span]]
"""Places that one passage shows, on their page."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of a record; `places` counts single words in all of its text that was looked at."""

    found: tuple[Match, ...]
    places: int
    cut: bool = False
    """Whether there are more passages than are told."""
    more: bool = False
    """Whether a page has more places than are looked for on one."""


class PassageFinder:
    """Looks through the text of records that their reader has opened."""

    def __init__(
        self, texts: Texts, highlighter: Highlighter, kinds: Kinds, words: WordBook
    ) -> None:
        self._texts = texts
        self._highlighter = highlighter
        self._kinds = kinds
        self._words = words

    def of(self, revision: Revision, words: str, *, most: int = MOST) -> Passages:
        """Where the words stand, by likeness where they stand nowhere; none of no words."""
        query = read_query(words, self._words.synonyms()).tree
        if isinstance(query, Everything):
            return Passages((), 0)
        pages = list(searched_pages(self._kinds.of(revision), revision, self._texts.of(revision)))
        found = [each for page in pages for each in self._in(page, query, relaxed=False)]
        found = found or [each for page in pages for each in self._in(page, query, relaxed=True)]
        return told(found, most=most)

    def _in(self, page: IndexedPage, query: Query, *, relaxed: bool) -> Iterator[Group]:
        spans = self._highlighter.spans(page.text, query, field=None, relaxed=relaxed)
        return ((page, group) for group in _groups(page, spans))


def told(found: Sequence[Group], *, most: int) -> Passages:
    """The first so many as passages; of the others only the places are counted."""
    spans: dict[tuple[str, int | None], list[Span]] = {}
    for page, group in found:
        spans.setdefault((page.part, page.page), []).extend(group)
    matches = tuple(
        _match(page, group, spans[page.part, page.page]) for page, group in found[:most]
    )
    more = any(len(each) >= MOST_PLACES for each in spans.values())
    places = sum(map(len, spans.values()))
    return Passages(matches, places, cut=more or len(found) > most, more=more)


def _match(page: IndexedPage, group: Sequence[Span], on_page: Sequence[Span]) -> Match:
    match = match_on(page, snippet(page.text, group, width=WIDTH))
    begin, end = quotation(page.text, group, lines_end=page.page is None)
    match = replace(match, quote=flowing(page.text[begin:end]))
    if not match.sheet:
        return match
    named = sum(span.start <= len(match.sheet) for span in on_page)
    nth = on_page.index(group[0]) - named
    return replace(match, nth=nth, places=len(on_page) - named)


def _groups(page: IndexedPage, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Neighbours that one passage shows; of a sheet those of one row."""
    is_sheet = bool(sheet_name(page.part, page.page, page.text))
    group: list[Span] = []
    for span in spans:
        far = group and span.end > group[0].start + _JOINED
        if far or (is_sheet and group and ROW_ENDS in page.text[group[-1].end : span.start]):
            yield group
            group = []
        group.append(span)
    if group:
        yield group
