"""One installation: its settings, its engines, and all that can be done with it."""

from dataclasses import dataclass

from records.ports.job_queue import JobQueue
from records.ports.rebuildable_index import RebuildableIndex
from services.drain import Drain
from services.house import House
from services.importing import Importing
from services.index_upkeep import IndexUpkeep
from services.previewing import Previewing
from services.rebuild import Rebuilding
from services.reconcile import Reconciliation
from services.retrying import Retrying
from services.verify import Verification
from wenshu.engines import Engines
from wenshu.metrics import figures
from wenshu.settings import Settings
from workers.drain_loop import DrainLoop
from workers.runner import JobRunner


@dataclass(frozen=True, slots=True)
class Installation:
    """The use cases for people, and those for operators."""

    settings: Settings
    engines: Engines
    house: House
    previewing: Previewing
    index: RebuildableIndex
    drain: Drain
    queue: JobQueue
    loop: DrainLoop | None
    """The queue of the embedded mode; None where workers elsewhere do the jobs."""
    runner: JobRunner
    importing: Importing
    retrying: Retrying
    rebuilding: Rebuilding
    reconciliation: Reconciliation
    upkeep: IndexUpkeep
    verification: Verification

    def figures(self) -> bytes:
        """What ``/metrics`` answers."""
        return figures(self.engines.registry, self.house.health)

    def start(self) -> None:
        """Begin to work off what is written, where this process is the one that does."""
        if self.loop is not None:
            self.loop.start()
