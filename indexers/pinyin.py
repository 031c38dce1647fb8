"""Chinese titles spelled in Latin letters, so that they are found by pinyin and by initials."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from indexers.analysis import Analyser
from indexers.phrases import Style, load_phrases, pinyin, pinyin_dict

MAX_LETTERS = 30
INITIALS = 3
"""Of neighbouring characters that are one term."""

MAX_READINGS = 64
"""Ways to cut typed letters into syllables that are tried; real spellings have two or three."""

_SYLLABLE = re.compile("[a-z]+")
_VOWELS = frozenset("aeiouv")
_IGNORED = str.maketrans("", "", " '’")


class Spelled(NamedTuple):
    """Terms of a text: syllables, neighbouring ones (``guan yu``), initials of up to three."""

    syllables: set[str]
    pairs: set[str]
    initials: set[str]


class Spelling:
    """Spells text: phrase by phrase, so that 重庆 is ``chong qing`` and 银行 ``yin hang``.

    The rule: typed letters spell a title when, from one of its characters on, the syllables of
    neighbouring characters, or their initials, written together begin with the letters.
    """

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser

    def syllables(self, text: str) -> list[list[str]]:
        """Syllables of the neighbouring characters of a text, one list per stretch, ü as ``v``."""
        load_phrases()
        found: list[list[str]] = []
        for stretch in self._analyser.stretches(text):
            if self._analyser.are_characters(stretch):
                found += _without_gaps(pinyin(stretch, style=Style.NORMAL))
        return found

    def terms(self, text: str) -> Spelled:
        """What an index takes of a text."""
        stretches = self.syllables(text)
        initials = ["".join(part[0] for part in stretch) for stretch in stretches]
        return Spelled(
            {syllable for stretch in stretches for syllable in stretch},
            {pair for stretch in stretches for pair in pairs_of(stretch)},
            {
                letters[at : at + length]
                for letters in initials
                for length in range(1, INITIALS + 1)
                for at in range(len(letters) - length + 1)
            },
        )

    def spells(self, letters: str, text: str) -> bool:
        """Whether `letters` (of `typed_letters`) spell the text."""
        for syllables in self.syllables(text):
            for start in range(len(syllables)):
                rest = syllables[start:]
                if "".join(rest).startswith(letters):
                    return True
                if "".join(syllable[0] for syllable in rest).startswith(letters):
                    return True
        return False


def pairs_of(syllables: Sequence[str]) -> list[str]:
    """Syllables that follow each other, as terms."""
    return [f"{one} {other}" for one, other in pairwise(syllables)]


def initials_of(letters: str) -> list[str]:
    """The terms of initials that hold wherever these letters follow each other."""
    starts = range(max(1, len(letters) - INITIALS + 1))
    return [letters[start : start + INITIALS] for start in starts]


def typed_letters(typed: str) -> str | None:
    """The letters of what was typed, None when it cannot be pinyin."""
    plain = unicodedata.normalize("NFKC", typed).lower().replace("ü", "v").translate(_IGNORED)
    return plain if len(plain) <= MAX_LETTERS and _SYLLABLE.fullmatch(plain) else None


@cache
def known_syllables() -> tuple[str, ...]:
    """Every syllable there is; finding them takes half a second, the first time.

    Those without a vowel (嗯) stand first, the others by rising length, so that `readings` tries
    long ones before it has had enough.
    """
    characters = "".join(map(chr, pinyin_dict.pinyin_dict))
    spelled = pinyin(characters, style=Style.NORMAL, heteronym=True)
    found = {syllable for syllables in spelled for syllable in syllables}
    return tuple(sorted(filter(_SYLLABLE.fullmatch, found), key=_likelihood))


def _likelihood(syllable: str) -> tuple[bool, int, str]:
    return bool(_VOWELS & set(syllable)), len(syllable), syllable


def readings(letters: str, syllables: Collection[str]) -> list[list[str]]:
    """All ways to cut `letters` into whole syllables and the beginning of a last one."""
    found: list[list[str]] = []
    waiting: list[tuple[list[str], str]] = [([], letters)]
    while waiting and len(found) < MAX_READINGS:
        before, rest = waiting.pop()
        waiting += [
            ([*before, syllable], rest.removeprefix(syllable))
            for syllable in syllables
            if rest.startswith(syllable) and rest != syllable
        ]
        if any(syllable.startswith(rest) for syllable in syllables):
            found.append([*before, rest])
    return found


def _without_gaps(spelled: list[list[str]]) -> list[list[str]]:
    """Stretches of syllables; characters that have no pinyin end one."""
    stretches: list[list[str]] = [[]]
    for syllable, *_ in spelled:
        if _SYLLABLE.fullmatch(syllable):
            stretches[-1].append(syllable)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]
