"""Search in all versions beside plain search: `python -m bench.versions [DOCUMENTS]` (20,000).

The index alone, tantivy: records of 600 characters and five revisions, each of which wrote the
paragraph of another place anew. The same queries, newest versions alone and all of them.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

from bench.corpus import texts
from bench.product import Figure, quantile
from bench.small import CHARACTERS, questions
from indexers.analysis import Analyser, Fold
from indexers.tantivy_index import TantivySearchIndex
from records.queries.language import read_query
from records.queries.query import Query
from records.queries.search import IndexDocument, SearchRequest
from records.queries.versions import change_told, in_all_versions
from services.after_commit.left_behind import NewestTexts
from tests.search_documents import STAFF, document

REVISIONS = 5
ASKED = 400
_BATCH = 1_000


def records(count: int, *, past: bool) -> Iterator[IndexDocument]:
    """Records with what stood in their earlier revisions, or without."""
    chance, pool = Random(3), [text[:CHARACTERS] for text in texts(2_000)]
    for number, text in enumerate(texts(count)):
        newest = text[:CHARACTERS]
        found = document(f"{number:026}", newest[:20], newest)
        if past:
            earlier = []
            for _ in range(REVISIONS - 1):
                at = chance.randrange(CHARACTERS - 100)
                other = chance.choice(pool)[:100]
                earlier.append(newest[:at] + other + newest[at + 100 :])
            newer = NewestTexts([newest])
            past_texts = [part for text in earlier for part in newer.left_behind(text)]
            found = replace(found, past=tuple(dict.fromkeys(past_texts)))
        found = replace(found, facts=frozenset({change_told(has_past=past)}))
        yield found


def measured(folder: Path, count: int, *, past: bool) -> tuple[list[float], list[float], int]:
    """Milliseconds of plain queries and of those in all versions; kilobytes of the index."""
    index = TantivySearchIndex(folder, Analyser(Fold.load()), writes=True)
    rebuild = index.rebuild()
    batch: list[IndexDocument] = []
    for each in records(count, past=past):
        batch.append(each)
        if len(batch) == _BATCH:
            rebuild.apply(batch)
            batch = []
    rebuild.apply(batch)
    rebuild.swap()
    trees = [read_query(words).tree for words in questions(ASKED)]
    plain = times(index, trees)
    every = times(index, [in_all_versions(tree, STAFF.tokens) for tree in trees])
    index.close()
    return plain, every, sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) // 1024


def times(index: TantivySearchIndex, trees: list[Query]) -> list[float]:
    """Milliseconds of each, after a first round."""
    found: list[float] = []
    for warm in (True, False):
        for tree in trees:
            began = perf_counter()
            index.search(SearchRequest(tree), STAFF)
            if not warm:
                found.append((perf_counter() - began) * 1000)
    return found


def figures(count: int) -> Iterator[Figure]:
    """The table."""
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as name:
        plain, every, size = measured(Path(name) / "past", count, past=True)
        bare, _, bare_size = measured(Path(name) / "bare", count, past=False)
    for what, found in (
        ("newest versions, of an index that knows no others", bare),
        ("newest versions", plain),
        (f"all {REVISIONS} versions", every),
    ):
        told = f"{quantile(found, 0.5):.2f} / {quantile(found, 0.99):.2f}"
        yield Figure(f"{count:,} records: {what}, p50 / p99 ms", told, "", "")
    ratio = sum(every) / sum(plain)
    yield Figure("all versions, times of plain", f"{ratio:.2f}", "2", "1.3")
    yield Figure(
        "KB a record, without and with the past",
        f"{bare_size / count:.1f} / {size / count:.1f}",
        "",
        "",
    )


if __name__ == "__main__":
    for figure in figures(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000):
        print(figure)
