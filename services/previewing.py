"""Shows files in the page: decided like any reading, drawn by the previewer, marked (SS-03)."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from records.identity import RecordId, Sha256
from records.ports.file_shelf import FileShelf
from records.ports.highlighter import Highlighter
from records.ports.previewer import Previewer
from records.preview import Mark, Outline, PageView, Picture, Sheet, marks
from records.query import Everything, Query
from records.query_language import read_query
from records.revision import FileVersion, Revision
from records.search import Span
from records.text import ExtractionStatus
from services.documents import file_pages
from services.texts import Texts

_REMEMBERED_PAGES = 24
"""Drawn pages kept: the page asks for the text first and for the picture a moment later."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page and the places of the words on it."""

    view: PageView
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text that extraction kept, and the places of the words in it."""

    text: str
    spans: tuple[Span, ...]


class Previewing:
    """Draws files. The caller has been let in by services.browse, which gave the revision."""

    def __init__(
        self, shelf: FileShelf, previewer: Previewer, texts: Texts, highlighter: Highlighter
    ) -> None:
        self._shelf = shelf
        self._previewer = previewer
        self._texts = texts
        self._highlighter = highlighter
        self._recent: OrderedDict[tuple[RecordId, Sha256, int], PageView] = OrderedDict()
        self._lock = threading.Lock()

    def outline(self, revision: Revision, file: FileVersion) -> Outline:
        """How the file can be shown, and how much of it there is."""
        with self._local(revision, file) as path:
            return self._previewer.outline(path, name=file.name)

    def page(
        self, revision: Revision, file: FileVersion, *, page: int, words: str = ""
    ) -> MarkedPage:
        """One page with its marks. Raises NotFound (``no_page``), Invalid, Unavailable."""
        key = (revision.record, file.sha256, page)
        with self._lock:
            view = self._recent.get(key)
        if view is None:
            with self._local(revision, file) as path:
                view = self._previewer.page(path, name=file.name, page=page)
            with self._lock:
                self._recent[key] = view
                while len(self._recent) > _REMEMBERED_PAGES:
                    self._recent.popitem(last=False)
        return MarkedPage(view, marks(view, self._spans(view.text, read_query(words).tree)))

    def html(self, revision: Revision, file: FileVersion) -> str:
        """An office document as clean HTML. Raises Invalid, Unavailable."""
        with self._local(revision, file) as path:
            return self._previewer.html(path, name=file.name)

    def table(self, revision: Revision, file: FileVersion, *, sheet: int, first_row: int) -> Sheet:
        """Rows of a sheet. Raises NotFound (``no_sheet``), Invalid, Unavailable."""
        with self._local(revision, file) as path:
            return self._previewer.table(path, name=file.name, sheet=sheet, first_row=first_row)

    def picture(self, revision: Revision, file: FileVersion) -> Picture:
        """A picture made anew. Raises Invalid, Unavailable."""
        with self._local(revision, file) as path:
            return self._previewer.picture(path, name=file.name)

    def text(
        self, revision: Revision, file: FileVersion, *, words: str, limit: int
    ) -> MarkedText | None:
        """The text that was extracted, up to `limit` characters; None while there is none."""
        kept = self._texts.kept(revision.record, file.sha256)
        if kept is None:
            return None
        whole = "\n\n".join(page.text for page in file_pages(file, kept) if page.text)[:limit]
        return MarkedText(whole, self._spans(whole, read_query(words).tree))

    def status(self, revision: Revision, file: FileVersion) -> ExtractionStatus | None:
        """What became of the text of the file; None while it has not been read."""
        kept = self._texts.kept(revision.record, file.sha256)
        return kept.status if kept else None

    def cells(self, texts: list[str], words: str) -> list[tuple[Span, ...]]:
        """The places of the words in each of some short texts."""
        query = read_query(words).tree
        return [self._spans(text, query) for text in texts]

    def hit_pages(self, revision: Revision, file: FileVersion, words: str) -> tuple[int, ...]:
        """Numbers of the pages of the file itself on which the words stand, in order."""
        query = read_query(words).tree
        kept = self._texts.kept(revision.record, file.sha256)
        if kept is None or isinstance(query, Everything):
            return ()
        return tuple(
            page.page
            for page in file_pages(file, kept)
            if page.part == file.name and page.page is not None and self._spans(page.text, query)
        )

    def _spans(self, text: str, query: Query) -> tuple[Span, ...]:
        if isinstance(query, Everything) or not text:
            return ()
        return tuple(self._highlighter.spans(text, query, field=None, relaxed=False))

    @contextmanager
    def _local(self, revision: Revision, file: FileVersion) -> Iterator[Path]:
        with self._shelf.local(revision.record, file.sha256) as path:
            yield path
