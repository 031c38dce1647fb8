"""Previews without a server: files are drawn in worker processes of our own."""

from collections.abc import Callable
from pathlib import Path

from documents.file_workers import FileWorkers, believed
from records.errors import Invalid
from records.preview import Outline, PageView, Picture, PreviewKind, RowWords, Sheet
from sandbox.limits import Limits

_WORKER = "documents.preview.worker"
_WALL_S = 20.0


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

    def html(self, path: Path, *, name: str) -> str:
        """As the port says."""
        _, body = self._workers.ask("html", path, name=name)
        return body.decode("utf-8", "replace")

    def table(self, path: Path, *, name: str, sheet: int, first_row: int) -> Sheet:
        """As the port says."""
        told, _ = self._workers.ask("table", path, name=name, sheet=sheet, first_row=first_row)
        return believed(Sheet, told.get("sheet"))

    def words(self, path: Path, *, name: str) -> RowWords:
        """As the port says."""
        _, body = self._workers.ask("words", path, name=name)
        try:
            return RowWords.model_validate_json(body)
        except ValueError as error:
            raise Invalid("unreadable", why="crash") from error

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
