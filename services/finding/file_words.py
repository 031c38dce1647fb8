"""Where words stand in the files of a record: on which page, in which row (SS-03)."""

import threading
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from records.identity import Sha256
from records.ports.highlighter import Highlighter
from records.preview import BETWEEN_CELLS, RowWords
from records.queries.language import read_query
from records.queries.query import Everything, Query
from records.queries.search import Span
from records.revision import FileVersion, Revision
from records.text import ContainedPart, ExtractedText
from services.after_commit.documents import file_pages
from services.after_commit.texts import Texts
from services.searching.word_book import WordBook

MOST = 50_000
"""Places of one word in one file that are counted."""

MOST_CHARACTERS = 4_000_000
"""Of a text that is shown and looked through, some 20 pieces."""

_REMEMBERED = 4


def exactly(text: str) -> str:
    """What is typed to be looked for within a file, as a query: letter by letter."""
    plain = text.translate(dict.fromkeys(map(ord, '"“”'))).strip()
    return f'"{plain}"' if plain else ""


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """How often the words stand in each row: by number of the sheet and of the row, in order."""

    counts: Mapping[tuple[int, int], int]
    cut: bool = False
    """Whether there are rows that were not looked through."""


class FileWords:
    """Looks for words in texts of files that their reader has opened."""

    def __init__(self, texts: Texts, highlighter: Highlighter, words: WordBook) -> None:
        self._texts = texts
        self._highlighter = highlighter
        self._words = words
        self._joined: OrderedDict[Sha256, tuple[str, Sequence[int]]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, words: str) -> Query:
        """Words as a query; a word outside quotes stands for its synonyms too."""
        return read_query(words, self._words.synonyms()).tree

    def spans(self, text: str, words: str | Query, *, most: int = MOST) -> tuple[Span, ...]:
        """The places of the words in a text, in order and without overlap."""
        query = self.read(words) if isinstance(words, str) else words
        if isinstance(query, Everything) or not text:
            return ()
        return tuple(self._highlighter.spans(text, query, field=None, relaxed=False, most=most))

    def cells(self, texts: Sequence[str], words: str) -> list[tuple[Span, ...]]:
        """The places of the words in each of some short texts."""
        query = self.read(words)
        return [self.spans(text, query) for text in texts]

    def extracted(self, revision: Revision, file: FileVersion) -> ExtractedText | None:
        """The text of the file and what became of it; None while it has not been read."""
        return self._texts.kept(revision.record, file.sha256)

    def text(self, revision: Revision, file: FileVersion) -> str | None:
        """The text of a file with all it holds, up to `MOST_CHARACTERS`; None while not read."""
        kept = self.extracted(revision, file)
        if kept is None:
            return None
        pages = (page.text for page in file_pages(file, kept) if page.text)
        return "\n\n".join(pages)[:MOST_CHARACTERS]

    def pages(self, revision: Revision, file: FileVersion, words: str) -> dict[int, int]:
        """Pages of the file itself on which the words stand, in order, each with how often."""
        query = self.read(words)
        kept = self.extracted(revision, file)
        if kept is None or isinstance(query, Everything):
            return {}
        pages = (page for page in file_pages(file, kept) if page.part == file.name and page.page)
        counted = {page.page or 0: len(self.spans(page.text, query)) for page in pages}
        return {page: count for page, count in counted.items() if count}

    def parts(self, kept: ExtractedText, words: str) -> list[tuple[ContainedPart, int]]:
        """What a file holds, each part with how often the words stand in it."""
        query = self.read(words)
        return [
            (part, 0 if isinstance(query, Everything) else self._count(part, query))
            for part in kept.parts
            if part.path
        ]

    def rows(self, sha256: Sha256, given: RowWords, words: str) -> RowPlaces:
        """Rows of a table in which the words stand."""
        query = self.read(words)
        if isinstance(query, Everything):
            return RowPlaces({})
        with self._lock:
            known = self._joined.get(sha256)
        if known is None:
            known = _joined(given)
            with self._lock:
                self._joined[sha256] = known
                while len(self._joined) > _REMEMBERED:
                    self._joined.popitem(last=False)
        text, starts = known
        at = Counter(
            bisect_right(starts, span.start) - 1 for span in self.spans(text, query, most=MOST)
        )
        counts = {given.rows[n][:2]: count for n, count in sorted(at.items())}
        return RowPlaces(counts, given.cut)

    def _count(self, part: ContainedPart, query: Query) -> int:
        return len(self.spans(text_of(part), query))


def text_of(part: ContainedPart) -> str:
    """The text of a part of a file, without what tracked changes took out."""
    pages = (page.text for page in part.pages if page.text and not page.deleted)
    return "\n\n".join(pages)[:MOST_CHARACTERS]


def _joined(given: RowWords) -> tuple[str, Sequence[int]]:
    """The texts of all rows as one, in which no word runs across two, and where each begins."""
    starts: list[int] = []
    at = 0
    for _, _, text in given.rows:
        starts.append(at)
        at += len(text) + 1
    return BETWEEN_CELLS.join(text for _, _, text in given.rows), starts
