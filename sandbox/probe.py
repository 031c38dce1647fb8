"""A worker that does nothing: what is in force in it is in force in the others."""

from sandbox.child import Piece, serve
from sandbox.confinement import Confinement
from sandbox.limits import Limits
from sandbox.worker_process import WorkerProcess


def look() -> Confinement:
    """How workers are confined on this machine. Raises Unavailable when none can be started."""
    worker = WorkerProcess("sandbox.probe", Limits())
    worker.stop()
    return worker.confinement


def _answer(_request: bytes, _piece: Piece) -> None:
    """Nothing is asked."""


if __name__ == "__main__":
    serve(_answer)
