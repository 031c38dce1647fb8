"""How like two texts are of which one is a copy with changes, and two of different documents.

``python -m bench.relevance.near_texts PATH/cmrc2018_dev.json``. Of each text copies are made in
which so many of its characters, or of its sentences, are others; a row says what share of these a
threshold calls nearly the same. The last rows say of how many texts the likest other one of the
set, which is another document, is called so too.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from bench.relevance.office import office
from bench.relevance.sets import Collection, cmrc, noise_of
from services.relations.look_alikes import pieces, shared

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3)
_LEAST = 120
"""Characters; of shorter texts a few signs are a tenth."""

_SENTENCE = re.compile("(?<=[。；！？])")
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

Damage = Callable[[str, float, Random], str]


def main() -> None:
    """Print the table of both sets."""
    passages = cmrc(Path(sys.argv[1]))
    sets = {"CMRC dev": passages, "office": office(noise_of(passages))}
    table = Table("set", "other", *(f"≥ {each}" for each in THRESHOLDS), title="near texts")
    for name, collection in sets.items():
        texts = _texts(collection)
        for what, damage in (("characters", _characters), ("sentences", _sentences)):
            for share in SHARES:
                chance = Random(7)
                likeness = [shared(text, damage(text, share, chance)) for text in texts]
                table.add_row(f"{name} ({len(texts)})", f"{share:.0%} of {what}", *_told(likeness))
        table.add_row(name, "another document", *_told(list(_likest(texts))))
    Console(width=110).print(table)


def _texts(collection: Collection) -> list[str]:
    plain = ("".join(paper.body.split()) for paper in collection.papers)
    return [text for text in dict.fromkeys(plain) if len(text) >= _LEAST]


def _told(likeness: Sequence[float]) -> Iterator[str]:
    for each in THRESHOLDS:
        yield f"{sum(one >= each for one in likeness) / len(likeness):.1%}"


def _characters(text: str, share: float, chance: Random) -> str:
    """Single signs are others, anywhere."""
    signs = list(text)
    for at in chance.sample(range(len(signs)), round(share * len(signs))):
        signs[at] = chance.choice(_SIGNS)
    return "".join(signs)


def _sentences(text: str, share: float, chance: Random) -> str:
    """Whole sentences are others, until so many characters are."""
    sentences = _SENTENCE.split(text)
    left = share * len(text)
    for at in chance.sample(range(len(sentences)), len(sentences)):
        if left <= 0:
            break
        left -= len(sentences[at])
        sentences[at] = "".join(chance.choices(_SIGNS, k=len(sentences[at])))
    return "".join(sentences)


def _likest(texts: Sequence[str]) -> Iterator[float]:
    """Of each text how like the likest other one is."""
    held = [pieces(text) for text in texts]
    where = defaultdict(list)
    for number, own in enumerate(held):
        for piece in own:
            where[piece].append(number)
    for number, own in enumerate(held):
        common = Counter(other for piece in own for other in where[piece] if other != number)
        best = (both / (len(own) + len(held[other]) - both) for other, both in common.items())
        yield max(best, default=0.0)


if __name__ == "__main__":
    main()
