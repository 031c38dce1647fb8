"""Recognition without a server: pages are read in a worker process of our own."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from documents.file_workers import FileWorkers, believed
from documents.scans.installed import model_folder
from records.errors import Unavailable
from records.scans import ScannedPage, ScanPlan
from sandbox.limits import Limits

_WORKER = "documents.scans.worker"
_WALL_S = 180.0
"""A page takes 3 to 6 s on a processor of its own; at low priority beside others it waits."""
_MIB = 1 << 20
_LIMITS = Limits(
    cpu_s=120,
    data_bytes=1_152 * _MIB,
    resident_bytes=1_229 * _MIB,
    recycle_resident_bytes=900 * _MIB,
    recycle_answers=500,
    answer_bytes=16 * _MIB,
)


class EmbeddedTextRecogniser:
    """See `records.ports.text_recogniser.TextRecogniser`."""

    def __init__(
        self, *, find: Callable[[], Path | None] = model_folder, wall_s: float = _WALL_S
    ) -> None:
        """`find` tells where the networks lie, None where they or their engine are missing."""
        self._folder = find()
        self._workers = FileWorkers(_WORKER, workers=1, wall_s=wall_s, limits=_LIMITS)

    @property
    def version(self) -> str | None:
        """As the port says."""
        if self._folder is None:
            return None
        try:
            return f"rapidocr-{version('rapidocr')}"
        except PackageNotFoundError:
            return None

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """Process ids of the workers that live now, for monitoring."""
        return self._workers.pids

    def plan(self, path: Path, *, name: str) -> ScanPlan:
        """As the port says."""
        told, _ = self._ask("plan", path, name=name, page=0)
        return believed(ScanPlan, told)

    def page(self, path: Path, *, name: str, page: int) -> ScannedPage:
        """As the port says."""
        told, _ = self._ask("page", path, name=name, page=page)
        return believed(ScannedPage, told)

    def close(self) -> None:
        """As the port says."""
        self._workers.close()

    def _ask(self, do: str, path: Path, *, name: str, page: int) -> tuple[object, bytes]:
        if self._folder is None:
            raise Unavailable("no_recogniser")
        told, body = self._workers.ask(do, path, name=name, page=page)
        return told.get(do), body
