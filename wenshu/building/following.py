"""Puts together what follows a commit: effects, times, names given back, notices, letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from prometheus_client import CollectorRegistry

from languages.notices import wording
from records.ports.clock import Clock
from records.ports.courier import Courier
from records.ports.identities import Identities
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kinds
from records.times.calendar import read_calendar
from services.after_commit.answers import AnswerBook
from services.after_commit.child_drafts import ChildDrafter
from services.after_commit.children import Children
from services.after_commit.dead_letters import DeadLetters
from services.after_commit.deliveries import Deliveries
from services.after_commit.effect_failures import EffectFailures
from services.after_commit.effect_sweep import EffectSweep
from services.after_commit.effect_worker import EffectWorker
from services.after_commit.effects import EffectRunner
from services.finding.related import RelatedFinder
from services.flow.calendar_book import CalendarBook
from services.flow.change import RevisionWriter
from services.flow.child_calls import CalledActions
from services.flow.finishing import ChildFinisher
from services.flow.number_desk import NumberDesk
from services.flow.number_ledger import NumberLedger
from services.flow.reserving import Reserver
from services.flow.timers import TimerRunner
from services.intake.ingest import RecordIntake
from services.notifications.appointments import AppointmentReminders
from services.notifications.notice_reader import NoticeReader
from services.notifications.outgoing import Dispatcher, Outgoing
from services.notifications.stream import NoticeStream
from services.notifications.telling import Teller
from services.notifications.ways import Ways
from services.people.organisation_book import OrganisationBook
from services.people.planner import Planner
from services.receipts.answer_desk import AnswerDesk
from services.receipts.receipt_desk import ReceiptDesk
from services.standing.digests import Digests
from services.standing.subscriptions import SubscriptionBook
from wenshu.building.truth import Truth
from wenshu.measures.measured import counted_letters

_CALENDAR = files("records") / "times" / "calendars" / "china.yaml"


@dataclass(frozen=True, slots=True)
class Following:
    """The use cases that run after commits, and what they share with others."""

    letters: DeadLetters
    deliveries: Deliveries
    children: Children
    calendar: CalendarBook
    timers: TimerRunner
    reserver: Reserver
    runner: EffectRunner
    worker: EffectWorker
    sweep: EffectSweep
    teller: Teller
    notices: NoticeReader
    receipts: ReceiptDesk
    answers: AnswerDesk
    related: RelatedFinder
    ledger: NumberLedger
    numbers: NumberDesk
    ways: Ways
    dispatcher: Dispatcher
    subscriptions: SubscriptionBook
    digests: Digests
    planner: Planner
    appointments: AppointmentReminders


def office_calendar(truth: Truth) -> CalendarBook:
    """The working days that come with the program, and what was loaded since."""
    return CalendarBook(truth.chains, read_calendar(_CALENDAR.read_text(encoding="utf-8")))


def following(
    truth: Truth,
    *,
    calendar: CalendarBook,
    couriers: Sequence[Courier],
    kinds: Kinds,
    book: OrganisationBook,
    ingest: RecordIntake,
    changes: RevisionWriter,
    identities: Identities,
    clock: Clock,
    registry: CollectorRegistry,
    words: Callable[[], Dictionaries],
) -> Following:
    """All of them over this truth."""
    claims, log = truth.claims, truth.log
    failures = EffectFailures(claims, clock)
    letters = DeadLetters(
        claims=claims,
        log=log,
        ingest=ingest,
        identities=identities,
        changes=changes,
        book=book,
        clock=clock,
        failures=failures,
        written=counted_letters(registry),
    )
    stream, ways = NoticeStream(claims), Ways(claims)
    teller = Teller(stream, Outgoing(claims, ways, stream))
    subscriptions = SubscriptionBook(truth.chains, clock)
    planner = Planner(claims, identities)
    deliveries, answers = Deliveries(claims), AnswerBook(claims)
    children = Children(
        claims=claims,
        log=log,
        drafts=ChildDrafter(shelf=truth.shelf, kinds=kinds, ingest=ingest, book=book, clock=clock),
        changes=changes,
        identities=identities,
        finisher=ChildFinisher(log=log, kinds=kinds, changes=changes, book=book, clock=clock),
        caller=CalledActions(
            log=log,
            kinds=kinds,
            changes=changes,
            book=book,
            clock=clock,
            openers=deliveries.opened_by,
        ),
    )
    reserver = Reserver(claims=claims, log=log, clock=clock)
    ledger = NumberLedger(claims=claims, log=log, reserver=reserver, clock=clock)
    timers = TimerRunner(
        claims=claims,
        clock=clock,
        log=log,
        kinds=kinds,
        changes=changes,
        book=book,
        calendar=calendar,
        teller=teller,
    )
    runner = EffectRunner(deliveries, letters, children, teller)
    worker = EffectWorker(
        outbox=truth.effects,
        log=log,
        kinds=kinds,
        book=book,
        runner=runner,
        timers=timers,
        reserver=reserver,
        teller=teller,
        letters=letters,
        failures=failures,
    )
    return Following(
        letters=letters,
        deliveries=deliveries,
        children=children,
        calendar=calendar,
        timers=timers,
        reserver=reserver,
        runner=runner,
        worker=worker,
        sweep=EffectSweep(truth.effects, log),
        teller=teller,
        notices=NoticeReader(stream, log, kinds, subscriptions.names, planner),
        receipts=ReceiptDesk(deliveries, answers, teller),
        answers=AnswerDesk(deliveries, answers, truth.shelf),
        related=RelatedFinder(children, log, kinds),
        ledger=ledger,
        numbers=NumberDesk(ledger, log, kinds, words),
        ways=ways,
        dispatcher=Dispatcher(
            claims=claims,
            ways=ways,
            stream=stream,
            couriers=couriers,
            wording=wording,
            log=log,
            kinds=kinds,
            book=book,
            clock=clock,
            planner=planner,
        ),
        subscriptions=subscriptions,
        digests=Digests(
            claims=claims,
            stream=stream,
            teller=teller,
            book=subscriptions,
            people=book,
            log=log,
            kinds=kinds,
            clock=clock,
        ),
        planner=planner,
        appointments=AppointmentReminders(
            claims=claims, planner=planner, clock=clock, teller=teller
        ),
    )
