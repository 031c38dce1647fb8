"""Puts the house together: use cases over the engines that the settings choose."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from documents.making.embedded_document_maker import EmbeddedDocumentMaker
from indexers.highlighter import OutlineHighlighter
from records.errors import Invalid
from records.ports.clock import Clock
from records.ports.job_queue import JobQueue
from services.after_commit.backlog import Backlog
from services.after_commit.settling import IndexWait
from services.finding.unindexed import UnindexedView
from services.flow.change import RevisionWriter
from services.flow.making import RecordFileMaker
from services.house import House
from services.intake.ingest import RecordIntake
from services.keeping.kind_census import KindCensus
from services.keeping.leftovers import LeftoverSweeper
from services.keeping.rebuild_desk import RebuildDesk
from services.keeping.reconcile import Reconciler
from wenshu.building.acting import acting_of
from wenshu.building.beside import threads_beside
from wenshu.building.drive import drive_of
from wenshu.building.engines import Engines, engines
from wenshu.building.finding import Finding, finding_of
from wenshu.building.following import following
from wenshu.building.ground import ground_of
from wenshu.building.importer import folder_importer, paper_exchange, reading_retrier
from wenshu.building.indexing import IndexingFloor
from wenshu.building.installation import Installation
from wenshu.building.known_kinds import known_kinds
from wenshu.building.outside import outside_of
from wenshu.building.people_floor import people_floor
from wenshu.building.previews import member_fetcher, previewing
from wenshu.building.readiness import health_of
from wenshu.building.rebuild_process import rebuilding_of
from wenshu.building.scanning import scan_threads, scanning_of, texts_on
from wenshu.building.truth import truth_on, verifier_on
from wenshu.building.work import Work
from wenshu.measures.measured import measured_work
from wenshu.settings import Settings
from wenshu.system.clock import SystemClock
from wenshu.system.couriers import couriers
from wenshu.system.identities import RandomIdentities
from workers.runner import JobRunner


@contextmanager
def installation(settings: Settings, *, clock: Clock | None = None) -> Iterator[Installation]:
    """Everything over the engines, opened; closed at the end of the context.

    An empty folder or bucket is made ready. Raises Unavailable, Refused (``newer_format``), Invalid
    (``bad_kind``, ``bad_setting`` for a data folder that cannot be made).
    """
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        given, right = str(settings.data), "可以建立和写入的文件夹"
        raise Invalid("bad_setting", name="--data", given=given, right=right) from error
    with engines(settings) as opened, installed_on(opened, settings, clock=clock) as built:
        yield built


@contextmanager
def installed_on(
    opened: Engines, settings: Settings, *, clock: Clock | None = None
) -> Iterator[Installation]:
    """Everything over engines that are open. Raises as `installation`."""
    with ExitStack() as stack:
        built = _Builder(settings, opened, stack, clock or SystemClock()).build()
        built.upkeep.begin()
        yield built


class _Builder:
    """Builds use cases in the order in which they need each other."""

    def __init__(self, settings: Settings, opened: Engines, stack: ExitStack, clock: Clock) -> None:
        self._settings = settings
        self._engines = opened
        self._stack = stack
        self._clock, self._identities = clock, RandomIdentities()
        self._truth = truth = truth_on(opened, revision_cache_bytes=settings.revision_cache_bytes)
        self._log, self._shelf, self._outbox = truth.log, truth.shelf, truth.outbox
        self._chains, self._claims = truth.chains, truth.claims
        self._known = known_kinds(settings)
        self._kinds = self._known.kinds
        ground = self._ground = ground_of(
            settings,
            opened,
            truth,
            known=self._known,
            identities=self._identities,
            clock=self._clock,
        )
        self._book, self._dictionaries = ground.book, ground.dictionaries
        self._staging, self._sessions = ground.staging, ground.sessions
        self._texts = texts_on(opened, truth, ground.parameters, workers=settings.workers + 1)
        stack.callback(self._texts.close)
        self._scanning = scanning_of(settings, opened, truth, self._texts, ground.parameters)
        words = self._dictionaries.current
        self._backlog = Backlog(self._outbox, stopped=lambda: self._letters.stopped())  # noqa: PLW0108 - built later
        self._unindexed = UnindexedView(self._log, self._backlog)
        self._changes = RevisionWriter(
            self._log, self._kinds, self._identities, words, committed=self._unindexed.note
        )
        self._ingest = RecordIntake(
            log=self._log,
            claims=self._claims,
            kinds=self._kinds,
            changes=self._changes,
            identities=self._identities,
        )
        self._following = following(
            truth,
            calendar=ground.calendar,
            couriers=couriers(settings.couriers),
            kinds=self._kinds,
            book=self._book,
            ingest=self._ingest,
            changes=self._changes,
            identities=self._identities,
            clock=self._clock,
            registry=opened.registry,
            words=words,
        )
        self._letters = self._following.letters
        self._outside = outside_of(settings.sign_in, self._clock)
        self._people = people_floor(
            self._settings,
            self._engines,
            self._truth,
            identities=self._identities,
            clock=self._clock,
            ground=self._ground,
            ingest=self._ingest,
            kinds=self._kinds,
            outside=self._outside,
        )
        self._maker = EmbeddedDocumentMaker()
        stack.callback(self._maker.close)

    def build(self) -> Installation:
        """The installation."""
        index = self._engines.index
        floor = IndexingFloor(
            self._truth,
            self._engines,
            self._stack,
            backlog=self._backlog,
            following=self._following,
            words=self._ground.words,
            texts=self._texts,
            kinds=self._kinds,
            book=self._book,
            scans=self._scanning.requests,
            clock=self._clock,
        )
        rebuilding, upkeep = floor.upkeep()
        rebuilds = RebuildDesk(
            self._engines.store,
            self._clock,
            rebuilding_of(self._engines, self._settings, rebuilding),
        )
        reconciliation = Reconciler(self._log, index, self._outbox)
        highlighter = OutlineHighlighter(self._engines.analyser, self._engines.outlines)
        finding = finding_of(
            self._truth,
            self._engines,
            kinds=self._kinds,
            changes=self._changes,
            identities=self._identities,
            clock=self._clock,
            book=self._book,
            deliveries=self._following.deliveries,
            subscriptions=self._following.subscriptions,
            words=self._ground.words,
            highlighter=highlighter,
            texts=self._texts,
            unindexed=self._unindexed,
            is_rebuilding=upkeep.is_rebuilding,
        )
        sweepings = [self._staging.sweep, self._ground.drafts.sweep, finding.exports.sweep]
        sweepings += [self._following.digests.sweep, self._people.sent_codes.sweep]
        work = Work(
            drain=floor.drain,
            upkeep=upkeep,
            rebuilds=rebuilds,
            reconciliation=reconciliation,
            following=self._following,
            leftovers=LeftoverSweeper(self._sessions, [*sweepings, *self._engines.sweepings]),
            exports=finding.exports,
            untold=self._people.untold,
            scans=self._scanning.turns,
        )
        runner = JobRunner(measured_work(floor.jobs(work), self._engines.registry), self._letters)
        loop = floor.loop(runner, self._stack, scans=self._scanning.desk.waiting)
        queue: JobQueue | None = self._engines.queue or loop
        assert queue is not None  # noqa: S101 - one of the two
        importing = folder_importer(
            self._settings,
            self._engines,
            self._truth,
            ingest=self._ingest,
            identities=self._identities,
            staging=self._staging,
            texts=self._texts,
        )
        self._stack.callback(importing.close)
        return Installation(
            settings=self._settings,
            engines=self._engines,
            house=self._house(queue, finding, rebuilds),
            previewing=previewing(
                self._settings,
                self._stack,
                self._shelf,
                self._texts,
                highlighter,
                words=self._ground.words,
                scans=self._scanning.desk,
            ),
            index=index,
            drain=floor.drain,
            queue=queue,
            loop=loop,
            tending=threads_beside(
                self._ground,
                self._unindexed,
                rebuilds,
                self._stack,
                writes=self._engines.queue is None,
                scans=scan_threads(self._scanning, self._engines, loop, self._stack),
            ),
            scanning=self._scanning,
            runner=runner,
            importing=importing,
            retrying=reading_retrier(self._engines, self._truth, self._texts),
            rebuilding=rebuilding,
            upkeep=upkeep,
            reconciliation=reconciliation,
            verification=verifier_on(self._engines, self._shelf),
            census=KindCensus(self._log),
            kind_faults=self._known.faults,
        )

    def _house(self, queue: JobQueue, finding: Finding, rebuilds: RebuildDesk) -> House:
        floor = self._people
        files = RecordFileMaker(self._shelf, self._maker, self._staging)
        acting = acting_of(self._changes, self._following, files, finding.lister, self._kinds)
        return House(
            clock=self._clock,
            kinds=self._kinds,
            book=self._book,
            dictionaries=self._dictionaries,
            accounts=floor.accounts,
            sessions=self._sessions,
            app_tokens=floor.app_tokens,
            people=floor.people,
            administration=floor.administration,
            entry=floor.entry,
            delegations=floor.delegations,
            phrases=floor.phrases,
            planner=self._following.planner,
            first_visit=floor.first_visit,
            rosters=floor.rosters,
            staging=self._staging,
            ingest=self._ingest,
            exchange=paper_exchange(
                self._truth,
                kinds=self._kinds,
                ingest=self._ingest,
                changes=self._changes,
                identities=self._identities,
                staging=self._staging,
            ),
            drive=drive_of(self._truth, self._changes, self._ingest, finding.lists.own),
            acting=acting.one,
            in_bulk=acting.several,
            stranding=acting.stranding,
            browsing=finding.browsing,
            searching=finding.searching,
            search_aids=finding.search_aids,
            lists=finding.lists,
            health=health_of(
                self._engines, self._backlog, queue, self._clock, outside=self._outside.probes
            ),
            rebuilds=rebuilds,
            scans=self._scanning.desk,
            members=member_fetcher(self._settings, self._stack, self._shelf, self._texts),
            settling=IndexWait(queue, self._outbox),
            notices=self._following.notices,
            receipts=self._following.receipts,
            answers=self._following.answers,
            related=self._following.related,
            numbers=self._following.numbers,
            ways=self._following.ways,
            calendar=self._following.calendar,
        )
