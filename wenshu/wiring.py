"""Puts the house together: the only place that knows every adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from documents.preview.embedded_previewer import EmbeddedPreviewer
from indexers.analysis import Analyser, Fold
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.highlighter import OutlineHighlighter
from indexers.tantivy_index import TantivySearchIndex
from records.kind_loader import load_kinds
from records.ports.object_store import ObjectStore
from records.ports.text_extractor import TextExtractor
from services.accounts import Accounts
from services.act import Acting
from services.browse import Browsing
from services.change import Changes
from services.drain import Drain
from services.edit import Editing
from services.effects import Deliveries, Effects
from services.health import Health
from services.house import House
from services.importing import Importing
from services.index_upkeep import IndexUpkeep
from services.ingest import Ingest
from services.matches import Matches
from services.organisation_book import OrganisationBook
from services.people_file import PeopleLoading
from services.previewing import Previewing
from services.rebuild import Rebuilding
from services.reconcile import Reconciliation
from services.retrying import Retrying
from services.searching import Searching
from services.sessions import Sessions
from services.staging import Staging
from services.texts import Texts
from services.timers import Timers
from services.verify import Verification
from storage.chains import StoredChains
from storage.claims import StoredClaims
from storage.file_shelf import StoredFileShelf
from storage.filesystem_store import FilesystemObjectStore
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from wenshu.argon_hasher import ArgonPasswordHasher
from wenshu.clock import SystemClock
from wenshu.format import check_format
from wenshu.identities import RandomIdentities
from wenshu.settings import Settings
from workers.drain_loop import DrainLoop

KINDS = Path(str(files("records") / "kinds"))


@dataclass(frozen=True, slots=True)
class Installation:
    """The use cases for people, and those for operators."""

    settings: Settings
    house: House
    previewing: Previewing
    index: TantivySearchIndex
    drain: Drain
    loop: DrainLoop
    importing: Importing
    retrying: Retrying
    rebuilding: Rebuilding
    reconciliation: Reconciliation
    upkeep: IndexUpkeep
    verification: Verification


@dataclass(frozen=True, slots=True)
class _Truth:
    """What stands on the object store."""

    store: ObjectStore
    log: StoredRecordLog
    shelf: StoredFileShelf
    outbox: StoredOutbox
    chains: StoredChains
    claims: StoredClaims


@contextmanager
def installation(settings: Settings) -> Iterator[Installation]:
    """Everything over the data folder, opened; closed at the end of the context.

    An empty folder is made ready. Raises Unavailable, Refused (``newer_format``), Invalid
    (``bad_kind``).
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    extractor = EmbeddedTextExtractor(workers=settings.workers)
    truth = _truth(settings, extractor)
    analyser = Analyser(Fold.load())
    index = TantivySearchIndex(settings.index, analyser, writes=True)
    texts = Texts(truth.shelf, extractor, workers=settings.workers + 1)
    previewer = EmbeddedPreviewer(workers=settings.workers)
    built = _build(
        settings,
        truth,
        index=index,
        texts=texts,
        extractor=extractor,
        analyser=analyser,
        previewer=previewer,
    )
    try:
        yield built
    finally:
        built.loop.stop()
        built.importing.close()
        texts.close()
        previewer.close()
        index.close()


def _truth(settings: Settings, extractor: TextExtractor) -> _Truth:
    store = FilesystemObjectStore(settings.store)
    check_format(store)
    return _Truth(
        store=store,
        log=StoredRecordLog(store, RevisionCache(capacity=settings.cached_revisions)),
        shelf=StoredFileShelf(store, extractor_version=extractor.version),
        outbox=StoredOutbox(store),
        chains=StoredChains(store),
        claims=StoredClaims(store),
    )


def _build(
    settings: Settings,
    truth: _Truth,
    *,
    index: TantivySearchIndex,
    texts: Texts,
    extractor: TextExtractor,
    analyser: Analyser,
    previewer: EmbeddedPreviewer,
) -> Installation:
    clock, identities = SystemClock(), RandomIdentities()
    kinds = load_kinds(KINDS)
    book = OrganisationBook(truth.chains, clock)
    accounts = Accounts(
        truth.chains,
        ArgonPasswordHasher(memory_kib=settings.password_memory_kib),
        identities,
        clock,
    )
    changes = Changes(truth.log, kinds, identities)
    deliveries = Deliveries(truth.claims)
    staging = Staging(settings.staging, max_bytes=settings.max_file_bytes)
    highlighter = OutlineHighlighter(analyser)
    ingest = Ingest(
        log=truth.log, claims=truth.claims, kinds=kinds, changes=changes, identities=identities
    )
    browsing = Browsing(
        log=truth.log, shelf=truth.shelf, kinds=kinds, changes=changes, deliveries=deliveries
    )
    timers = Timers(
        claims=truth.claims, clock=clock, log=truth.log, kinds=kinds, changes=changes, book=book
    )
    drain = Drain(
        log=truth.log,
        outbox=truth.outbox,
        index=index,
        texts=texts,
        effects=Effects(deliveries),
        kinds=kinds,
        book=book,
        timers=timers,
    )
    rebuilding = Rebuilding(
        log=truth.log, index=index, outbox=truth.outbox, texts=texts, kinds=kinds, book=book
    )
    upkeep = IndexUpkeep(
        index=index, log=truth.log, outbox=truth.outbox, rebuilding=rebuilding, clock=clock
    )
    sessions = Sessions(truth.store, identities, clock)
    loop = DrainLoop(drain, regularly=[timers.run, upkeep.mend])
    house = House(
        clock=clock,
        kinds=kinds,
        book=book,
        accounts=accounts,
        sessions=sessions,
        people=PeopleLoading(book, accounts, sessions),
        staging=staging,
        ingest=ingest,
        editing=Editing(changes),
        acting=Acting(changes),
        browsing=browsing,
        searching=Searching(
            index=index,
            log=truth.log,
            kinds=kinds,
            matches=Matches(texts, highlighter),
            outbox=truth.outbox,
            is_rebuilding=upkeep.is_rebuilding,
        ),
        health=Health(
            store=truth.store,
            index=index,
            outbox=truth.outbox,
            identities=identities,
            clock=clock,
        ),
        settling=loop,
    )
    return Installation(
        settings=settings,
        house=house,
        previewing=Previewing(truth.shelf, previewer, texts, highlighter),
        index=index,
        drain=drain,
        loop=loop,
        importing=Importing(
            log=truth.log,
            claims=truth.claims,
            ingest=ingest,
            identities=identities,
            staging=staging,
            extractor=extractor,
            texts=texts,
            workers=settings.workers + 1,
        ),
        retrying=Retrying(
            log=truth.log,
            shelf=truth.shelf,
            outbox=truth.outbox,
            extractor=extractor,
            texts=texts,
        ),
        rebuilding=rebuilding,
        upkeep=upkeep,
        reconciliation=Reconciliation(truth.log, index, truth.outbox),
        verification=Verification(
            StoredRecordLog(truth.store, RevisionCache(capacity=0)), truth.shelf
        ),
    )
