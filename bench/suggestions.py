"""Suggestions, key by key: ``python -m bench.suggestions [TITLES] [FOLDER]`` (1,000,000).

The index alone (tantivy): records that are nothing but titles and numbers. Half of them bear a
title of their own, half one of five hundred that come back, such as a monthly report. A FOLDER
that holds the index is used again.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

from bench.corpus import sentences
from bench.product import Figure, quantile
from indexers.analysis import Analyser, Fold
from indexers.pinyin import Spelling
from indexers.tantivy_index import TantivySearchIndex
from indexers.tantivy_index.search_index import POINTER
from records.identity import Token
from records.queries.search import IndexDocument
from records.rights.access import EVERYONE
from tests.search_documents import STAFF, document

TITLES = 1_000_000
COMING_BACK = 500
FORMS = (
    "关于做好{}工作的通知",
    "{}情况月报",
    "关于印发{}实施方案的通知",
    "关于{}的请示",
    "{}会议纪要",
)
FEW = 0.07
"""Of the records, which the other reader may see."""

TYPED = 60
"""Titles and numbers that are typed, of each to eight keys."""

_BATCH = 1_000
_SOME = Token("unit:some")


def titles(count: int) -> Iterator[str]:
    """Titles out of sentences that people wrote, as offices name their papers."""
    chance, pool = Random(11), sentences()
    returning = [_title(chance, pool) for _ in range(COMING_BACK)]
    for number in range(count):
        yield chance.choice(returning) if number % 2 else _title(chance, pool)


def _title(chance: Random, pool: list[str]) -> str:
    sentence = chance.choice(pool)
    at = chance.randrange(max(1, len(sentence) - 10))
    about = "".join(sign for sign in sentence[at : at + 16] if sign.isalnum())[:10]
    return chance.choice(FORMS).format(about or "防汛")


def records(count: int) -> Iterator[IndexDocument]:
    """Records of these titles; `FEW` are open to the other reader."""
    chance = Random(5)
    for number, title in enumerate(titles(count)):
        tokens = {EVERYONE, _SOME} if chance.random() < FEW else {EVERYONE}
        made = document(f"{number:026}", title)
        rule = made.rule.model_copy(update={"tokens": frozenset(tokens)})
        told = f"渝工商发〔{2000 + number % 25}〕{number % 40_000}号"
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(9_000))
        changed = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(milliseconds=7 * number)
        yield replace(made, number=told, rule=rule, dated_on=day, changed_at=changed)


def keys(count: int, spelling: Spelling) -> Iterator[tuple[str, str]]:
    """What stands in the box after each key, and how it was typed."""
    asked = list(titles(min(count, 20_000)))
    chance = Random(3)
    for title in chance.sample(asked, min(TYPED, len(asked))):
        syllables = [syllable for stretch in spelling.syllables(title) for syllable in stretch]
        whole = {
            "characters": title,
            "pinyin": "".join(syllables),
            "initials": "".join(syllable[0] for syllable in syllables),
            "numbers": f"渝工商发〔{chance.randrange(2000, 2025)}〕{chance.randrange(40_000)}",
        }
        for how, text in whole.items():
            for length in range(1, min(len(text), 8 if how != "numbers" else 16) + 1):
                yield how, text[:length]


def figures(count: int, folder: Path) -> Iterator[Figure]:
    """The table."""
    analyser = Analyser(Fold.load())
    index = TantivySearchIndex(folder, analyser, writes=True)
    if not (folder / POINTER).exists():
        rebuild = index.rebuild()
        source = records(count)
        while batch := list(islice(source, _BATCH)):
            rebuild.apply(batch)
        rebuild.swap()
    typed = list(keys(count, Spelling(analyser)))
    others = STAFF.model_copy(update={"tokens": frozenset({_SOME})})
    for who, access in (("who may read all", STAFF), ("who may read 7 %", others)):
        times: dict[str, list[float]] = {}
        for warm in (True, False):
            for how, text in typed:
                began = perf_counter()
                index.suggest(text, access, limit=8)
                if not warm:
                    times.setdefault(how, []).append((perf_counter() - began) * 1000)
        every = [one for found in times.values() for one in found]
        for how, found in {"each key": every, **times}.items():
            told = f"{quantile(found, 0.5):.1f} / {quantile(found, 0.95):.1f} / {max(found):.0f}"
            bounds = ("30", "15") if how == "each key" else ("", "")
            yield Figure(f"{who}, {how} ({len(found):,}), p50 / p95 / most, ms", told, *bounds)
    index.close()


if __name__ == "__main__":
    asked_for = int(sys.argv[1]) if sys.argv[1:] else TITLES
    with tempfile.TemporaryDirectory(prefix="wenshu-bench-") as made:
        for figure in figures(asked_for, Path(sys.argv[2] if sys.argv[2:] else made)):
            print(f"{figure.what} | {figure.measured} | {figure.at_least} | {figure.aim}")
