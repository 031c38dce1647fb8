"""The search index on Elasticsearch against the bare server: ``python -m bench.elasticsearch [N]``.

Starts a server of its own (tests/servers) with 512 MB, puts N records in (20,000 when not said)
and prints what our adapter adds: to a search (against the same request sent as bytes), to filling
(against the same documents sent as bytes), and what it costs to see one's own write.
"""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from itertools import islice
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from bench.corpus import sentences
from bench.product import Figure
from bench.search_speed import FACETS, READER, records, typed_words
from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex
from indexers.elasticsearch_index.asking import Asking
from indexers.elasticsearch_index.bulk import Item
from indexers.elasticsearch_index.connection import packed
from indexers.elasticsearch_index.documents import DocumentWriter
from indexers.elasticsearch_index.names import Names
from indexers.elasticsearch_index.search_index import SCORED
from records.queries.language import read_query
from records.queries.search import IndexDocument, SearchRequest
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.server import running
from wenshu.demo.papers import paper

BATCH = 500
WRITERS = 8
WRITES = 25
"""Of each writer."""


class Bare:
    """The server without a client: bytes there and back."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc)

    def send(self, path: str, body: bytes, *, lines: bool = False) -> bytes:
        """The bytes of an answer; ends the benchmark when it is none."""
        kind = "application/x-ndjson" if lines else "application/json"
        self._connection.request("POST", path, body, {"Content-Type": kind})
        response = self._connection.getresponse()
        answer = response.read()
        if response.status != 200:
            sys.exit(f"{path}: {answer[:300]!r}")
        return answer


def batches(found: list[str], count: int) -> Iterator[list[IndexDocument]]:
    """Records in batches."""
    source = records(found, count)
    while batch := list(islice(source, BATCH)):
        yield batch


def ms(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1_000


def filled(index: ElasticsearchSearchIndex, found: list[str], count: int) -> float:
    """Records a second through a rebuild, which leaves the index in use."""
    rebuild, spent = index.rebuild(), 0.0
    for batch in batches(found, count):
        spent += ms(partial(rebuild.apply, batch))
    rebuild.swap()
    return count / spent * 1_000


def filled_bare(bare: Bare, analyser: Analyser, alias: str, found: list[str], count: int) -> float:
    """Records a second where they were made ready before: the server alone."""
    documents, spent = DocumentWriter(analyser), 0.0
    for batch in batches(found, count):
        items = [
            Item(one.record, alias, one.revision, packed(documents.document(one)), None)
            for one in batch
        ]
        body = b"\n".join(line for item in items for line in item.lines()) + b"\n"
        spent += ms(partial(bare.send, "/_bulk", body, lines=True))
    return count / spent * 1_000


def search_times(
    index: ElasticsearchSearchIndex, bare: Bare, alias: str, requests: list[SearchRequest]
) -> tuple[float, float]:
    """Median milliseconds through the adapter and of the bare request, asked in turns."""
    asking, ours, theirs = Asking(Analyser(Fold.load())), list[float](), list[float]()
    path = f"/{alias}/_search"
    for last in (False, True):
        for request in requests:
            body = packed(asking.body(request, READER, scored=SCORED))
            pair = (
                ms(partial(index.search, request, READER)),
                ms(lambda body=body: json.loads(bare.send(path, body))),  # type: ignore[misc]
            )
            if last:
                ours.append(pair[0])
                theirs.append(pair[1])
    return median(ours), median(theirs)


def writes(
    writer: Callable[[], Callable[[IndexDocument], object]], found: list[str]
) -> tuple[float, float]:
    """Writes a second by eight writers at once, and the median milliseconds of one write."""
    made = list(records(found, WRITERS * WRITES))

    def work(share: list[IndexDocument]) -> list[float]:
        write = writer()
        return [ms(partial(write, each)) for each in share]

    began = perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        times = list(pool.map(work, [made[start::WRITERS] for start in range(WRITERS)]))
    spent = perf_counter() - began
    return WRITERS * WRITES / spent, median(time for share in times for time in share)


def refreshing(address: str, alias: str) -> Callable[[IndexDocument], object]:
    """A writer that has the server refresh for every write of his."""
    bare, documents = Bare(address), DocumentWriter(Analyser(Fold.load()))

    def write(one: IndexDocument) -> object:
        lines = Item(one.record, alias, one.revision, packed(documents.document(one)), None).lines()
        return bare.send("/_bulk?refresh=true", b"\n".join([*lines, b""]), lines=True)

    return write


def figures(address: str, count: int) -> Iterator[Figure]:
    """All of them."""
    analyser, found, bare = Analyser(Fold.load()), _sentences(), Bare(address)
    options = ElasticsearchOptions(hosts=(address,), prefix="bench", replicas=0)
    index = ElasticsearchSearchIndex(options, analyser)
    alias = Names.of(options.prefix, analyser).current
    filled(index, found, count // 10)  # the server gets warm
    ours = filled(index, found, count)
    with_bytes = ElasticsearchSearchIndex(replace(options, prefix="bare"), analyser)
    beside = with_bytes.rebuild()
    building = Names.of("bare", analyser).building
    theirs = filled_bare(bare, analyser, building, found, count)
    beside.abandon()
    with_bytes.close()
    yield Figure("filling, records/s", f"{ours:.0f}", "300", "1000")
    yield Figure(
        f"filling, share of the bare rate ({theirs:.0f})", f"{ours / theirs:.2f}", ".3", ".5"
    )
    bare.send(f"/{alias}/_refresh", b"")
    trees = [read_query(text).tree for text in typed_words(found)]
    for name, how in {
        "words": SearchRequest(trees[0]),
        "words, 5 facets": SearchRequest(trees[0], facets=FACETS),
        "words, 5 facets, relaxed": SearchRequest(trees[0], facets=FACETS, relaxed=True),
    }.items():
        asked = [replace(how, query=tree) for tree in trees]
        through, plain = search_times(index, bare, alias, asked)
        yield Figure(f"{name}: p50 ms", f"{through:.1f}", "100", "20")
        yield Figure(
            f"{name}: ratio to bare ({plain:.1f} ms)", f"{through / plain:.2f}", "2", "1.5"
        )
    alone = median(ms(partial(index.apply, [one])) for one in records(found, 50))
    yield Figure("a write alone, seen on return: p50 ms", f"{alone:.1f}", "1000", "100")
    rate, each = writes(lambda: lambda one: index.apply([one]), found)
    yield Figure(
        f"8 writers, waiting for the server: writes/s ({each:.0f} ms)", f"{rate:.0f}", "20", "50"
    )
    rate, each = writes(partial(refreshing, address, alias), found)
    yield Figure(f"8 bare writers, a refresh each: writes/s ({each:.0f} ms)", f"{rate:.0f}", "", "")
    index.close()


def _sentences() -> list[str]:
    return sentences() or [line for number in range(500) for line in paper(number).paragraphs]


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    table = Table("what", "measured", "at least", "aim", title="文枢 bench, Elasticsearch")
    with running(ElasticsearchNode()) as server:
        for figure in figures(server.address, count):
            table.add_row(figure.what, figure.measured, figure.at_least, figure.aim)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
