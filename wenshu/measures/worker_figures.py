"""What the processes of a worker count, summed and told by the one above them.

Each process keeps its counters in a file of its own that it writes in place, and whoever asks reads
them all: a process that is killed loses nothing that it counted. Its successor takes its place in
the pool and counts on in its file, so there are never more files than places. There are no gauges
among them, so none can tell of a process that is gone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from billiard.process import current_process
from prometheus_client import CollectorRegistry, start_http_server, values
from prometheus_client.multiprocess import MultiProcessCollector

from records.errors import Invalid

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def told_at(host: str, port: int) -> Iterator[None]:
    """Answer ``GET http://host:port/metrics`` for the time of the context.

    Counters that are made within it, here or in processes that are forked off, are told. The folder
    of their files is new and this worker's own. Raises Invalid (``port_unusable``).
    """
    with TemporaryDirectory(prefix="wenshu-figures-") as folder:
        _count_in(Path(folder))
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]  # no annotations
        try:
            server, thread = start_http_server(port, addr=host, registry=registry)
        except (OSError, OverflowError) as error:
            raise Invalid("port_unusable", address=f"{host}:{port}") from error
        # A child that outlives this process must not keep the port from the next worker.
        os.register_at_fork(after_in_child=server.socket.close)
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _count_in(folder: Path) -> None:
    """Have counters that are made from now on live in files of that folder, one for each place.

    The library chooses when it is imported, by the variable; later it is told in this way.
    """
    os.environ[FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue(_place)  # type: ignore[no-untyped-call]  # no annotations


def _place() -> int | str:
    """The place of this process in the pool of its worker; no two that live have the same."""
    index = getattr(current_process(), "index", None)
    return "main" if index is None else int(index)
