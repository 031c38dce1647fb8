"""Asks worker processes about one file each: a request, one JSON answer, then bytes.

What comes out of a worker is bounded and checked: a file may have taken it over.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from records.errors import Invalid, NotFound
from sandbox.limits import Limits
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending

_Model = TypeVar("_Model", bound=BaseModel)
_ANSWER_BYTES = 64 << 20
_WHY = {
    Ending.ERROR: "parse",
    Ending.CRASH: "crash",
    Ending.MEMORY: "memory",
    Ending.TIMEOUT: "timeout",
    Ending.FLOOD: "too_large",
    Ending.UNWANTED: "unwanted",
}


class FileWorkers:
    """Worker processes of one module whose `answer` is `documents.answering.answered`."""

    def __init__(
        self,
        module: str,
        *,
        workers: int,
        wall_s: float,
        limits: Limits | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """`wanted` tells the thread that asks whether anybody waits for the answer."""
        self._wanted = wanted
        self._pool = WorkerPool(
            module, size=workers, limits=limits or Limits(cpu_s=30, answer_bytes=_ANSWER_BYTES)
        )
        self._wall_s = wall_s

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that live now."""
        return self._pool.pids

    def ask(self, do: str, path: Path, **asked: str | int) -> tuple[dict[str, Any], bytes]:
        """The answer and the bytes after it.

        Raises Invalid (``unreadable``, with ``why``) and NotFound (``no_page``, ``no_sheet``).
        """
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

    def close(self) -> None:
        """End the workers."""
        self._pool.close()

    def _try(self, request: bytes, path: Path) -> tuple[list[bytes], Ending]:
        pieces: list[bytes] = []
        ending = self._pool.ask(
            request, given=path, wall_s=self._wall_s, take=pieces.append, wanted=self._wanted
        )
        return pieces, ending


def believed(kind: type[_Model], told: Any, **body: bytes) -> _Model:
    """The worker's answer as the type it should have. Raises Invalid (``unreadable``)."""
    try:
        return kind.model_validate({**dict(told), **body})
    except (ValidationError, TypeError, ValueError) as error:
        raise Invalid("unreadable", why="crash") from error
