"""Processes that write and rebuild one index on Elasticsearch until they are stopped or killed.

A folder stands for the store: a file per writer, a line per committed revision.
"""

from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex
from records.errors import Unavailable
from tests.search_documents import document

RECORDS = 12
"""Of each writer."""


def committed(store: Path) -> dict[str, int]:
    """The newest revision of every record."""
    lines = [line for path in sorted(store.iterdir()) for line in path.read_text().splitlines()]
    found: dict[str, int] = {}
    for line in lines:
        record, revision = line.split()
        found[record] = max(int(revision), found.get(record, 0))
    return found


def write(options: ElasticsearchOptions, store: Path, writer: int, stop: Event) -> None:
    """Commit a revision, then index it, again and again; a failure ends the process badly."""
    index = ElasticsearchSearchIndex(options, Analyser(Fold.load()))
    with (store / f"writer-{writer}").open("a", encoding="utf-8") as file:
        for turn in count():
            if stop.is_set():
                break
            record, revision = f"w{writer}r{turn % RECORDS}", 1 + turn // RECORDS
            file.write(f"{record} {revision}\n")
            file.flush()
            index.apply([document(record, "防汛", revision=revision)])
            dict(index.entries(after=None))
    index.close()


def rebuild(options: ElasticsearchOptions, store: Path, stop: Event, swapped: Event) -> None:
    """Rebuild from the store, again and again, whatever another one is at."""
    index = ElasticsearchSearchIndex(options, Analyser(Fold.load()))
    while not stop.is_set():
        try:
            begun = index.rebuild()
            for record, revision in committed(store).items():
                begun.apply([document(record, "防汛", revision=revision)])
            begun.swap()
        except Unavailable as error:
            if error.reason not in {"rebuild_running", "rebuild_abandoned"}:
                raise
        else:
            swapped.set()
    index.close()
