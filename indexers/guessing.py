"""Which word was meant by one that stands nowhere: patterns of one mistake, ordered by sound.

Looked for in texts that the reader may read, so nothing is guessed that he may not know.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexers.analysis import Analyser
from indexers.pinyin import Spelling
from records.ports.word_guesser import GUESSES

SHORTEST, LONGEST = 2, 12
"""Characters of a word that is guessed at."""

LONG_ENOUGH_TO_LOSE_ONE = 4
"""Of a shorter word what is left without one character stands everywhere."""


class OneMistakeGuesser:
    """Implements `records.ports.word_guesser.WordGuesser` with the spelling of the suggestions."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._spelling = Spelling(analyser)

    def may_be_mistaken(self, word: str) -> bool:
        """As the port says."""
        stretches = self._analyser.word(word)
        return (
            len(stretches) == 1
            and self._analyser.are_characters(stretches[0])
            and SHORTEST <= len(stretches[0]) <= LONGEST
        )

    def guesses(self, word: str, texts: Iterable[str]) -> Sequence[str]:
        """As the port says, the likeliest mistake first (`_likelihood`)."""
        if not self.may_be_mistaken(word):
            return ()
        typed = self._analyser.fold(word)
        patterns = [re.compile(f"(?=({'|'.join(each)}))") for each in _mistakes(typed) if each]
        found: dict[str, _Standing] = defaultdict(_Standing)
        for text in map(self._analyser.fold, texts):
            for place in (each for pattern in patterns for each in pattern.finditer(text)):
                if all(map(self._analyser.are_characters, place[1])):
                    self._count(found[place[1]], text, *place.span(1))
        sounds = self._sounds(typed)

        def rank(guess: str) -> tuple[int, float, int, str]:
            alike, standing = _share(self._sounds(guess), sounds), found[guess]
            likelihood = _likelihood(guess, typed, standing, sounds_alike=alike == 1)
            return likelihood, -alike, -standing.places, guess

        return sorted(found, key=rank)[:GUESSES]

    def _count(self, standing: "_Standing", text: str, first: int, last: int) -> None:
        standing.places += 1
        standing.begins += not first or not self._analyser.are_characters(text[first - 1])
        standing.ends += last == len(text) or not self._analyser.are_characters(text[last])

    def _sounds(self, word: str) -> list[str]:
        return [syllable for stretch in self._spelling.syllables(word) for syllable in stretch]


@dataclass(slots=True)
class _Standing:
    """In how many places a guess stands, and in how many it begins or ends a row of characters."""

    places: int = 0
    begins: int = 0
    ends: int = 0


class _Likelihood(IntEnum):
    """Sorts of mistakes, the likeliest first."""

    SAME_SIGNS_OR_SOUND = 0
    LEFT_OUT = 1
    WRONG = 2
    TOO_MANY = 3
    WRONG_AT_AN_END = 4
    """Perhaps only what stands beside the rest of the word: no row begins or ends with it."""
    TOO_MANY_AT_AN_END = 5


def _likelihood(guess: str, typed: str, standing: _Standing, *, sounds_alike: bool) -> _Likelihood:
    first_differs = guess[1:] == typed[1:] or guess == typed[1:]
    last_differs = guess[:-1] == typed[:-1] or guess == typed[:-1]
    is_loose = (first_differs and not standing.begins) or (last_differs and not standing.ends)
    if len(guess) > len(typed):
        return _Likelihood.LEFT_OUT
    if len(guess) < len(typed):
        return _Likelihood.TOO_MANY_AT_AN_END if is_loose else _Likelihood.TOO_MANY
    if sounds_alike or sorted(guess) == sorted(typed):
        return _Likelihood.SAME_SIGNS_OR_SOUND
    return _Likelihood.WRONG_AT_AN_END if is_loose else _Likelihood.WRONG


def _mistakes(word: str) -> Iterator[list[str]]:
    """Patterns of what may have been meant, by sort: two sorts may stand at one place.

    None of them meets the word itself.
    """
    length = len(word)
    yield [f"{re.escape(word[:at])}.{re.escape(word[at + 1 :])}" for at in range(length)]
    yield [f"{re.escape(word[:at])}.{re.escape(word[at:])}" for at in range(1, length)]
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(length - 1))
    yield [re.escape(each) for each in swapped if each != word]
    if length >= LONG_ENOUGH_TO_LOSE_ONE:
        yield [re.escape(word[:at] + word[at + 1 :]) for at in range(length)]


def _share(found: Sequence[str], typed: Sequence[str]) -> float:
    """How many syllables are the same in the same place, of the longer one's."""
    same = sum(one == other for one, other in zip(found, typed, strict=False))
    return same / max(len(found), len(typed), 1)
