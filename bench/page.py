"""A page of twenty hits with the truth on S3, beside the same page with it on this machine.

``python -m bench.page [DOCUMENTS]``, run beside the servers, which ``python -m tests.servers
seaweedfs redis elasticsearch tika -- COMMAND`` starts. Both are found by Elasticsearch.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.corpus import write_texts
from bench.product import PASSWORD, queries
from records.identity import Login
from records.people.people_rows import PeopleRows
from services.intake.import_walk import walk
from services.intake.importing import ImportOptions
from services.searching.search_page import Asked
from tests.engines import cluster
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

HITS = 20
_WARMING = 50


def main() -> None:
    """Measure both and print them."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with TemporaryDirectory(prefix="wenshu-bench-") as name, cluster(Path(name) / "s3") as engines:
        folder = Path(name)
        write_texts(folder / "txt", documents)
        far = replace(engines.settings, queue_url=None, workers=max(1, (os.cpu_count() or 2) - 1))
        near = replace(far, data=folder / "near", name=f"{far.name}near", store_address=None)
        for what, settings in (("on this machine", near), ("on S3", far)):
            cold, warm = pages(settings, folder / "txt", queries(documents, 250))
            told = f"texts not in memory {cold:.1f} ms, in memory {warm:.1f} ms"
            print(f"page of {HITS} hits, truth {what}, p50: {told}")


def pages(settings: Settings, texts: Path, asked: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of a page at p50: of texts that this process has not read yet, and read."""
    with installation(settings) as built:
        people = {"login": "bench", "name": "甲一", "unit": "u", "password": PASSWORD}
        built.house.people.load(
            PeopleRows([{"code": "u", "name": "局", "level": "市"}], [people]), lasting=True
        )
        list(built.rebuilding.run())
        caller = built.house.book.caller(Login("bench"))
        options = ImportOptions(caller, "library_file", ())
        list(built.importing.run(list(walk([texts], max_bytes=1 << 30)), options))
        while not built.drain.empty():
            built.drain.round()
    with installation(settings) as built:
        times = [_page(built, words) for words in asked]
        again = [_page(built, words) for words in asked]
    return median(times[_WARMING:]), median(again)


def _page(built: Installation, words: str) -> float:
    caller = built.house.book.caller(Login("bench"))
    began = perf_counter()
    built.house.searching.search(caller, Asked(words=words, size=HITS))
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
