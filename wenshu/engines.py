"""What an installation stands on, by its settings: embedded adapters, or those of real engines."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from indexers.analysis import Analyser, Fold
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.tantivy_index import TantivySearchIndex
from records.ports.object_store import ObjectStore
from records.ports.rebuildable_index import RebuildableIndex
from records.ports.text_extractor import TextExtractor
from services.health import Probe
from services.purging import Sweeping
from storage.filesystem_store import FilesystemObjectStore
from wenshu.format import check_format
from wenshu.settings import Settings
from workers.celery_queue import CeleryJobQueue


@dataclass(frozen=True, slots=True)
class Engines:
    """The adapters that settings choose; `queue` None is the queue of the embedded mode."""

    analyser: Analyser
    store: ObjectStore
    index: RebuildableIndex
    extractor: TextExtractor
    queue: CeleryJobQueue | None
    sweepings: Sequence[Sweeping]
    probes: Sequence[Probe]


@contextmanager
def engines(settings: Settings) -> Iterator[Engines]:
    """Everything opened, closed at the end. Raises Unavailable, Refused (``newer_format``)."""
    with ExitStack() as stack:
        analyser = Analyser(Fold.load())
        store = FilesystemObjectStore(settings.store)
        check_format(store)
        queue = None
        if settings.queue_url is not None:
            queue = CeleryJobQueue(settings.queue_url, name=settings.name)
            stack.callback(queue.close)
        index = TantivySearchIndex(settings.index, analyser, writes=True)
        stack.callback(index.close)
        yield Engines(
            analyser=analyser,
            store=store,
            index=index,
            extractor=EmbeddedTextExtractor(workers=settings.workers),
            queue=queue,
            sweepings=(store.sweep,),
            probes=(),
        )
