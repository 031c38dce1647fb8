"""How well the right record is ranked: ``python -m bench.relevance PATH/cmrc2018_dev.json [SETS]``.

Each collection is put into an installation of its own and asked as people ask, through the use case
that the pages and the API have: strict, then relaxed, near hits below. A row shows the share of
queries of which a right record stands first, MRR@10, recall@10, and milliseconds of one search.
"""

import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bench.relevance.filled import filled
from bench.relevance.office import office
from bench.relevance.sets import Queries, cmrc, noise_of
from services.people.caller import Caller
from services.searching.search_page import Asked, SearchPage
from wenshu.building.installation import Installation

RIGHT_RANKS = 10


def main() -> None:
    """Ask all sets and print the table."""
    dev = Path(sys.argv[1])
    trial = dev.with_name(dev.name.replace("dev", "trial"))
    passages = cmrc(dev)
    collections = {
        "CMRC dev": passages,
        "CMRC trial": cmrc(trial),
        "CMRC dev, eight a paper": cmrc(dev, together=8),
        "office": office(noise_of(passages)),
    }
    chosen = sys.argv[2:] or [*collections]
    table = Table("set", "count", "first", "MRR@10", "R@10", "relaxed", "ms", title="relevance")
    for name in chosen:
        collection = collections[name]
        with filled(collection) as (built, caller):
            for each, queries in collection.sets.items():
                table.add_row(f"{name}: {each}", *_row(built, caller, queries))
    Console(width=100).print(table)


def _row(built: Installation, caller: Caller, queries: Queries) -> tuple[str, ...]:
    """Count, shares and milliseconds, as words."""
    first = reciprocal = recalled = relaxed = 0.0
    began = perf_counter()
    for text, right in queries:
        asked = Asked(words=text, size=RIGHT_RANKS)
        page = built.house.searching.search(replace(caller), asked)
        rank = next((n for n, name in enumerate(_names(page), 1) if name in right), 0)
        relaxed += page.relaxed
        if 0 < rank <= RIGHT_RANKS:
            first += rank == 1
            recalled += 1
            reciprocal += 1 / rank
    spent_ms = (perf_counter() - began) * 1000 / len(queries)
    shares = [each / len(queries) for each in (first, reciprocal, recalled, relaxed)]
    return f"{len(queries):,}", *(f"{share:.4f}" for share in shares), f"{spent_ms:.1f}"


def _names(page: SearchPage) -> list[str]:
    return [str(found.revision.fields["name"]) for found in (*page.hits, *page.near)]


if __name__ == "__main__":
    main()
