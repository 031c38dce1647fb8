"""Where words stand in the files of a record: on which page, in which row (SS-03)."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from records.ports.highlighter import Highlighter
from records.preview import BETWEEN_CELLS, RowWords
from records.queries.language import read_query
from records.queries.query import Everything, Query, Words
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


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed to be looked for within a file: no operators, no synonyms.

    Without punctuation it is one word or phrase and stands where the search would find it: `5年`
    does not stand in `2015年`. With punctuation it is looked for sign by sign: `C++` stands in
    `MFC++`, not in `C`.
    """

    text: str


Sought = str | Typed
"""What is looked for in a file: words as a query, or as they were typed within the file."""


@dataclass(frozen=True, slots=True)
class TableWords:
    """The texts of all rows as one, in which no word runs across two, and where each begins."""

    text: str
    starts: Sequence[int]
    rows: Sequence[tuple[int, int]]
    """Of each its number of the sheet and of the row."""
    cut: bool

    @classmethod
    def of(cls, given: RowWords) -> Self:
        """What the previewer gave, made ready to be looked through."""
        lengths = (len(text) + len(BETWEEN_CELLS) for _, _, text in given.rows[:-1])
        return cls(
            BETWEEN_CELLS.join(text for _, _, text in given.rows),
            list(accumulate(lengths, initial=0)),
            [(sheet, row) for sheet, row, _ in given.rows],
            given.cut,
        )

    def cells(self, sheet: int, row: int) -> tuple[str, ...]:
        """The texts of the cells of a row that have any, in order; none where it has none."""
        at = bisect_left(self.rows, (sheet, row))
        if at == len(self.rows) or self.rows[at] != (sheet, row):
            return ()
        end = self.starts[at + 1] if at + 1 < len(self.rows) else len(self.text)
        return tuple(each for each in self.text[self.starts[at] : end].split(BETWEEN_CELLS) if each)


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

    def read(self, words: Sought) -> Query | Typed:
        """Words as a query, in which one outside quotes stands for its synonyms too."""
        if isinstance(words, str):
            return read_query(words, self._words.synonyms()).tree
        if not words.text.strip():
            return Everything()
        return words if _has_punctuation(words.text) else Words(words.text)

    def spans(self, text: str, words: Sought | Query, *, most: int = MOST) -> tuple[Span, ...]:
        """The places of the words in a text, in order and without overlap."""
        query = self.read(words) if isinstance(words, str | Typed) else words
        if isinstance(query, Everything) or not text:
            return ()
        if isinstance(query, Typed):
            return tuple(self._highlighter.literal(text, query.text, most=most))
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

    def pages(self, revision: Revision, file: FileVersion, words: Sought) -> dict[int, int]:
        """Pages of the file itself on which the words stand, in order, each with how often."""
        query = self.read(words)
        kept = self.extracted(revision, file)
        if kept is None or isinstance(query, Everything):
            return {}
        pages = (page for page in file_pages(file, kept) if page.part == file.name and page.page)
        counted = {page.page or 0: len(self.spans(page.text, query)) for page in pages}
        return {page: count for page, count in counted.items() if count}

    def parts(self, kept: ExtractedText, words: Sought) -> list[tuple[ContainedPart, int]]:
        """What a file holds, each part with how often the words stand in it."""
        query = self.read(words)
        return [
            (part, 0 if isinstance(query, Everything) else self._count(part, query))
            for part in kept.parts
            if part.path
        ]

    def rows(self, table: TableWords, words: Sought) -> RowPlaces:
        """Rows of a table in which the words stand."""
        query = self.read(words)
        if isinstance(query, Everything):
            return RowPlaces({})
        at = Counter(
            bisect_right(table.starts, span.start) - 1 for span in self.spans(table.text, query)
        )
        return RowPlaces({table.rows[n]: count for n, count in sorted(at.items())}, table.cut)

    def _count(self, part: ContainedPart, query: Query | Typed) -> int:
        return len(self.spans(text_of(part), query))


def _has_punctuation(text: str) -> bool:
    return any(unicodedata.category(sign)[0] in "PS" for sign in text)


def text_of(part: ContainedPart) -> str:
    """The text of a part of a file, without what tracked changes took out."""
    pages = (page.text for page in part.pages if page.text and not page.deleted)
    return "\n\n".join(pages)[:MOST_CHARACTERS]
