"""How well the right record is ranked: ``python -m bench.relevance PATH/cmrc2018_dev.json [SETS]``.

Each collection is put into an installation of its own and asked as people ask, through the use case
that the pages and the API have: strict, then relaxed, near hits below. A row shows the share of
queries of which a right record stands first, MRR@10, recall@10, and milliseconds of one search.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bench.product import PASSWORD
from bench.relevance_office import office
from bench.relevance_sets import Collection, Queries, cmrc
from records.identity import Login
from records.people.people_rows import PeopleRows
from services.intake.ingest import Draft
from services.people.caller import Caller
from services.searching.search_page import Asked, SearchPage
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

RIGHT_RANKS = 10
KIND = """
kind: paper
version: 1
title: 文件
fields:
  title: {label: 标题, type: text, required: true, max: 300}
  number: {label: 文号, type: text, max: 100}
  dated_on: {label: 日期, type: date}
  body: {label: 正文, type: long_text, max: 100000}
  name: {label: 名称, type: text, personal: true}
meaning: {title: title, number: number, dated_on: dated_on, body: body}
start: {by: [role:staff]}
"""


def main() -> None:
    """Ask all sets and print the table."""
    dev = Path(sys.argv[1])
    trial = dev.with_name(dev.name.replace("dev", "trial"))
    passages = cmrc(dev)
    noise = [line for paper in passages.papers for line in paper.body.split("。") if len(line) > 10]
    collections = {
        "CMRC dev": passages,
        "CMRC trial": cmrc(trial),
        "CMRC dev, eight a paper": cmrc(dev, together=8),
        "office": office(noise),
    }
    chosen = sys.argv[2:] or [*collections]
    table = Table("set", "count", "first", "MRR@10", "R@10", "relaxed", "ms", title="relevance")
    for name in chosen:
        collection = collections[name]
        with _filled(collection) as (built, caller):
            for each, queries in collection.sets.items():
                table.add_row(f"{name}: {each}", *_row(built, caller, queries))
    Console(width=100).print(table)


@contextmanager
def _filled(collection: Collection) -> Iterator[tuple[Installation, Caller]]:
    """An installation that holds the papers, and who asks."""
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as folder:
        settings = Settings(data=Path(folder), password_memory_kib=64)
        settings.kinds.mkdir(parents=True)
        (settings.kinds / "paper.yaml").write_text(KIND, "utf-8")
        with installation(settings) as built:
            person = {"login": "bench", "name": "甲一", "unit": "u", "password": PASSWORD}
            units = [{"code": "u", "name": "局", "level": "市"}]
            built.house.people.load(PeopleRows(units, [person]), lasting=True)
            list(built.rebuilding.run())
            caller = built.house.book.caller(Login("bench"))
            for paper in collection.papers:
                fields = {"title": paper.title, "number": paper.number, "body": paper.body}
                fields["name"] = paper.name
                if paper.dated_on:
                    fields["dated_on"] = paper.dated_on.isoformat()
                built.house.ingest.begin(caller, Draft("paper", fields))
            while not built.drain.empty():
                built.drain.round()
            yield built, caller


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
