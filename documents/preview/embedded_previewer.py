"""Previews without a server: files are drawn in worker processes of our own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from documents.file_workers import FileWorkers, believed
from records.errors import Invalid
from records.preview import Outline, PageView, Picture, PreviewKind, RowWords, Sheet, Written
from sandbox.limits import Limits

_WORKER = "documents.preview.worker"
_WALL_S = 20.0
_Told = TypeVar("_Told", bound=BaseModel)


class EmbeddedPreviewer:
    """Draws files in worker processes; see `records.ports.previewer.Previewer`.

    Never in the server: pdfium dies when two threads enter it, and files are not to be trusted.
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        limits: Limits | None = None,
        wall_s: float = _WALL_S,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """`wanted` tells the thread that asks whether anybody waits for its drawing."""
        self._workers = FileWorkers(
            _WORKER, workers=workers, wall_s=wall_s, limits=limits, wanted=wanted
        )

    def outline(self, path: Path, *, name: str) -> Outline:
        """As the port says."""
        try:
            told, _ = self._workers.ask("outline", path, name=name)
            return Outline.model_validate(told["outline"])
        except Invalid as error:
            why = str(error.facts.get("why", "parse"))
            return Outline(kind=PreviewKind.NONE, pages=0, reason=why)
        except (ValueError, LookupError):
            return Outline(kind=PreviewKind.NONE, pages=0, reason="crash")

    def page(self, path: Path, *, name: str, page: int) -> PageView:
        """As the port says."""
        told, picture = self._workers.ask("page", path, name=name, page=page)
        return believed(PageView, told.get("view"), picture=picture)

    def written(self, path: Path, *, name: str, changes: bool = False) -> Written:
        """As the port says."""
        _, body = self._workers.ask("written", path, name=name, changes=changes)
        return _read(Written, body)

    def table(self, path: Path, *, name: str, sheet: int, first_row: int) -> Sheet:
        """As the port says."""
        told, _ = self._workers.ask("table", path, name=name, sheet=sheet, first_row=first_row)
        return believed(Sheet, told.get("sheet"))

    def words(self, path: Path, *, name: str) -> RowWords:
        """As the port says."""
        _, body = self._workers.ask("words", path, name=name)
        return _read(RowWords, body)

    def picture(self, path: Path, *, name: str, turns: int = 0) -> Picture:
        """As the port says."""
        told, body = self._workers.ask("picture", path, name=name, turns=turns)
        return believed(Picture, told.get("picture"), body=body)

    def thumbnail(self, path: Path, *, name: str, page: int) -> Picture:
        """As the port says."""
        told, body = self._workers.ask("thumbnail", path, name=name, page=page)
        return believed(Picture, told.get("picture"), body=body)

    def close(self) -> None:
        """As the port says."""
        self._workers.close()


def _read(kind: type[_Told], body: bytes) -> _Told:
    """A long answer of a worker as the type it should have. Raises Invalid (``unreadable``)."""
    try:
        return kind.model_validate_json(body)
    except ValueError as error:
        raise Invalid("unreadable", why="crash") from error
