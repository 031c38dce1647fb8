"""Which word was meant by one that stands nowhere: patterns of one mistake, ordered by sound.

Looked for in texts that the reader may read, so nothing is guessed that he may not know.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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
        """As the port says: same characters first, then same sound, then what stands more often."""
        if not self.may_be_mistaken(word):
            return ()
        typed = self._analyser.fold(word)
        pattern = re.compile(f"(?=({'|'.join(self._mistakes(typed))}))")
        counts: Counter[str] = Counter()
        for text in texts:
            found = {place[1] for place in pattern.finditer(self._analyser.fold(text))}
            counts.update(each for each in found if all(map(self._analyser.are_characters, each)))
        sounds = self._sounds(typed)
        ranked = sorted(counts, key=lambda found: self._rank(found, typed, sounds, counts[found]))
        return ranked[:GUESSES]

    def _mistakes(self, word: str) -> Iterator[str]:
        """Patterns of what may have been meant; none of them meets the word itself."""
        length, character = len(word), "."
        for at in range(length):
            before, after = re.escape(word[:at]), re.escape(word[at + 1 :])
            yield f"{before}{character}{after}"
        for at in range(1, length):
            yield f"{re.escape(word[:at])}{character}{re.escape(word[at:])}"
        for at in range(length - 1):
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if swapped != word:
                yield re.escape(swapped)
        if length >= LONG_ENOUGH_TO_LOSE_ONE:
            for at in range(length):
                yield re.escape(word[:at] + word[at + 1 :])

    def _rank(
        self, found: str, typed: str, sounds: Sequence[str], count: int
    ) -> tuple[int, float, int, str]:
        """Swapped characters and same sounds first; last a wrong first or last character.

        That one may be only what stands beside the rest of the word in the text.
        """
        alike = _share(self._sounds(found), sounds)
        if sorted(found) == sorted(typed):
            kind = 0
        elif len(found) == len(typed):
            at_an_end = found[1:] == typed[1:] or found[:-1] == typed[:-1]
            kind = 0 if alike == 1 else 2 if at_an_end else 1
        else:
            kind = 1 if len(found) > len(typed) else 2
        return kind, -alike, -count, found

    def _sounds(self, word: str) -> list[str]:
        return [syllable for stretch in self._spelling.syllables(word) for syllable in stretch]


def _share(found: Sequence[str], typed: Sequence[str]) -> float:
    """How many syllables are the same in the same place, of the longer one's."""
    same = sum(one == other for one, other in zip(found, typed, strict=False))
    return same / max(len(found), len(typed), 1)
