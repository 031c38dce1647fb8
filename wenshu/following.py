"""Puts together what follows a commit: effects, times, names given back, letters."""

from dataclasses import dataclass

from prometheus_client import CollectorRegistry

from records.kind import Kinds
from records.ports.clock import Clock
from records.ports.identities import Identities
from services.after_commit.dead_letters import DeadLetters
from services.after_commit.deliveries import Deliveries
from services.after_commit.effect_failures import EffectFailures
from services.after_commit.effect_sweep import EffectSweep
from services.after_commit.effect_worker import EffectWorker
from services.after_commit.effects import EffectRunner
from services.flow.change import RevisionWriter
from services.flow.reserving import Reserver
from services.flow.timers import TimerRunner
from services.intake.ingest import RecordIntake
from services.people.organisation_book import OrganisationBook
from wenshu.measured import counted_letters
from wenshu.truth import Truth


@dataclass(frozen=True, slots=True)
class Following:
    """The use cases that run after commits."""

    letters: DeadLetters
    deliveries: Deliveries
    timers: TimerRunner
    reserver: Reserver
    worker: EffectWorker
    sweep: EffectSweep


def following(
    truth: Truth,
    *,
    kinds: Kinds,
    book: OrganisationBook,
    ingest: RecordIntake,
    changes: RevisionWriter,
    identities: Identities,
    clock: Clock,
    registry: CollectorRegistry,
) -> Following:
    """All of them over this truth."""
    failures = EffectFailures(truth.claims, clock)
    letters = DeadLetters(
        claims=truth.claims,
        log=truth.log,
        ingest=ingest,
        identities=identities,
        changes=changes,
        book=book,
        clock=clock,
        failures=failures,
        written=counted_letters(registry),
    )
    deliveries = Deliveries(truth.claims)
    reserver = Reserver(claims=truth.claims, log=truth.log, clock=clock)
    timers = TimerRunner(
        claims=truth.claims, clock=clock, log=truth.log, kinds=kinds, changes=changes, book=book
    )
    worker = EffectWorker(
        outbox=truth.effects,
        log=truth.log,
        kinds=kinds,
        book=book,
        runner=EffectRunner(deliveries, letters),
        timers=timers,
        reserver=reserver,
        letters=letters,
        failures=failures,
    )
    sweep = EffectSweep(truth.effects, truth.log)
    return Following(letters, deliveries, timers, reserver, worker, sweep)
