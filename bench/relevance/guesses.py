"""Names with a mistake in them: ``python -m bench.relevance.guesses PATH/cmrc2018_dev.json``.

您是不是要找: the names that articles of CMRC 2018 are about, of three to six characters, and what
the papers of an office are about, each typed with one mistake. Right is a first guess that is the
name. Of what stands somewhere as it was typed nothing is guessed, so it is left out.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from time import perf_counter

from bench.product import Figure
from bench.relevance.filled import filled
from bench.relevance.office import office, office_names
from bench.relevance.sets import Collection, cmrc, noise_of
from indexers.phrases import Style, pinyin
from services.people.caller import Caller
from services.searching.search_page import Asked
from wenshu.building.installation import Installation

SHORTEST, LONGEST = 3, 6
COMMON = 1_500
"""Characters of the texts, the most frequent, of which wrong ones are taken."""

BOUNDS = {"wrong": ("97", "99"), "homophone": ("97", "99"), "swapped": ("97", "99")}
MISSING = ("60", "80")


class Mistakes:
    """Spoils names by characters that the texts hold."""

    def __init__(self, texts: str) -> None:
        counts = Counter(sign for sign in texts if _is_han(sign))
        self._common = [sign for sign, _ in counts.most_common(COMMON)]
        self._sounding: dict[str, list[str]] = defaultdict(list)
        for sign in counts:
            self._sounding[_sound(sign)].append(sign)

    def of(self, name: str, chance: Random) -> Iterator[tuple[str, str]]:
        """Each sort of mistake with the spoiled name."""
        at = chance.randrange(len(name))
        yield "wrong", name[:at] + chance.choice(self._common) + name[at + 1 :]
        alike = [sign for sign in self._sounding[_sound(name[at])] if sign != name[at]]
        if alike:
            yield "homophone", name[:at] + chance.choice(alike) + name[at + 1 :]
        before = chance.randrange(len(name) - 1)
        yield "swapped", name[:before] + name[before + 1] + name[before] + name[before + 2 :]
        yield "missing", name[:at] + name[at + 1 :]


def names(path: Path) -> list[str]:
    """What the articles are about, as far as their first passage says it in so many characters."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [
        title
        for article in articles
        if SHORTEST <= len(title := article["title"]) <= LONGEST and all(map(_is_han, title))
        if title in article["paragraphs"][0]["context"]
    ]


def figures(dev: Path) -> Iterator[Figure]:
    """The table."""
    trial = dev.with_name(dev.name.replace("dev", "trial"))
    passages = cmrc(dev)
    yield from _measured("CMRC trial", cmrc(trial), names(trial))
    yield from _measured("CMRC dev", passages, names(dev))
    yield from _measured("office", office(noise_of(passages)), office_names())


def _measured(which: str, collection: Collection, meant: Sequence[str]) -> Iterator[Figure]:
    chance = Random(23)
    mistakes = Mistakes("".join(paper.title + paper.body for paper in collection.papers))
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with filled(collection) as (built, caller):
        began = perf_counter()
        for name in meant:
            for sort, spoiled in mistakes.of(name, chance):
                guesses = _guesses(built, caller, spoiled)
                if guesses is not None and spoiled != name:
                    asked[sort] += 1
                    right[sort] += guesses[:1] == (name,)
        spent_ms = (perf_counter() - began) * 1000 / asked.total()
    for sort, count in asked.items():
        told, bounds = f"{100 * right[sort] / count:.1f}", BOUNDS.get(sort, MISSING)
        yield Figure(f"{which}: first guess right, {sort} ({count}), %", told, *bounds)
    yield Figure(f"{which}: a search with its guesses, ms", f"{spent_ms:.1f}", "", "")


def _guesses(built: Installation, caller: Caller, typed: str) -> tuple[str, ...] | None:
    page = built.house.searching.search(caller, Asked(words=typed))
    stands = page.total and not page.relaxed
    return None if stands else page.guesses


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _sound(sign: str) -> str:
    return "".join(pinyin(sign, style=Style.NORMAL, heteronym=False, errors="ignore")[0])


if __name__ == "__main__":
    for figure in figures(Path(sys.argv[1])):
        print(f"{figure.what} | {figure.measured} | {figure.at_least} | {figure.aim}")
