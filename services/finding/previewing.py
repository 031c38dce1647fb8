"""Shows files in the page: decided like any reading, drawn by the previewer, marked (SS-03)."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

from records.errors import Invalid
from records.identity import Sha256
from records.ports.file_shelf import FileShelf
from records.ports.previewer import Previewer
from records.preview import Mark, Outline, PageView, Picture, Sheet, Written, marks
from records.queries.query import Everything
from records.revision import FileVersion, Revision
from services.finding.drawings import Drawings
from services.finding.file_words import FileWords, RowPlaces, Sought, TableWords
from services.scanning.scan_desk import ScanDesk
from services.scanning.scan_state import ScanState

_REMEMBERED_PAGES = 24
"""Drawn pages kept: the page asks for the text first and for the picture a moment later."""

_REMEMBERED_OUTLINES = 1_000

_REMEMBERED_THUMBNAILS = 1_000

_THUMBNAIL_BYTES = 64 << 10
"""A larger one is drawn each time; 64 MiB are kept at most, some 8 in practice."""

_REMEMBERED_TABLES = 4
"""Tables whose words are kept; each up to 200,000 cells."""

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


class FileDisplay:
    """Draws files. The caller has been let in by `RecordOpener`, which gave the revision."""

    def __init__(
        self,
        shelf: FileShelf,
        previewer: Previewer,
        words: FileWords,
        drawings: Drawings,
        *,
        scans: ScanDesk,
    ) -> None:
        self._shelf = shelf
        self._previewer = previewer
        self.words = words
        """Where words stand in what is shown."""
        self._drawings = drawings
        self._scans = scans
        self._pages: OrderedDict[_Key, PageView] = OrderedDict()
        self._outlines: OrderedDict[_Key, Outline] = OrderedDict()
        self._thumbnails: OrderedDict[_Key, Picture] = OrderedDict()
        self._rows: OrderedDict[_Key, TableWords] = OrderedDict()
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
        words: Sought = "",
        patience_s: float = PATIENCE_S,
    ) -> MarkedPage:
        """One page with its marks.

        Raises NotFound (``no_page``), Invalid; Unavailable and Refused (``too_many_at_once``) too
        where no worker is free within the patience.
        """
        view = self.page_picture(revision, file, page=page, patience_s=patience_s)
        return self._marked(revision, file, page, view, words)

    def page_picture(
        self, revision: Revision, file: FileVersion, *, page: int, patience_s: float
    ) -> PageView:
        """One page as it is drawn, without what was recognised on it. Raises as `page`."""
        key = _key("page", file, page)
        with self._lock:
            view = self._pages.get(key)
        if view is None:

            def draw(path: Path, *, name: str) -> PageView:
                return self._previewer.page(path, name=name, page=page)

            view = self._drawn(key, revision, file, draw, patience_s=patience_s)
            self._keep(self._pages, key, view, most=_REMEMBERED_PAGES)
        return view

    def picture_page(self, revision: Revision, file: FileVersion, *, words: Sought) -> MarkedPage:
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

    def captions(self, revision: Revision, file: FileVersion) -> dict[int, str]:
        """What was recognised on the pictures within a document or slides, by their numbers."""
        return self._scans.captions(revision, file)

    def _marked(
        self, revision: Revision, file: FileVersion, page: int, view: PageView, words: Sought
    ) -> MarkedPage:
        """A page with what was recognised on it, behind the text that it has."""
        lines = self._scans.lines(revision, file, page, width=view.width, height=view.height)
        if lines:
            view = view.model_copy(update={"lines": (*view.lines, *lines)})
        found = marks(view, self.words.spans(view.text, words))
        return MarkedPage(view, found, is_recognised=bool(lines))

    def written(self, revision: Revision, file: FileVersion, *, changes: bool = False) -> Written:
        """A document, mail or slides as text. Raises Invalid, Unavailable, Refused."""

        def draw(path: Path, *, name: str) -> Written:
            return self._previewer.written(path, name=name, changes=changes)

        return self._drawn(_key("written", file, int(changes)), revision, file, draw)

    def table(self, revision: Revision, file: FileVersion, *, sheet: int, first_row: int) -> Sheet:
        """Rows of a sheet. Raises NotFound (``no_sheet``), Invalid, Unavailable, Refused."""

        def draw(path: Path, *, name: str) -> Sheet:
            return self._previewer.table(path, name=name, sheet=sheet, first_row=first_row)

        return self._drawn(_key("table", file, sheet, first_row), revision, file, draw)

    def picture(self, revision: Revision, file: FileVersion, *, turns: int = 0) -> Picture:
        """A picture made anew, turned by quarters. Raises Invalid, Unavailable, Refused."""

        def draw(path: Path, *, name: str) -> Picture:
            return self._previewer.picture(path, name=name, turns=turns)

        key = _key("picture", file, turns)
        return self._drawn(key, revision, file, draw, patience_s=PICTURE_PATIENCE_S)

    def thumbnail(self, revision: Revision, file: FileVersion, *, page: int) -> Picture:
        """A page or picture in small. Raises NotFound, Invalid, Unavailable, Refused."""
        key = _key("thumbnail", file, page)
        with self._lock:
            known = self._thumbnails.get(key)
        if known is not None:
            return known

        def draw(path: Path, *, name: str) -> Picture:
            return self._previewer.thumbnail(path, name=name, page=page)

        drawn = self._drawn(key, revision, file, draw, patience_s=PICTURE_PATIENCE_S)
        if len(drawn.body) <= _THUMBNAIL_BYTES:
            self._keep(self._thumbnails, key, drawn, most=_REMEMBERED_THUMBNAILS)
        return drawn

    def rows(self, revision: Revision, file: FileVersion, words: Sought) -> RowPlaces:
        """Rows of a table in which the words stand, as far as it can be looked through.

        Raises Unavailable, Refused.
        """
        if isinstance(self.words.read(words), Everything):
            return RowPlaces({})
        try:
            return self.words.rows(self._table_words(revision, file), words)
        except Invalid:
            return RowPlaces({}, cut=True)  # it is shown all the same, row by row

    def cells(
        self, revision: Revision, file: FileVersion, *, sheet: int, row: int
    ) -> tuple[str, ...]:
        """The texts of one row of a table, none of one that was not looked through.

        Raises Unavailable, Refused.
        """
        try:
            return self._table_words(revision, file).cells(sheet, row)
        except Invalid:
            return ()

    def _table_words(self, revision: Revision, file: FileVersion) -> TableWords:
        key = _key("words", file)
        with self._lock:
            given = self._rows.get(key)
        if given is None:
            given = TableWords.of(self._drawn(key, revision, file, self._previewer.words))
            self._keep(self._rows, key, given, most=_REMEMBERED_TABLES)
        return given

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
