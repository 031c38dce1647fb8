"""What stands on the object store, and nothing else: the log, files, outbox, chains, claims."""

from dataclasses import dataclass

from records.ports.file_shelf import FileShelf
from services.keeping.verify import Verifier
from storage.chains import StoredChains
from storage.claims import StoredClaims
from storage.effect_outbox import StoredEffectOutbox
from storage.file_shelf import StoredFileShelf
from storage.keys import SCANS, SCANS_BEYOND
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from storage.scan_shelf import StoredScanShelf
from wenshu.building.engines import Engines


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of an installation, as use cases ask for it."""

    log: StoredRecordLog
    shelf: StoredFileShelf
    outbox: StoredOutbox
    effects: StoredEffectOutbox
    chains: StoredChains
    claims: StoredClaims
    scans: StoredScanShelf
    waiting_scans: StoredOutbox
    scans_beyond: StoredOutbox


def truth_on(engines: Engines, *, revision_cache_bytes: int) -> Truth:
    """All of it on the store of these engines."""
    store = engines.store
    return Truth(
        log=StoredRecordLog(store, RevisionCache(capacity_bytes=revision_cache_bytes)),
        shelf=StoredFileShelf(
            store, extractor_version=engines.extractor.version, local_path=engines.local_path
        ),
        outbox=StoredOutbox(store),
        effects=StoredEffectOutbox(store),
        chains=StoredChains(store),
        claims=StoredClaims(store),
        scans=StoredScanShelf(store),
        waiting_scans=StoredOutbox(store, root=SCANS),
        scans_beyond=StoredOutbox(store, root=SCANS_BEYOND),
    )


def verifier_on(engines: Engines, shelf: FileShelf) -> Verifier:
    """What reads everything back: from the store itself, since a cache would hide damage."""
    return Verifier(StoredRecordLog(engines.store, RevisionCache(capacity_bytes=0)), shelf)
