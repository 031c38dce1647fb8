"""Puts together what shows files in the page."""

from contextlib import ExitStack

from documents.preview.embedded_previewer import EmbeddedPreviewer
from indexers.extraction.embedded_member_reader import EmbeddedMemberReader
from records.ports.file_shelf import FileShelf
from records.ports.highlighter import Highlighter
from services.after_commit.texts import Texts
from services.finding.drawings import Drawings, is_wanted
from services.finding.file_words import FileWords
from services.finding.members import MemberFetcher
from services.finding.previewing import FileDisplay
from services.scanning.scan_desk import ScanDesk
from services.searching.word_book import WordBook
from wenshu.settings import Settings

FEWEST = 2
"""Workers that draw: one person never has all of them, so there is always one for others."""


def previewing(
    settings: Settings,
    stack: ExitStack,
    shelf: FileShelf,
    texts: Texts,
    highlighter: Highlighter,
    *,
    words: WordBook,
    scans: ScanDesk,
) -> FileDisplay:
    """The use case over workers of its own, which `stack` closes."""
    workers = max(FEWEST, settings.workers)
    previewer = EmbeddedPreviewer(workers=workers, wanted=is_wanted)
    stack.callback(previewer.close)
    found = FileWords(texts, highlighter, words)
    return FileDisplay(shelf, previewer, found, Drawings.by(workers), scans=scans)


def member_fetcher(
    settings: Settings, stack: ExitStack, shelf: FileShelf, texts: Texts
) -> MemberFetcher:
    """Takes members out in workers of its own, which `stack` closes."""
    reader = EmbeddedMemberReader(workers=FEWEST, wanted=is_wanted)
    stack.callback(reader.close)
    return MemberFetcher(shelf, texts, reader, Drawings.by(FEWEST), folder=settings.staging)
