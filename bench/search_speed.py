"""How fast the embedded index answers: search with access and five facets, 20 hits a page.

``python -m bench.search_speed TEXTS.json FOLDER COUNT`` builds COUNT records in FOLDER (once;
the folder is used again) out of real sentences and prints milliseconds per kind of search. The
reader has 20 of 2,000 tokens, each record is open to five of them; about 7 % are visible.
"""

import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

from indexers.analysis import Analyser, Fold
from indexers.tantivy_index import TantivySearchIndex
from indexers.tantivy_index.search_index import POINTER
from records.identity import KindName, Token, UnitCode
from records.queries.language import read_query
from records.queries.search import (
    Facet,
    IndexDocument,
    SearchRequest,
    SortOrder,
)
from records.rights.access import AccessFilter, Level, ReadRule
from tests.search_documents import document

TOKENS = [Token(f"unit:{number:04}") for number in range(2_000)]
WEIGHTS = [1 / (rank**0.6) for rank in range(1, len(TOKENS) + 1)]
BATCH = 1_000
QUERIES = 300
FACETS = (Facet.KIND, Facet.UNIT, Facet.YEAR, Facet.LEVEL, Facet.FILE_TYPE)
READER = AccessFilter(
    tokens=frozenset([*TOKENS[4:6], *Random(1).sample(TOKENS, 18)]),
    clearance=Level.SECRET,
    today=date(2024, 5, 1),
)


def sentences(path: Path) -> list[str]:
    """Sentences of the passages of a file in SQuAD layout."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    texts = [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]
    return [part for text in texts for part in re.findall("[^。！？]+[。！？]", text)]


def records(found: list[str], count: int) -> Iterator[IndexDocument]:
    """Records of about 580 characters with titles, numbers and grants."""
    random = Random(42)
    for number in range(count):
        text = "".join(random.choices(found, k=14))
        dated = date(2000, 1, 1) + timedelta(days=random.randrange(9_000))
        made = document(f"{number:026}", "", text)
        yield replace(
            made,
            kind=KindName(f"kind{random.randrange(12)}"),
            title=f"关于{random.choice(found)[:16]}的通知",
            number=f"渝工商发〔{dated.year}〕{number % 3000}号",
            unit=UnitCode(f"{random.randrange(200):04}"),
            unit_name="市场监督管理处",
            dated_on=dated,
            changed_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
            file_types=tuple(random.sample(["pdf", "docx", "ofd", "xlsx"], 2)),
            rule=ReadRule(
                tokens=frozenset(random.choices(TOKENS, WEIGHTS, k=5)),
                dated_tokens=frozenset({(random.choice(TOKENS), date(2024, 6, 1))}),
                level=random.choice(list(Level)),
            ),
        )


def build(index: TantivySearchIndex, found: list[str], count: int) -> None:
    """Fill an empty index."""
    started, source = perf_counter(), records(found, count)
    while batch := list(islice(source, BATCH)):
        index.apply(batch)
    spent = perf_counter() - started
    print(f"built {count} in {spent:.0f} s, {count / spent:.0f} records/s")
    source = records(found, QUERIES // 10)
    times = [timed(partial(index.apply, [one])) for one in source]
    report("one record written and visible", times)


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = perf_counter()
    call()
    return (perf_counter() - started) * 1_000


def report(name: str, times: list[float]) -> None:
    """One row: median and 99th percentile."""
    ordered = sorted(times)
    median, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    print(f"{name:40} p50 {median:7.2f} ms   p99 {slow:7.2f} ms")


def typed_words(found: list[str]) -> list[str]:
    """One to three words of two to four characters of one sentence."""
    random, queries = Random(7), list[str]()
    while len(queries) < QUERIES:
        pieces = re.findall("[\u4e00-\u9fff]{2,4}", random.choice(found))
        words = random.sample(pieces, min(len(pieces), random.randint(1, 3)))
        queries.append(" ".join(words) or "防汛")
    return queries


def main() -> None:
    """Build where need be, ask twice, report the second pass."""
    found = sentences(Path(sys.argv[1]))
    index = TantivySearchIndex(Path(sys.argv[2]), Analyser(Fold.load()), writes=True)
    if not (Path(sys.argv[2]) / POINTER).exists():
        build(index, found, int(sys.argv[3]))
    queries = [read_query(text).tree for text in typed_words(found)]
    for name, how in {
        "words, relevance, 5 facets": SearchRequest(queries[0], facets=FACETS),
        "words, relevance": SearchRequest(queries[0]),
        "words, by date, 5 facets": SearchRequest(queries[0], facets=FACETS, sort=SortOrder.DATE),
        "words, relaxed, 5 facets": SearchRequest(queries[0], facets=FACETS, relaxed=True),
    }.items():
        for _ in range(2):
            requests = [replace(how, query=query) for query in queries]
            times = [timed(partial(index.search, one, READER)) for one in requests]
        report(name, times)
    everything = SearchRequest(read_query("").tree, facets=FACETS)
    report(
        "everything, 5 facets",
        [timed(partial(index.search, everything, READER)) for _ in range(20)],
    )
    for typed in ("关于", "guanyu", "gy", "渝工商发〔2017"):
        times = [timed(partial(index.suggest, typed, READER, limit=8)) for _ in range(20)]
        report(f"suggest {typed}", times)
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB at most")
    index.close()


if __name__ == "__main__":
    main()
