"""Which use case does which job."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from records.errors import Invalid
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue
from services.administration.untold_changes import UntoldChanges
from services.after_commit.drain import Drain
from services.after_commit.extraction_jobs import ExtractionJob
from services.after_commit.index_worker import IndexWorker
from services.after_commit.sweep import OutboxSweep
from services.exporting.export_worker import ExportWorker
from services.keeping.index_upkeep import IndexUpkeep
from services.keeping.leftovers import LeftoverSweeper
from services.keeping.rebuild_desk import RebuildDesk
from services.keeping.reconcile import Reconciler
from services.scanning.scan_turns import JOB_S, ScanTurns
from wenshu.building.following import Following

Doing = Callable[[Job], object]


@dataclass(frozen=True, slots=True)
class BetweenProcesses:
    """What else jobs call where the queue is between processes."""

    index_worker: IndexWorker
    reading: ExtractionJob
    sweep: OutboxSweep
    queue: JobQueue


@dataclass(frozen=True, slots=True)
class Work:
    """The use cases that jobs call."""

    drain: Drain
    upkeep: IndexUpkeep
    rebuilds: RebuildDesk
    reconciliation: Reconciler
    following: Following
    leftovers: LeftoverSweeper
    exports: ExportWorker
    untold: UntoldChanges
    scans: ScanTurns

    def by_name(self, between: BetweenProcesses | None) -> Mapping[JobName, Doing]:
        """The table; one process alone works off the outbox by rounds, without jobs for it."""
        doing: dict[JobName, Doing] = {
            JobName.EFFECT: _of_record(self.following.worker.run),
            JobName.SEND: _each(self.following.digests.run, self.following.dispatcher.run),
            JobName.TIMERS: _each(self.following.timers.run, self.following.appointments.run),
            JobName.UPKEEP: lambda _: self.upkeep.mend(),
            JobName.RECONCILE: _each(
                self.reconciliation.repair, self.following.appointments.repair
            ),
            JobName.EXPORT: lambda _: self.exports.run(),
            JobName.SCAN: lambda _: self.scans.run(at_most_s=JOB_S),
            JobName.PURGE: _each(self.untold.run, self.leftovers.run, self.following.ledger.mend),
        }
        if between is None:
            return doing
        return {
            **doing,
            JobName.UPKEEP: _each(self.rebuilds.tend, self.upkeep.mend),
            JobName.DELIVER: _of_record(between.index_worker.run),
            JobName.INDEX: _of_record(between.index_worker.run),
            JobName.READ: _of_record(between.reading.run),
            JobName.DRAIN: lambda _: self.drain.round(),
            JobName.SWEEP: _each(
                lambda: self.following.sweep.ask(between.queue), between.sweep.run
            ),
        }


def _each(*works: Callable[[], object]) -> Doing:
    """A job of several works, each of which is done whatever becomes of the others."""

    def run(_: Job) -> None:
        with ExitStack() as stack:
            for work in reversed(works):
                stack.callback(work)

    return run


def _of_record(work: Callable[[RecordId], object]) -> Doing:
    """A job that concerns a record. Raises Invalid (``no_record``) for one that names none."""

    def run(job: Job) -> object:
        if job.record is None:
            raise Invalid("no_record", job=str(job.name))
        return work(job.record)

    return run
