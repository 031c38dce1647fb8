"""Puts together what works off the outbox: the drain, and the jobs that go between processes."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack

from indexers.standing_queries import GuardedQueries
from records.ports.clock import Clock
from records.ports.job_queue import Job, JobName
from records.schema.kind import Kinds
from services.after_commit.backlog import Backlog
from services.after_commit.drain import Drain
from services.after_commit.extraction_jobs import ExtractionJob, SharedTextReader
from services.after_commit.index_worker import IndexWorker
from services.after_commit.sweep import OutboxSweep
from services.after_commit.texts import Texts
from services.keeping.index_upkeep import IndexUpkeep
from services.keeping.rebuild import IndexRebuilder
from services.people.organisation_book import OrganisationBook
from services.scanning.scan_requests import ScanRequests
from services.searching.word_book import WordBook
from services.standing.trial import StandingTrial
from wenshu.building.engines import Engines
from wenshu.building.following import Following
from wenshu.building.truth import Truth
from wenshu.building.work import BetweenProcesses, Work
from workers.celery_queue import CeleryJobQueue
from workers.drain_loop import DrainLoop
from workers.effect_loop import EffectLoop
from workers.runner import JobRunner
from workers.together import Together


class IndexingFloor:
    """Built once. Texts are read in this process where its queue is; else large ones by jobs."""

    def __init__(
        self,
        truth: Truth,
        engines: Engines,
        stack: ExitStack,
        *,
        backlog: Backlog,
        texts: Texts,
        kinds: Kinds,
        book: OrganisationBook,
        following: Following,
        words: WordBook,
        scans: ScanRequests,
        clock: Clock,
    ) -> None:
        self._truth, self._clock = truth, clock
        self._queue, self._index = engines.queue, engines.index
        self._kinds, self._book = kinds, book
        self._backlog = backlog
        self._letters, self._sweep = following.letters, following.sweep
        self._texts = texts
        at_once = engines.store.at_once
        shared = self._queue and _shared_readings(texts, self._queue, stack, at_once=at_once)
        self.drain = Drain(
            log=truth.log,
            outbox=truth.outbox,
            backlog=backlog,
            letters=following.letters,
            index=engines.index,
            texts=texts,
            readings=shared or texts,
            kinds=kinds,
            book=book,
            scans=scans,
            trial=StandingTrial(
                book=following.subscriptions,
                queries=GuardedQueries(engines.analyser),
                log=truth.log,
                kinds=kinds,
                texts=texts,
                people=book,
                teller=following.teller,
                digests=following.digests,
                words=words,
                clock=clock,
            ),
        )

    def upkeep(self) -> tuple[IndexRebuilder, IndexUpkeep]:
        """What makes the index anew, and what sees whether that is needed."""
        truth, index = self._truth, self._index
        rebuilding = IndexRebuilder(
            log=truth.log,
            begin=index.rebuild,
            outbox=truth.outbox,
            texts=self._texts,
            kinds=self._kinds,
            book=self._book,
        )
        upkeep = IndexUpkeep(
            index=index,
            log=truth.log,
            outbox=truth.outbox,
            rebuilding=rebuilding,
            clock=self._clock,
        )
        return rebuilding, upkeep

    def loop(
        self, runner: JobRunner, stack: ExitStack, *, scans: Callable[[], int]
    ) -> DrainLoop | None:
        """The queue of the embedded mode, ended with the stack; None where one is elsewhere."""
        if self._queue is not None:
            return None
        effects = EffectLoop(self._sweep, runner)
        loop = DrainLoop(self.drain, self._backlog, runner, effects, scans=scans)
        stack.callback(loop.close)
        return loop

    def jobs(self, work: Work) -> Mapping[JobName, Callable[[Job], object]]:
        """Which use case does which job."""
        queue = self._queue
        if queue is None:
            return work.by_name(None)
        between = BetweenProcesses(
            index_worker=IndexWorker(
                outbox=self._truth.outbox,
                drain=self.drain,
                others=Together(queue),
                stopped=self._letters.stopped,
            ),
            reading=ExtractionJob(self._truth.log, self._texts, queue),
            sweep=OutboxSweep(
                backlog=self._backlog, queue=queue, drain=self.drain, letters=self._letters
            ),
            queue=queue,
        )
        return work.by_name(between)


def _shared_readings(
    texts: Texts, queue: CeleryJobQueue, stack: ExitStack, *, at_once: int
) -> SharedTextReader:
    readings = SharedTextReader(texts, queue, Together(queue), at_once=at_once)
    stack.callback(readings.close)
    return readings
