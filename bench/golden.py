"""Prints the golden table: 600 questions, three indexes; beside Elasticsearch (`tests.servers`).

``python -m tests.servers elasticsearch -- python -m bench.golden``
"""

import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console

from indexers.analysis import Analyser, Fold
from indexers.memory_index import MemorySearchIndex
from indexers.tantivy_index import TantivySearchIndex
from records.ports.search_index import SearchIndex
from records.queries.search import SearchResult
from tests.elasticsearch_indexes import ready
from tests.golden import BESIDE, FAMILIES, Golden, corpus, questions
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.server import address_of


def main() -> None:
    """Ask them all and print a line for each family, as the documents show it."""
    analyser = Analyser(Fold.load())
    lines = ["| Family | Asked | Found something | tantivy = oracle | Elasticsearch = oracle |"]
    lines += ["|---|---|---|---|---|"]
    with (
        address_of(ElasticsearchNode()) as address,
        ready(address, analyser) as distributed,
        tempfile.TemporaryDirectory() as folder,
    ):
        oracle = MemorySearchIndex(analyser)
        embedded = TantivySearchIndex(Path(folder) / "index", analyser, writes=True)
        for index in (oracle, embedded, distributed):
            index.apply(corpus())
        for family in (*FAMILIES, *BESIDE):
            told = counted(list(questions(family)), oracle, embedded, distributed)
            cells = [told[name] for name in ("asked", "found", "embedded", "distributed")]
            lines.append(f"| {family} | {' | '.join(map(str, cells))} |")
        embedded.close()
    Console(soft_wrap=True).print("\n".join(lines), highlight=False)


def counted(
    asked: list[Golden], oracle: SearchIndex, embedded: SearchIndex, distributed: SearchIndex
) -> Counter[str]:
    """How many found something, and how many were answered alike: ids, total and facets."""
    told: Counter[str] = Counter()
    for golden in asked:
        expected = oracle.search(golden.request, golden.access)
        told["asked"] += 1
        told["found"] += expected.total > 0
        for name, index in (("embedded", embedded), ("distributed", distributed)):
            answer = index.search(golden.request, golden.access)
            told[name] += _said(answer) == _said(expected)
    return told


def _said(result: SearchResult) -> tuple[int, list[str], object]:
    return result.total, sorted(hit.record for hit in result.hits), result.facets


if __name__ == "__main__":
    main()
