"""Whether typed letters spell the name of a person or a unit, in any reading of its characters."""

from collections.abc import Callable
from functools import lru_cache

from indexers.phrases import Style, pinyin
from indexers.pinyin import typed_letters

_NAMES_KEPT = 50_000
"""Names whose readings are remembered: those of the people of a large province."""

Readings = tuple[tuple[str, ...], ...]
"""Of each character the ways in which it is read."""


class NameSpelling:
    """Spells names: 曾 as ``zeng`` and ``ceng``, for surnames are read in their own way.

    The rule: each character by a whole reading or by its first letter, from one of the characters
    on; the last one by the beginning of a reading.
    """

    def __init__(self) -> None:
        self._readings = lru_cache(maxsize=_NAMES_KEPT)(_readings)

    def matcher(self, typed: str) -> Callable[[str], bool] | None:
        """Tells of a name whether what was typed spells it; None for what holds no letters."""
        letters = typed_letters(typed)
        if letters is None:
            return None
        first, readings = letters[0], self._readings

        def spells(name: str) -> bool:
            there = readings(name)
            return any(
                any(each[0] == first for each in character) and _spelled(letters, there[start:])
                for start, character in enumerate(there)
            )

        return spells


def _readings(name: str) -> Readings:
    found = pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(tuple(dict.fromkeys(filter(None, each))) for each in found)


def _spelled(letters: str, readings: Readings) -> bool:
    if not letters:
        return True
    if not readings:
        return False
    first, rest = readings[0], readings[1:]
    return any(
        each.startswith(letters)
        or (letters.startswith(each) and _spelled(letters.removeprefix(each), rest))
        or (letters[0] == each[0] and _spelled(letters[1:], rest))
        for each in first
    )
