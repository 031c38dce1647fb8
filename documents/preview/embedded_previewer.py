"""Previews without a server: files are drawn in worker processes of our own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from records.errors import Invalid, NotFound
from records.preview import Outline, PageView, Picture, PreviewKind, Sheet
from sandbox.limits import Limits
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending

_Model = TypeVar("_Model", bound=BaseModel)
_WORKER = "documents.preview.worker"
_WALL_S = 20.0
_ANSWER_BYTES = 64 << 20
_WHY = {
    Ending.ERROR: "parse",
    Ending.CRASH: "crash",
    Ending.MEMORY: "memory",
    Ending.TIMEOUT: "timeout",
    Ending.FLOOD: "too_large",
    Ending.UNWANTED: "unwanted",
}


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
        self._wanted = wanted
        self._pool = WorkerPool(
            _WORKER, size=workers, limits=limits or Limits(cpu_s=30, answer_bytes=_ANSWER_BYTES)
        )
        self._wall_s = wall_s

    def outline(self, path: Path, *, name: str) -> Outline:
        """As the port says."""
        try:
            told, _ = self._ask("outline", path, name=name)
            return Outline.model_validate(told["outline"])
        except Invalid as error:
            why = str(error.facts.get("why", "parse"))
            return Outline(kind=PreviewKind.NONE, pages=0, reason=why)
        except (ValueError, LookupError):
            return Outline(kind=PreviewKind.NONE, pages=0, reason="crash")

    def page(self, path: Path, *, name: str, page: int) -> PageView:
        """As the port says."""
        told, picture = self._ask("page", path, name=name, page=page)
        return _believed(PageView, told.get("view"), picture=picture)

    def html(self, path: Path, *, name: str) -> str:
        """As the port says."""
        _, body = self._ask("html", path, name=name)
        return body.decode("utf-8", "replace")

    def table(self, path: Path, *, name: str, sheet: int, first_row: int) -> Sheet:
        """As the port says."""
        told, _ = self._ask("table", path, name=name, sheet=sheet, first_row=first_row)
        return _believed(Sheet, told.get("sheet"))

    def picture(self, path: Path, *, name: str) -> Picture:
        """As the port says."""
        told, body = self._ask("picture", path, name=name)
        return _believed(Picture, told.get("picture"), body=body)

    def close(self) -> None:
        """As the port says."""
        self._pool.close()

    def _ask(self, do: str, path: Path, **asked: str | int) -> tuple[dict[str, Any], bytes]:
        request = json.dumps({"do": do, **asked}).encode()
        pieces, ending = self._try(request, path)
        if ending is Ending.CRASH:  # it may have died of an earlier file
            pieces, ending = self._try(request, path)
        if ending is not Ending.DONE or not pieces:
            raise Invalid("unreadable", why=_WHY.get(ending, "crash"))
        try:
            told = dict(json.loads(pieces[0]))
        except (ValueError, TypeError, RecursionError) as error:
            raise Invalid("unreadable", why="crash") from error
        if told.get("beyond"):
            raise NotFound("no_sheet" if do == "table" else "no_page")
        if "why" in told:
            raise Invalid("unreadable", why=str(told["why"]))
        return told, b"".join(pieces[1:])

    def _try(self, request: bytes, path: Path) -> tuple[list[bytes], Ending]:
        pieces: list[bytes] = []
        ending = self._pool.ask(
            request, given=path, wall_s=self._wall_s, take=pieces.append, wanted=self._wanted
        )
        return pieces, ending


def _believed(kind: type[_Model], told: Any, **body: bytes) -> _Model:
    """The worker's answer as the type it should have; a worker taken over may tell anything."""
    try:
        return kind.model_validate({**dict(told), **body})
    except (ValidationError, TypeError, ValueError) as error:
        raise Invalid("unreadable", why="crash") from error
