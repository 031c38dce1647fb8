"""How well the right record is ranked: ``python -m bench.relevance PATH/cmrc2018_dev.json [SETS]``.

``make bench`` prints the same of `SAMPLED` queries of each set, within five minutes. Each
collection is put into an installation of its own and asked as people ask, through the use case that
the pages and the API have: strict, then relaxed, near hits below. A row shows the share of queries
of which a right record stands first, MRR@10, recall@10, and milliseconds of one search.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
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

SAMPLED = 100
"""Queries of each set that are asked where all would take too long: the standard error is .02."""

_HEAD = ("set", "count", "first", "MRR@10", "R@10", "relaxed", "ms")


def main() -> None:
    """Ask all sets and print the table."""
    Console(width=100).print(relevance(Path(sys.argv[1]), sys.argv[2:]))


def relevance(dev: Path, chosen: Sequence[str] = (), *, most: int | None = None) -> Table:
    """The table of these collections, all of them where none is chosen.

    `most` queries of each set are asked, drawn with a fixed seed; all of them with None.
    """
    passages = cmrc(dev)
    collections = {
        "CMRC dev": lambda: passages,
        "CMRC trial": lambda: cmrc(dev.with_name(dev.name.replace("dev", "trial"))),
        "CMRC dev, eight a paper": lambda: cmrc(dev, together=8),
        "office": lambda: office(noise_of(passages)),
    }
    table = Table(*_HEAD, title="relevance")
    for name in chosen or collections:
        collection = collections[name]()
        with filled(collection) as (built, caller):
            for each, queries in collection.sets.items():
                asked = queries
                if most is not None and len(queries) > most:
                    asked = Random(each).sample(queries, most)
                table.add_row(f"{name}: {each}", *_row(built, caller, asked))
    return table


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
