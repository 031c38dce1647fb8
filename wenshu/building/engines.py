"""What an installation stands on, by its settings: embedded adapters, or those of real engines."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry

from documents.scans.embedded_text_recogniser import EmbeddedTextRecogniser
from indexers.analysis import Analyser, Fold
from indexers.analysis.outline import Outlines
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.tantivy_index import TantivySearchIndex
from indexers.tika.tika_text_extractor import TikaTextExtractor
from records.errors import NotFound, Refused, Unavailable, WenshuError
from records.identity import ObjectKey
from records.ports.object_store import ObjectStore
from records.ports.rate_limiter import RateLimiter
from records.ports.rebuildable_index import RebuildableIndex
from records.ports.text_extractor import TextExtractor
from records.ports.text_recogniser import TextRecogniser
from services.keeping.leftovers import Sweeping
from services.keeping.probing import Probe
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import FORMAT_KEY
from wenshu.building.object_stores import opened_store
from wenshu.format import check_format
from wenshu.measures.measured import (
    MeasuredObjectStore,
    MeasuredTextExtractor,
    MeasuredTextRecogniser,
    counted_refusals,
)
from wenshu.settings import Settings
from wenshu.system.rate_limiters import SharedRateLimiter, WindowRateLimiter
from workers.celery_queue import CeleryJobQueue


@dataclass(frozen=True, slots=True)
class Engines:
    """The adapters that settings choose; `queue` None is the queue of the embedded mode."""

    analyser: Analyser
    outlines: Outlines
    """Kept ready for whoever looks at texts."""
    store: ObjectStore
    local_path: Callable[[ObjectKey], Path] | None
    """Where an object lies on this machine; None for a store elsewhere."""
    index: RebuildableIndex
    extractor: TextExtractor
    recogniser: TextRecogniser
    queue: CeleryJobQueue | None
    limiter: RateLimiter
    sweepings: Sequence[Sweeping]
    probes: Sequence[Probe]
    registry: CollectorRegistry
    refused: Callable[[str, str], None]
    """Counts a request that had no place, by lane and reason."""


@contextmanager
def engines(settings: Settings) -> Iterator[Engines]:
    """Everything opened, closed at the end.

    Raises Unavailable, Invalid, and Refused (``newer_format``, ``older_format``,
    ``queue_needs_index``, and what a bucket lacks).
    """
    if settings.queue_url is not None and not settings.index_hosts:
        raise Refused("queue_needs_index")
    with ExitStack() as stack:
        registry = CollectorRegistry()
        analyser = Analyser(Fold.load())
        store = stack.enter_context(store_of(settings))
        check_format(store)
        queue = None
        if settings.queue_url is not None:
            queue = CeleryJobQueue(settings.queue_url, name=settings.name, ca=settings.queue_ca)
            stack.callback(queue.close)
        index = _index(settings, analyser)
        stack.callback(index.close)
        extractor, probes = _extractor(settings)
        recogniser = EmbeddedTextRecogniser()
        stack.callback(recogniser.close)
        local = store if isinstance(store, FilesystemObjectStore) else None
        yield Engines(
            analyser=analyser,
            outlines=Outlines(analyser.folding),
            store=MeasuredObjectStore(store, registry),
            local_path=local.local_path if local else None,
            index=index,
            extractor=MeasuredTextExtractor(extractor, registry),
            recogniser=MeasuredTextRecogniser(recogniser, registry),
            queue=queue,
            limiter=_limiter(queue, settings.name),
            sweepings=(local.sweep,) if local else (),
            probes=probes,
            registry=registry,
            refused=counted_refusals(registry),
        )


@contextmanager
def store_of(settings: Settings) -> Iterator[ObjectStore]:
    """The store itself, whatever its format."""
    address = settings.store_address or str(settings.store)
    with opened_store(address, access=settings.store_access, for_writing=True) as opened:
        yield opened.store


def require_store(settings: Settings) -> None:
    """Look whether somebody has begun the store, making nothing.

    Raises NotFound (``no_store``), Unavailable, Invalid.
    """
    if settings.store_access is None:
        folder = Path(settings.store_address or settings.store)
        is_begun = (folder / FORMAT_KEY).is_file()
    else:
        with store_of(settings) as store:
            is_begun = store.stat(FORMAT_KEY) is not None
    if not is_begun:
        raise NotFound("no_store")


def _index(settings: Settings, analyser: Analyser) -> RebuildableIndex:
    if not settings.index_hosts:
        return TantivySearchIndex(settings.index, analyser, writes=True)
    access = settings.index_access
    options = ElasticsearchOptions(
        hosts=settings.index_hosts,
        prefix=settings.name,
        api_key=access.api_key,
        user=access.user,
        password=access.password,
        ca_certificate=access.ca,
        shards=access.shards,
        replicas=access.replicas,
    )
    return ElasticsearchSearchIndex(options, analyser)


def _extractor(settings: Settings) -> tuple[TextExtractor, Sequence[Probe]]:
    """Tika servers, with the embedded routes behind them, or the embedded routes alone."""
    embedded = EmbeddedTextExtractor(workers=settings.workers)
    if not settings.tika_servers:
        return embedded, ()
    tika = TikaTextExtractor(settings.tika_servers, embedded=embedded)
    return tika, (Probe("tika", lambda: _tika_fault(tika)),)


def _tika_fault(tika: TikaTextExtractor) -> WenshuError | None:
    """What is wrong with the servers that do not answer; one of them is enough to work."""
    looks = tika.health()
    if any(look.well for look in looks):
        return None
    detail = "；".join(f"{look.address} {look.reason}" for look in looks)
    return Unavailable("no_tika", detail=detail)


def _limiter(queue: CeleryJobQueue | None, name: str) -> RateLimiter:
    """Counts in Redis where several processes may serve, else in this one."""
    own = WindowRateLimiter.in_process()
    if queue is None:
        return own
    pool = queue.redis.connection_pool
    return SharedRateLimiter(WindowRateLimiter.in_redis(pool, prefix=f"{name}:rate"), own)
