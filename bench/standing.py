"""A new revision against ten thousand standing searches: `python -m bench.standing [SEARCHES]`.

Three sets. Texts of an encyclopaedia (CMRC dev) with searches of one to three words out of them: as
people subscribe, few match. Our own phrases, which repeat: a third of all searches match each text.
Conditions alone, over its kind and other years: what it costs before anybody's rights are read.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from time import perf_counter

from bench.corpus import texts
from bench.product import Figure, quantile
from bench.small import CHARACTERS, questions
from indexers.analysis import Analyser, Fold
from indexers.standing_queries import GuardedQueries
from records.queries.language import read_query
from records.queries.search import IndexDocument
from services.searching.asked_address import asked_by
from services.searching.facets import plain_narrowing
from tests.search_documents import document

CMRC = Path(__file__).parents[2] / "shared" / "data" / "cmrc2018_dev.json"
TRIED = 500


def figures(searches: int) -> Iterator[Figure]:
    """Milliseconds of one revision, and how many searches it matches."""
    if CMRC.exists():
        data = json.loads(CMRC.read_text(encoding="utf-8"))["data"]
        real = [part["context"] for article in data for part in article["paragraphs"]]
        chance = Random(7)
        yield measured("encyclopaedia", real, [few(chance, real) for _ in range(searches)])
    own = [text[:CHARACTERS] for text in texts(TRIED)]
    yield measured("own phrases", own, questions(searches))
    yield of_conditions(own, searches)


def few(chance: Random, pool: Sequence[str]) -> str:
    """One to three words of two to four characters out of one text."""
    pieces = re.findall(r"[\u4e00-\u9fff]{4,}", chance.choice(pool))
    words = []
    for piece in chance.sample(pieces, min(len(pieces), chance.randint(1, 3))):
        size = chance.randint(2, 4)
        at = chance.randrange(len(piece) - size + 1)
        words.append(piece[at : at + size])
    return " ".join(words)


def measured(name: str, pool: Sequence[str], searches: Sequence[str]) -> Figure:
    """One set."""
    standing = GuardedQueries(Analyser(Fold.load()))
    for number, search in enumerate(searches):
        standing.hold(str(number), read_query(search).tree)
    tried: list[IndexDocument] = [
        document(f"r{number}", text[:20], text) for number, text in enumerate(pool[:TRIED])
    ]
    standing.matching(tried[0])
    times, matched = [], 0
    for each in tried:
        began = perf_counter()
        matched += len(standing.matching(each))
        times.append((perf_counter() - began) * 1000)
    told = f"{quantile(times, 0.5):.1f} / {quantile(times, 0.99):.1f}"
    title = f"{name}: {len(searches):,} standing searches, {matched / len(tried):,.0f} match"
    return Figure(f"{title}, p50 / p99 ms", told, "50", "15")


def of_conditions(pool: Sequence[str], searches: int) -> Figure:
    """Searches without words over the kind of the revisions, but other years."""
    standing = GuardedQueries(Analyser(Fold.load()))
    wanted = [
        plain_narrowing(asked_by(f"kind=notice&year={1990 + n % 20}")) for n in range(searches)
    ]
    times = []
    for number, text in enumerate(pool[:TRIED]):
        tried = document(f"r{number}", text[:20], text)
        began = perf_counter()
        matched = sum(standing.meets(tried, each) for each in wanted)
        times.append((perf_counter() - began) * 1000)
    told = f"{quantile(times, 0.5):.1f} / {quantile(times, 0.99):.1f}"
    title = f"conditions alone: {searches:,} standing searches, {matched:,.0f} met"
    return Figure(f"{title}, p50 / p99 ms", told, "50", "15")


if __name__ == "__main__":
    for figure in figures(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
        print(figure)
