"""How near the words of a query stand in a text, by a fixed table of how common characters are.

The measure needs nothing of an engine, so it is the same for each. Chosen on CMRC 2018 and
confirmed on other sets (docs/search-quality.md).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK
from indexers.analysis.character_weights import CharacterWeights
from indexers.analysis.outline import Outlines
from indexers.analysis.relaxing import positive_words
from indexers.weights import PAIR, boost_of
from records.queries.query import Query, TextField

WIDTH = 60
"""Folded characters of one place."""

REMEMBERED = 100
"""Queries kept ready: one is asked strictly, and once more for what is near."""

RUN = 6.0
"""What a run of letters or digits weighs; the rarest character weighs 7."""

_OF_RECORD = frozenset({TextField.ANY, TextField.TITLE, TextField.NUMBER})


@dataclass(frozen=True, slots=True)
class Asked:
    """Characters and runs, and pairs of neighbouring characters, with their weights."""

    tokens: Mapping[str, float]
    pairs: Mapping[str, float]

    @property
    def total(self) -> float:
        """All weights together."""
        return sum(self.tokens.values()) + sum(self.pairs.values())


class WindowCloseness:
    """Implements `records.ports.closeness.Closeness`."""

    def __init__(
        self, analyser: Analyser, outlines: Outlines, weights: CharacterWeights | None = None
    ) -> None:
        """`outlines` are those that words are marked on: a page of hits draws each text once."""
        self._analyser = analyser
        self._outlines = outlines
        self._weights = weights or CharacterWeights.load()
        self._remembered = lru_cache(REMEMBERED)(self._of)

    def of(self, query: Query) -> "WindowLikeness":
        """As the port says."""
        words = (word.text for word in positive_words(query) if word.field in _OF_RECORD)
        return self._remembered(tuple(words))

    def _of(self, words: tuple[str, ...]) -> "WindowLikeness":
        pieces = (piece for word in words for piece in self._analyser.asked(word))
        return WindowLikeness(self, self.asked(pieces))

    def signs(self, text: str) -> str:
        """The folded text, all that is no character or run as blanks and bars."""
        return self._outlines.of(text).signs

    def of_title(self, title: str) -> Asked:
        """What a title holds."""
        return self.asked([self._analyser.word(title)])

    def are_characters(self, token: str) -> bool:
        """Whether a token is a character and not a run."""
        return self._analyser.are_characters(token)

    def asked(self, pieces: Iterable[Sequence[str]]) -> Asked:
        """Tokens and pairs of stretches, each once."""
        tokens, pairs = dict[str, float](), dict[str, float]()
        for piece in pieces:
            for token in self._analyser.tokens(piece):
                if token != BREAK:
                    tokens[token] = self._weight(token)
            for pair in self._analyser.pairs(piece):
                if len(pair) == PAIR and self._analyser.are_characters(pair):
                    pairs[pair] = self._weights.pair(pair) * boost_of(pair)
        return Asked(tokens, pairs)

    def _weight(self, token: str) -> float:
        return self._weights.of(token) if self._analyser.are_characters(token) else RUN


class WindowLikeness:
    """Implements `records.ports.closeness.Likeness`: one pass over the outline of a text."""

    def __init__(self, closeness: WindowCloseness, asked: Asked) -> None:
        self._closeness = closeness
        self._asked = asked
        self._total = asked.total
        self._find = _finder(asked.tokens, closeness)

    def share(self, text: str) -> float:
        """As the port says, of what begins within `WIDTH` characters."""
        if self._find is None or not self._total:
            return 0.0
        return _heaviest(self._events(self._closeness.signs(text)), WIDTH) / self._total

    def alike(self, title: str) -> float:
        """As the port says: Dice of the weights that both have."""
        held = self._closeness.of_title(title)
        if not held.total or not self._total:
            return 0.0
        tokens = sum(held.tokens[one] for one in held.tokens.keys() & self._asked.tokens.keys())
        pairs = sum(held.pairs[one] for one in held.pairs.keys() & self._asked.pairs.keys())
        return 2 * (tokens + pairs) / (held.total + self._total)

    def _events(self, signs: str) -> Iterable[tuple[int, str, float]]:
        """What was asked, where it stands; a pair after its second character."""
        assert self._find is not None  # noqa: S101 - `share` looked
        tokens, pairs = self._asked.tokens, self._asked.pairs
        before, character = -2, ""
        for found in self._find.finditer(signs):
            at, token = found.start(), found.group()
            yield at, token, tokens[token]
            if at == before + 1 and (weight := pairs.get(character + token)) is not None:
                yield at, character + token, weight
            before, character = at, token


def _finder(tokens: Mapping[str, float], closeness: WindowCloseness) -> re.Pattern[str] | None:
    """Characters as one class; runs as a whole, as far as letters and digits tell."""
    runs = [one for one in tokens if not closeness.are_characters(one)]
    characters = "".join(re.escape(one) for one in tokens if closeness.are_characters(one))
    patterns = [f"[{characters}]"] if characters else []
    patterns += [f"(?<![0-9a-z]){re.escape(run)}(?![0-9a-z])" for run in runs]
    return re.compile("|".join(patterns)) if patterns else None


def _heaviest(events: Iterable[tuple[int, str, float]], width: int) -> float:
    """The largest sum of the weights of distinct things within a width."""
    inside: list[tuple[int, str, float]] = []
    counts: dict[str, int] = {}
    weight = best = 0.0
    first = 0
    for event in events:
        at, what, adds = event
        inside.append(event)
        while inside[first][0] <= at - width:
            _, left, gone = inside[first]
            counts[left] -= 1
            weight -= 0 if counts[left] else gone
            first += 1
        counts[what] = counts.get(what, 0) + 1
        if counts[what] == 1:
            weight += adds
            best = max(best, weight)
    return best
