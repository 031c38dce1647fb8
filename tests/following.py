"""What follows a commit, over a store, with effects that tests make fail."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry

from documents.making.memory_document_maker import MemoryDocumentMaker
from records.identity import RecordId
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from records.ports.object_store import ObjectStore
from records.revision import Revision
from records.schema.kind import Kind
from records.schema.loader import load_installation, load_kinds
from services.after_commit.effect_failures import EffectFailures
from services.after_commit.effect_sweep import EffectSweep
from services.after_commit.effect_worker import EffectWorker
from services.after_commit.effects import EffectRunner
from services.flow.act import ActionTaker
from services.flow.change import RevisionWriter
from services.flow.making import RecordFileMaker
from services.intake.ingest import RecordIntake
from services.intake.staging import Staging
from services.people.organisation_book import OrganisationBook
from storage.chains import StoredChains
from storage.claims import StoredClaims
from storage.effect_outbox import StoredEffectOutbox
from storage.file_shelf import StoredFileShelf
from storage.keys import SCANS, SCANS_BEYOND
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from storage.scan_shelf import StoredScanShelf
from tests.clocks import SetClock
from wenshu.building.following import following, office_calendar
from wenshu.building.truth import Truth
from wenshu.system.identities import RandomIdentities

OFFICE = Organisation(
    units=(Unit.model_validate({"code": "b", "name": "局", "level": "市"}),),
    people=tuple(
        Person.model_validate({"login": login, "name": login, "unit": "b", "roles": roles})
        for login, roles in (
            ("li", ["staff"]),
            ("wang", ["staff"]),
            ("admin", ["administrator"]),
        )
    ),
)


class FailingRunner:
    """Runs effects, but fails those of some places first, with the error that is set for them."""

    def __init__(self, runner: EffectRunner) -> None:
        self._runner = runner
        self.failing: dict[str, Exception] = {}
        self.ran: list[tuple[RecordId, int, str]] = []

    def begin_children(
        self, revision: Revision, places: Iterable[int]
    ) -> tuple[frozenset[int], list[RecordId]]:
        """As `EffectRunner`; what is to fail fails alone."""
        if "create" in self.failing:
            raise self.failing["create"]
        return self._runner.begin_children(revision, places)

    def run(
        self, place: int, kind: Kind, revision: Revision, organisation: Organisation
    ) -> Iterable[RecordId]:
        """As `EffectRunner`."""
        for effect in revision.effects[place - 1 : place]:
            self.ran.append((revision.record, revision.number, effect.verb))
            if effect.verb in self.failing:
                raise self.failing[effect.verb]
        return self._runner.run(place, kind, revision, organisation)


class FollowingRig:
    """The use cases that run after commits, over one store."""

    def __init__(self, store: ObjectStore, *, kinds: Path = Path("records/kinds")) -> None:
        self.store = store
        self.clock = SetClock()
        self.truth = Truth(
            log=StoredRecordLog(store, RevisionCache(capacity_bytes=1 << 20)),
            shelf=StoredFileShelf(store, extractor_version="x", local_path=None),
            outbox=StoredOutbox(store),
            effects=StoredEffectOutbox(store),
            chains=StoredChains(store),
            claims=StoredClaims(store),
            scans=StoredScanShelf(store),
            waiting_scans=StoredOutbox(store, root=SCANS),
            scans_beyond=StoredOutbox(store, root=SCANS_BEYOND),
        )
        self.kinds = load_kinds(kinds)
        calendar = office_calendar(self.truth)
        self.book = OrganisationBook(self.truth.chains, self.clock, work_days=calendar.current)
        if not self.book.current().people:
            self.book.merge(OFFICE.units, OFFICE.people)
        identities = RandomIdentities()
        dictionaries = load_installation(None).dictionaries
        self.changes = RevisionWriter(
            self.truth.log, self.kinds, identities, lambda: dictionaries, committed=lambda _: None
        )
        self.ingest = RecordIntake(
            log=self.truth.log,
            claims=self.truth.claims,
            kinds=self.kinds,
            changes=self.changes,
            identities=identities,
        )
        self.parts = following(
            self.truth,
            calendar=calendar,
            couriers=(),
            kinds=self.kinds,
            book=self.book,
            ingest=self.ingest,
            changes=self.changes,
            identities=identities,
            clock=self.clock,
            registry=CollectorRegistry(),
            words=lambda: dictionaries,
        )
        self.runner = FailingRunner(self.parts.runner)
        self.failures = EffectFailures(self.truth.claims, self.clock)
        self.worker = EffectWorker(
            outbox=self.truth.effects,
            log=self.truth.log,
            kinds=self.kinds,
            book=self.book,
            runner=self.runner,  # type: ignore[arg-type]  # fails where it is told to
            timers=self.parts.timers,
            reserver=self.parts.reserver,
            teller=self.parts.teller,
            letters=self.parts.letters,
            failures=self.failures,
        )
        self.now_s = 0.0
        self.sweep = EffectSweep(self.truth.effects, self.truth.log, now_s=lambda: self.now_s)

    def waiting(self) -> list[tuple[RecordId, int, int]]:
        """Record, revision and place of all entries."""
        entries = self.truth.effects.onward(None)
        return [(entry.record, entry.number, entry.place) for entry in entries]

    def taker(self) -> ActionTaker:
        """An actor's way in, as one process has it."""
        staging = Staging(Path(tempfile.gettempdir()), max_bytes=1 << 20)
        return ActionTaker(
            self.changes,
            reserver=self.parts.reserver,
            files=RecordFileMaker(self.truth.shelf, MemoryDocumentMaker(), staging),
            openers=self.parts.deliveries.opened_by,
            defaults=lambda *_: None,
        )
