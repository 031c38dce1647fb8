"""Search indexes on a real Elasticsearch, each test with names of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from elasticsearch import Elasticsearch

from indexers.analysis import Analyser
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex

Opened = Callable[..., ElasticsearchSearchIndex]


def options(address: str, **how: object) -> ElasticsearchOptions:
    """Options with a prefix that nobody else has; one server needs no copies, tests no pauses."""
    chosen: dict[str, object] = {
        "prefix": f"test-{uuid4().hex}",
        "replicas": 0,
        "refresh_interval": "10ms",
        **how,
    }
    return ElasticsearchOptions(hosts=(address,), **chosen)  # type: ignore[arg-type]  # by name


@contextmanager
def indexes(chosen: ElasticsearchOptions, analyser: Analyser) -> Iterator[Opened]:
    """Opens an index, as often as wanted, as several processes do; nothing stays behind."""
    opened: list[ElasticsearchSearchIndex] = []

    def opening(**how: object) -> ElasticsearchSearchIndex:
        index = ElasticsearchSearchIndex(chosen, analyser, **how)  # type: ignore[arg-type]
        opened.append(index)
        return index

    try:
        yield opening
    finally:
        for index in opened:
            index.close()
        with Elasticsearch(list(chosen.hosts)) as client:
            for name in client.indices.get(index=f"{chosen.prefix}-*"):
                client.indices.delete(index=name, ignore_unavailable=True)


@contextmanager
def ready(address: str, analyser: Analyser, **how: object) -> Iterator[ElasticsearchSearchIndex]:
    """One index, made and empty."""
    with indexes(options(address, **how), analyser) as opened:
        index = opened()
        index.rebuild().swap()
        yield index
