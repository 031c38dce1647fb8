"""Many processes on one index, some of them killed: nothing that was committed is missing."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path

from indexers.analysis import Analyser, Fold
from tests.elasticsearch_indexes import indexes, options
from tests.servers.elasticsearch_processes import RECORDS, committed, rebuild, write
from tests.waiting import until

WRITERS = 2
KILLS = 3
LEASE_S = 1.5


def rounds(store: Path) -> int:
    """How often every record of every writer was committed."""
    revisions = committed(store)
    return min(revisions.values()) if len(revisions) == WRITERS * RECORDS else 0


def test_what_many_processes_write_while_rebuilds_are_killed_is_all_there(
    elasticsearch: str, tmp_path: Path
) -> None:
    chosen = options(elasticsearch, lease_s=LEASE_S)
    spawn = get_context("spawn")
    stop, swapped = spawn.Event(), spawn.Event()
    with indexes(chosen, Analyser(Fold.load())) as opening:
        index = opening()
        index.rebuild().swap()
        writers = [
            spawn.Process(target=write, args=(chosen, tmp_path, number, stop))
            for number in range(WRITERS)
        ]
        for process in writers:
            process.start()
        until(lambda: rounds(tmp_path) >= 1, "the writers did not begin")
        begun = rounds(tmp_path)
        for _ in range(KILLS):
            swapped.clear()
            rebuilder = spawn.Process(target=rebuild, args=(chosen, tmp_path, stop, swapped))
            rebuilder.start()
            assert swapped.wait(60), "no rebuild came to its end"
            assert rebuilder.pid is not None
            os.kill(rebuilder.pid, signal.SIGKILL)
            rebuilder.join()
        until(lambda: rounds(tmp_path) > begun + 1, "the writers did not go on")
        stop.set()
        for process in writers:
            process.join(timeout=60)
        assert [process.exitcode for process in writers] == [0] * WRITERS
        found, wanted = dict(index.entries(after=None)), committed(tmp_path)
        assert found == wanted
