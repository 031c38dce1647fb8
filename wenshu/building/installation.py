"""One installation: its settings, its engines, and all that can be done with it."""

from dataclasses import dataclass

from records.errors import Invalid
from records.ports.job_queue import JobQueue
from records.ports.rebuildable_index import RebuildableIndex
from services.after_commit.drain import Drain
from services.finding.previewing import FileDisplay
from services.house import House
from services.intake.importing import FolderImporter
from services.intake.retrying import ReadingRetrier
from services.keeping.index_upkeep import IndexUpkeep
from services.keeping.kind_census import KindCensus
from services.keeping.rebuild import IndexRebuilder
from services.keeping.reconcile import Reconciler
from services.keeping.verify import Verifier
from wenshu.building.engines import Engines
from wenshu.building.scanning import Scanning
from wenshu.measures.metrics import figures
from wenshu.settings import Settings
from workers.drain_loop import DrainLoop
from workers.runner import JobRunner
from workers.tending import Tending


@dataclass(frozen=True, slots=True)
class Installation:
    """The use cases for people, and those for operators."""

    settings: Settings
    engines: Engines
    house: House
    previewing: FileDisplay
    index: RebuildableIndex
    drain: Drain
    queue: JobQueue
    loop: DrainLoop | None
    """The queue of the embedded mode; None where workers elsewhere do the jobs."""
    tending: tuple[Tending, ...]
    """Threads beside: what lists know of the outbox; a rebuild that was asked for."""
    runner: JobRunner
    importing: FolderImporter
    retrying: ReadingRetrier
    scanning: Scanning
    rebuilding: IndexRebuilder
    reconciliation: Reconciler
    upkeep: IndexUpkeep
    verification: Verifier
    census: KindCensus
    kind_faults: tuple[Invalid, ...] = ()
    """What is wrong with kinds of the installation; the others work."""

    def figures(self) -> bytes:
        """What ``/metrics`` answers."""
        return figures(self.engines.registry, self.house.health)

    def start(self) -> None:
        """Begin to look at what is written, and to work it off where this process does that."""
        for each in self.tending:
            each.start()
        if self.loop is not None:
            self.loop.start()
