"""The port that guesses which word was meant by one that stands nowhere."""

from collections.abc import Iterable, Sequence
from typing import Protocol

GUESSES = 3
"""More guesses than these help nobody."""


class WordGuesser(Protocol):
    """Looks for words that differ from a typed one by one mistake."""

    def may_be_mistaken(self, word: str) -> bool:
        """Whether a word is of the kind that is guessed at: some characters and nothing else."""
        ...

    def guesses(self, word: str, texts: Iterable[str]) -> Sequence[str]:
        """What stands in the texts in place of a word that does not, the likeliest first.

        One character is wrong, missing or too many, or two neighbours are swapped. At most
        `GUESSES`, each of them folded as an index has it.
        """
        ...
