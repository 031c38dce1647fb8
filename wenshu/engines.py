"""What an installation stands on, by its settings: embedded adapters, or those of real engines."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry

from indexers.analysis import Analyser, Fold
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.tantivy_index import TantivySearchIndex
from records.identity import ObjectKey
from records.ports.object_store import ObjectStore
from records.ports.rebuildable_index import RebuildableIndex
from records.ports.text_extractor import TextExtractor
from services.health import Probe
from services.purging import Sweeping
from storage.filesystem_store import FilesystemObjectStore
from wenshu.format import check_format
from wenshu.measured import MeasuredObjectStore, MeasuredTextExtractor
from wenshu.settings import Settings
from workers.celery_queue import CeleryJobQueue


@dataclass(frozen=True, slots=True)
class Engines:
    """The adapters that settings choose; `queue` None is the queue of the embedded mode."""

    analyser: Analyser
    store: ObjectStore
    local_path: Callable[[ObjectKey], Path] | None
    """Where an object lies on this machine; None for a store elsewhere."""
    index: RebuildableIndex
    extractor: TextExtractor
    queue: CeleryJobQueue | None
    sweepings: Sequence[Sweeping]
    probes: Sequence[Probe]
    registry: CollectorRegistry


def store_of(settings: Settings) -> FilesystemObjectStore:
    """The store itself, whatever its format."""
    return FilesystemObjectStore(settings.store)


@contextmanager
def engines(settings: Settings) -> Iterator[Engines]:
    """Everything opened, closed at the end. Raises Unavailable, Refused (``newer_format``)."""
    with ExitStack() as stack:
        registry = CollectorRegistry()
        analyser = Analyser(Fold.load())
        store = store_of(settings)
        check_format(store)
        queue = None
        if settings.queue_url is not None:
            queue = CeleryJobQueue(settings.queue_url, name=settings.name)
            stack.callback(queue.close)
        index = TantivySearchIndex(settings.index, analyser, writes=True)
        stack.callback(index.close)
        extractor = EmbeddedTextExtractor(workers=settings.workers)
        yield Engines(
            analyser=analyser,
            store=MeasuredObjectStore(store, registry),
            local_path=store.local_path,
            index=index,
            extractor=MeasuredTextExtractor(extractor, registry),
            registry=registry,
            queue=queue,
            sweepings=(store.sweep,),
            probes=(),
        )
