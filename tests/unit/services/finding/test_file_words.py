"""Words are looked for in the rows that were given, however often a table is read."""

from collections.abc import Iterator

import pytest

from indexers.analysis import Analyser, Fold
from indexers.analysis.outline import Outlines
from indexers.highlighter import OutlineHighlighter
from records.preview import RowWords
from services.after_commit.texts import Texts
from services.finding.file_words import FileWords, RowPlaces, TableWords, Typed
from services.searching.word_book import WordBook
from storage.chains import StoredChains
from storage.file_shelf import StoredFileShelf
from storage.memory_store import MemoryObjectStore
from tests.unit.services.after_commit.test_texts import NO_SCANS, VERSION, NoExtractor


@pytest.fixture
def words() -> Iterator[FileWords]:
    store, analyser = MemoryObjectStore(), Analyser(Fold.load())
    shelf = StoredFileShelf(store, extractor_version=VERSION, local_path=None)
    texts = Texts(shelf, NoExtractor(), completion=NO_SCANS, workers=1, at_once=1)
    highlighter = OutlineHighlighter(analyser, Outlines(analyser.folding))
    yield FileWords(texts, highlighter, WordBook(StoredChains(store), analyser.fold))
    texts.close()


def table(rows: int, *, cut: bool = False) -> TableWords:
    given = ((1, 2 * row, "甲乙，甲") for row in range(1, rows + 1))
    return TableWords.of(RowWords(rows=tuple(given), cut=cut))


@pytest.mark.feature("SS-03")
def test_a_table_that_is_read_again_in_part_is_looked_through_as_it_is(words: FileWords) -> None:
    assert words.rows(table(3), "甲") == RowPlaces({(1, 2): 2, (1, 4): 2, (1, 6): 2})
    assert words.rows(table(1, cut=True), "甲") == RowPlaces({(1, 2): 2}, cut=True)
    assert words.rows(table(2), Typed("，甲")) == RowPlaces({(1, 2): 1, (1, 4): 1})
    assert words.rows(table(2), Typed("甲甲")) == RowPlaces({})
    assert words.rows(table(0), "甲") == RowPlaces({})
