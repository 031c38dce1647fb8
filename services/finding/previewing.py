"""Shows files in the page: decided like any reading, drawn by the previewer, marked (SS-03)."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

from records.identity import Sha256
from records.ports.file_shelf import FileShelf
from records.ports.highlighter import Highlighter
from records.ports.previewer import Previewer
from records.preview import Mark, Outline, PageView, Picture, Sheet, marks
from records.queries.language import read_query
from records.queries.query import Everything, Query
from records.queries.search import Span
from records.revision import FileVersion, Revision
from records.text import ExtractedText
from services.after_commit.documents import file_pages
from services.after_commit.texts import Texts
from services.finding.drawings import Drawings
from services.scanning.scan_desk import ScanDesk, ScanState
from services.searching.word_book import WordBook

_REMEMBERED_PAGES = 24
"""Drawn pages kept: the page asks for the text first and for the picture a moment later."""

_REMEMBERED_OUTLINES = 1_000

PATIENCE_S = 3.0
"""How long the page of a record waits for a worker before it shows itself without a preview."""

PICTURE_PATIENCE_S = 25.0
"""How long a picture waits: it comes beside the page, which can be read meanwhile."""

_Drawn = TypeVar("_Drawn")
_Key = tuple[str, Sha256, str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page and the places of the words on it."""

    view: PageView
    marks: tuple[Mark, ...]
    is_recognised: bool = False
    """Whether some of its text was recognised by machine."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text that extraction kept, and the places of the words in it."""

    text: str
    spans: tuple[Span, ...]


class FileDisplay:
    """Draws files. The caller has been let in by `RecordOpener`, which gave the revision."""

    def __init__(
        self,
        shelf: FileShelf,
        previewer: Previewer,
        texts: Texts,
        highlighter: Highlighter,
        drawings: Drawings,
        *,
        words: WordBook,
        scans: ScanDesk,
    ) -> None:
        self._shelf = shelf
        self._previewer = previewer
        self._texts = texts
        self._highlighter = highlighter
        self._drawings = drawings
        self._words = words
        self._scans = scans
        self._pages: OrderedDict[_Key, PageView] = OrderedDict()
        self._outlines: OrderedDict[_Key, Outline] = OrderedDict()
        self._lock = threading.Lock()

    def outline(self, revision: Revision, file: FileVersion) -> Outline:
        """How the file can be shown, and how much of it there is. Raises Unavailable, Refused."""
        key = _key("outline", file)
        with self._lock:
            known = self._outlines.get(key)
        if known is None:
            known = self._drawn(key, revision, file, self._previewer.outline)
            if known.reason != "unwanted":
                self._keep(self._outlines, key, known, most=_REMEMBERED_OUTLINES)
        return known

    def page(
        self,
        revision: Revision,
        file: FileVersion,
        *,
        page: int,
        words: str = "",
        patience_s: float = PATIENCE_S,
    ) -> MarkedPage:
        """One page with its marks.

        Raises NotFound (``no_page``), Invalid; Unavailable and Refused (``too_many_at_once``) too
        where no worker is free within the patience.
        """
        key = _key("page", file, page)
        with self._lock:
            view = self._pages.get(key)
        if view is None:

            def draw(path: Path, *, name: str) -> PageView:
                return self._previewer.page(path, name=name, page=page)

            view = self._drawn(key, revision, file, draw, patience_s=patience_s)
            self._keep(self._pages, key, view, most=_REMEMBERED_PAGES)
        return self._marked(revision, file, page, view, words)

    def picture_page(self, revision: Revision, file: FileVersion, *, words: str) -> MarkedPage:
        """A picture as a page with what was recognised on it and its marks. Raises as `picture`."""
        made = self.picture(revision, file)
        bare = PageView(
            picture=made.body,
            media_type=made.media_type,
            width=made.width,
            height=made.height,
            lines=(),
        )
        return self._marked(revision, file, 1, bare, words)

    def scanned(self, revision: Revision, file: FileVersion) -> ScanState | None:
        """How far the recognition of its pages is; None where there is nothing to recognise."""
        return self._scans.state(revision, file)

    def _marked(
        self, revision: Revision, file: FileVersion, page: int, view: PageView, words: str
    ) -> MarkedPage:
        """A page with what was recognised on it, behind the text that it has."""
        lines = self._scans.lines(revision, file, page, width=view.width, height=view.height)
        if lines:
            view = view.model_copy(update={"lines": (*view.lines, *lines)})
        found = marks(view, self._spans(view.text, self._read(words)))
        return MarkedPage(view, found, is_recognised=bool(lines))

    def html(self, revision: Revision, file: FileVersion) -> str:
        """An office document as clean HTML. Raises Invalid, Unavailable, Refused."""
        return self._drawn(_key("html", file), revision, file, self._previewer.html)

    def table(self, revision: Revision, file: FileVersion, *, sheet: int, first_row: int) -> Sheet:
        """Rows of a sheet. Raises NotFound (``no_sheet``), Invalid, Unavailable, Refused."""

        def draw(path: Path, *, name: str) -> Sheet:
            return self._previewer.table(path, name=name, sheet=sheet, first_row=first_row)

        return self._drawn(_key("table", file, sheet, first_row), revision, file, draw)

    def picture(self, revision: Revision, file: FileVersion) -> Picture:
        """A picture made anew. Raises Invalid, Unavailable, Refused."""
        key = _key("picture", file)
        return self._drawn(
            key, revision, file, self._previewer.picture, patience_s=PICTURE_PATIENCE_S
        )

    def text(
        self, revision: Revision, file: FileVersion, *, words: str, limit: int
    ) -> MarkedText | None:
        """The text that was extracted, up to `limit` characters; None while there is none."""
        kept = self._texts.kept(revision.record, file.sha256)
        if kept is None:
            return None
        whole = "\n\n".join(page.text for page in file_pages(file, kept) if page.text)[:limit]
        return MarkedText(whole, self._spans(whole, self._read(words)))

    def extracted(self, revision: Revision, file: FileVersion) -> ExtractedText | None:
        """The text of the file and what became of it; None while it has not been read."""
        return self._texts.kept(revision.record, file.sha256)

    def cells(self, texts: list[str], words: str) -> list[tuple[Span, ...]]:
        """The places of the words in each of some short texts."""
        query = self._read(words)
        return [self._spans(text, query) for text in texts]

    def places(self, revision: Revision, file: FileVersion, words: str) -> dict[int, int]:
        """Pages of the file itself on which the words stand, in order, each with how often."""
        query = self._read(words)
        kept = self._texts.kept(revision.record, file.sha256)
        if kept is None or isinstance(query, Everything):
            return {}
        pages = (page for page in file_pages(file, kept) if page.part == file.name and page.page)
        counted = {page.page or 0: len(self._spans(page.text, query)) for page in pages}
        return {page: count for page, count in counted.items() if count}

    def _read(self, words: str) -> Query:
        return read_query(words, self._words.synonyms()).tree

    def _spans(self, text: str, query: Query) -> tuple[Span, ...]:
        if isinstance(query, Everything) or not text:
            return ()
        return tuple(self._highlighter.spans(text, query, field=None, relaxed=False))

    def _drawn(
        self,
        key: _Key,
        revision: Revision,
        file: FileVersion,
        draw: Callable[..., _Drawn],
        *,
        patience_s: float = PATIENCE_S,
    ) -> _Drawn:
        """What the previewer makes of the bytes of the file, wherever else they are asked for."""

        def drawn() -> _Drawn:
            with self._shelf.local(revision.record, file.sha256) as path:
                return draw(path, name=file.name)

        return self._drawings.once(key, drawn, patience_s=patience_s)

    def _keep(
        self, kept: OrderedDict[_Key, _Drawn], key: _Key, drawn: _Drawn, *, most: int
    ) -> None:
        with self._lock:
            kept[key] = drawn
            while len(kept) > most:
                kept.popitem(last=False)


def _key(what: str, file: FileVersion, *place: int) -> _Key:
    """Content and the ending of its name decide what a drawing looks like, nothing else."""
    return what, file.sha256, PurePath(file.name).suffix.lower(), place
