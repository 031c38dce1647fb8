"""Puts the house together: use cases over the engines that the settings choose."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from indexers.highlighter import OutlineHighlighter
from records.errors import Invalid
from records.ports.clock import Clock
from records.ports.job_queue import Job, JobName, JobQueue
from services.after_commit.backlog import Backlog
from services.after_commit.batches import BatchWorker
from services.after_commit.drain import Drain
from services.after_commit.readings import ReadingJob, SharedTextReader
from services.after_commit.settling import IndexWait
from services.after_commit.sweep import OutboxSweep
from services.after_commit.texts import Texts
from services.finding.matches import MatchFinder
from services.flow.act import ActionTaker
from services.flow.change import RevisionWriter
from services.flow.edit import RecordEditor
from services.house import House
from services.intake.ingest import RecordIntake
from services.intake.retrying import ReadingRetrier
from services.intake.staging import Staging
from services.keeping.index_upkeep import IndexUpkeep
from services.keeping.kind_census import KindCensus
from services.keeping.purging import Purger
from services.keeping.rebuild import IndexRebuilder
from services.keeping.reconcile import Reconciler
from services.people.dictionary_book import DictionaryBook
from services.people.organisation_book import OrganisationBook
from services.people.sessions import Sessions
from wenshu.clock import SystemClock
from wenshu.couriers import couriers
from wenshu.engines import Engines, engines
from wenshu.finding import finding_of
from wenshu.following import following, office_calendar
from wenshu.identities import RandomIdentities
from wenshu.importer import folder_importer
from wenshu.installation import Installation
from wenshu.known_kinds import known_kinds
from wenshu.measured import measured_work
from wenshu.people_floor import people_floor
from wenshu.previews import previewing
from wenshu.readiness import health_of
from wenshu.settings import Settings
from wenshu.truth import truth_on, verifier_on
from wenshu.work import BetweenProcesses, Work
from workers.celery_queue import CeleryJobQueue
from workers.drain_loop import DrainLoop
from workers.effect_loop import EffectLoop
from workers.runner import JobRunner
from workers.together import Together


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
    with ExitStack() as stack:
        opened = stack.enter_context(engines(settings))
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
        self._truth = truth = truth_on(opened, cached_revisions=settings.cached_revisions)
        self._log, self._shelf, self._outbox = truth.log, truth.shelf, truth.outbox
        self._chains, self._claims = truth.chains, truth.claims
        self._known = known_kinds(settings)
        self._kinds = self._known.kinds
        self._texts = Texts(
            self._shelf,
            opened.extractor,
            workers=settings.workers + 1,
            at_once=opened.store.at_once,
        )
        stack.callback(self._texts.close)
        calendar = office_calendar(truth)
        self._book = OrganisationBook(self._chains, self._clock, work_days=calendar.current)
        self._dictionaries = DictionaryBook(self._known.dictionaries, self._chains, self._clock)
        words = self._dictionaries.current
        self._changes = RevisionWriter(self._log, self._kinds, self._identities, words)
        self._ingest = RecordIntake(
            log=self._log,
            claims=self._claims,
            kinds=self._kinds,
            changes=self._changes,
            identities=self._identities,
        )
        self._following = following(
            truth,
            calendar=calendar,
            couriers=couriers(settings.couriers),
            kinds=self._kinds,
            book=self._book,
            ingest=self._ingest,
            changes=self._changes,
            identities=self._identities,
            clock=self._clock,
            registry=opened.registry,
        )
        self._letters = self._following.letters
        self._backlog = Backlog(self._outbox, stopped=self._letters.stopped)
        self._staging = Staging(settings.staging, max_bytes=settings.max_file_bytes)
        self._sessions = Sessions(opened.store, self._identities, self._clock)

    def build(self) -> Installation:
        """The installation."""
        index = self._engines.index
        drain = self._drain()
        rebuilding = IndexRebuilder(
            log=self._log,
            index=index,
            outbox=self._outbox,
            texts=self._texts,
            kinds=self._kinds,
            book=self._book,
        )
        upkeep = IndexUpkeep(
            index=index,
            log=self._log,
            outbox=self._outbox,
            rebuilding=rebuilding,
            clock=self._clock,
        )
        reconciliation = Reconciler(self._log, index, self._outbox)
        work = Work(
            drain=drain,
            upkeep=upkeep,
            reconciliation=reconciliation,
            following=self._following,
            purging=Purger(self._sessions, [self._staging.sweep, *self._engines.sweepings]),
        )
        runner = JobRunner(measured_work(self._jobs(work), self._engines.registry), self._letters)
        loop = None
        queue: JobQueue
        if self._engines.queue is None:
            effects = EffectLoop(self._following.sweep, runner)
            queue = loop = DrainLoop(drain, self._backlog, runner, effects)
            self._stack.callback(loop.close)
        else:
            queue = self._engines.queue
        highlighter = OutlineHighlighter(self._engines.analyser)
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
            house=self._house(queue, upkeep, MatchFinder(self._texts, highlighter)),
            previewing=previewing(
                self._settings, self._stack, self._shelf, self._texts, highlighter
            ),
            index=index,
            drain=drain,
            queue=queue,
            loop=loop,
            runner=runner,
            importing=importing,
            retrying=ReadingRetrier(
                log=self._log,
                shelf=self._shelf,
                outbox=self._outbox,
                extractor=self._engines.extractor,
                texts=self._texts,
            ),
            rebuilding=rebuilding,
            upkeep=upkeep,
            reconciliation=reconciliation,
            verification=verifier_on(self._engines, self._shelf),
            census=KindCensus(self._log),
            kind_faults=self._known.faults,
        )

    def _drain(self) -> Drain:
        """Texts are read in this process where its queue is; else the large ones by other jobs."""
        queue = self._engines.queue
        return Drain(
            log=self._log,
            outbox=self._outbox,
            backlog=self._backlog,
            letters=self._letters,
            index=self._engines.index,
            texts=self._texts,
            readings=self._texts if queue is None else self._shared_readings(queue),
            kinds=self._kinds,
            book=self._book,
        )

    def _shared_readings(self, queue: CeleryJobQueue) -> SharedTextReader:
        readings = SharedTextReader(
            self._texts, queue, Together(queue), at_once=self._engines.store.at_once
        )
        self._stack.callback(readings.close)
        return readings

    def _jobs(self, work: Work) -> Mapping[JobName, Callable[[Job], object]]:
        queue = self._engines.queue
        if queue is None:
            return work.by_name(None)
        between = BetweenProcesses(
            batches=BatchWorker(
                outbox=self._outbox,
                drain=work.drain,
                others=Together(queue),
                stopped=self._letters.stopped,
            ),
            reading=ReadingJob(self._log, self._texts, queue),
            sweep=OutboxSweep(
                backlog=self._backlog, queue=queue, drain=work.drain, letters=self._letters
            ),
            queue=queue,
        )
        return work.by_name(between)

    def _house(self, queue: JobQueue, upkeep: IndexUpkeep, matches: MatchFinder) -> House:
        floor = people_floor(
            self._settings,
            self._engines,
            self._truth,
            identities=self._identities,
            clock=self._clock,
            book=self._book,
            sessions=self._sessions,
            ingest=self._ingest,
            dictionaries=self._dictionaries,
            kinds=self._kinds,
        )
        finding = finding_of(
            self._truth,
            self._engines.index,
            kinds=self._kinds,
            changes=self._changes,
            deliveries=self._following.deliveries,
            matches=matches,
            backlog=self._backlog,
            is_rebuilding=upkeep.is_rebuilding,
        )
        return House(
            clock=self._clock,
            kinds=self._kinds,
            book=self._book,
            dictionaries=self._dictionaries,
            accounts=floor.accounts,
            sessions=self._sessions,
            people=floor.people,
            delegations=floor.delegations,
            staging=self._staging,
            ingest=self._ingest,
            editing=RecordEditor(self._changes),
            acting=ActionTaker(
                self._changes,
                reserver=self._following.reserver,
                openers=self._following.deliveries.opened_by,
            ),
            browsing=finding.browsing,
            searching=finding.searching,
            lists=finding.lists,
            health=health_of(self._engines, self._backlog, queue, self._clock),
            settling=IndexWait(queue, self._outbox),
            notices=self._following.notices,
            receipts=self._following.receipts,
            related=self._following.related,
            numbers=self._following.numbers,
            ways=self._following.ways,
            calendar=self._following.calendar,
        )
