"""How much a character tells: little when it stands in nearly every text."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("character_weights.json")
"""Weights and the characters that have them. Made of the frequencies of jieba's dict.txt (MIT):
-ln of the chance to stand in 300 characters, from 0 to 7, folded, rounded to a tenth."""

RAREST = 7.0
PAIR_SHARE = 0.6
"""A pair tells more than either of its characters, and less than both together."""


class CharacterWeights:
    """Weights of single characters and of pairs."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    @staticmethod
    @cache
    def load() -> "CharacterWeights":
        """The table that comes with the product."""
        told = json.loads(TABLE.read_text("utf-8"))
        return CharacterWeights(
            {one: float(weight) for weight, characters in told.items() for one in characters}
        )

    def of(self, character: str) -> float:
        """Of one character; those that the table does not know are rare."""
        return self._weights.get(character, RAREST)

    def pair(self, pair: str) -> float:
        """Of two neighbouring characters."""
        return min(RAREST, PAIR_SHARE * (self.of(pair[0]) + self.of(pair[1])))
