"""In a worker: one member of a container as it is, by the path that extraction gave it."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from indexers.extraction.file_type import Route, file_type
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.reading import Budget, Reading, Unreadable
from indexers.extraction.router import Readers
from indexers.extraction.unpacking import MadeFiles, display_name, unique_path

_PIECE_BYTES = 1 << 20
_NEVER_OPENED = frozenset({Route.FOREIGN, Route.NONE, Route.PICTURE, Route.TEXT})
"""What holds no member that a reader here unpacks."""


class MemberTaker:
    """Walks through a file as `router.Router` does, and opens only what lies on the way.

    It answers with one JSON object, ``{"size_bytes", "sha256"}`` or ``{"why"}``, and after the
    first of these with the bytes.
    """

    def __init__(
        self,
        readers: Readers,
        send: Callable[[bytes], None],
        files: MadeFiles,
        limits: ReadingLimits,
        budget: Budget,
    ) -> None:
        self._readers = readers
        self._send = send
        self._files = files
        self._limits = limits
        self._budget = budget
        self._paths: set[str] = set()
        self._wanted = ""
        self._why = "missing"

    def take(self, path: Path, name: str, wanted: str) -> None:
        """Send the member whose path is `wanted`."""
        self._wanted = wanted
        try:
            self._open(path, display_name(name), at="", depth=0)
        except _Ended as ended:
            if ended.why is None:
                return
            self._why = ended.why
        self._send(json.dumps({"why": self._why}).encode())

    def member(self, inside: Reading, name: str, path: Path) -> None:
        """As `Containing` says: the one that is wanted, or one that may hold it."""
        try:
            self._budget.parts_left -= 1
            place = unique_path(inside.part, name, self._paths)
            if place == self._wanted:
                self._give(path)
                raise _Ended
            if self._wanted.startswith(f"{place}/"):
                self._open(path, name, at=place, depth=inside.depth + 1)
        finally:
            path.unlink(missing_ok=True)

    def unread(
        self,
        inside: Reading,
        name: str,
        size_bytes: int,  # noqa: ARG002 - as `Containing` has it
        told: Unreadable,
        *,
        skipped: bool,  # noqa: ARG002
    ) -> None:
        """As `Containing` says: what is wanted is never to be had."""
        self._budget.parts_left -= 1
        if unique_path(inside.part, name, self._paths) == self._wanted:
            raise _Ended(told.reason)

    def new_file(self, suffix: str) -> Path:
        """As `Containing` says."""
        return self._files.new(suffix)

    def _open(self, path: Path, name: str, *, at: str, depth: int) -> None:
        if depth > self._limits.depth:
            raise _Ended("nesting")
        found = file_type(path, name)
        if found.route in _NEVER_OPENED:
            return
        reading = Reading(
            path,
            name=name,
            part=at,
            suffix=found.suffix,
            depth=depth,
            limits=self._limits,
            budget=self._budget,
            containing=self,
            write=_unheard,
        )
        try:
            self._readers.by_route[found.route](reading)
        except Unreadable as told:
            self._why = told.reason
        except RecursionError:
            self._why = "nesting"
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a hostile file makes a parser raise anything
            self._why = "parse"

    def _give(self, path: Path) -> None:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            told = {"size_bytes": path.stat().st_size, "sha256": digest}
            self._send(json.dumps(told).encode())
            stream.seek(0)
            while piece := stream.read(_PIECE_BYTES):
                self._send(piece)


class _Ended(BaseException):
    """The walk is over, through whatever catches errors of parsers: sent, or never to be had."""

    def __init__(self, why: str | None = None) -> None:
        super().__init__(why)
        self.why = why


def _unheard(text: str, *, page: int | None, deleted: bool) -> None:
    """Text on the way to a member is nobody's."""
