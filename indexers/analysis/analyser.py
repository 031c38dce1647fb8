"""Tokens of text, and the promise of the search.

THE PROMISE. A typed word matches a text when it stands in it:

1. Both are folded (fold.py): NFKC, lower case, traditional to simplified, by one table.
2. Han characters, kana and private-use characters count one by one. All other letters, digits
   and combining marks count as whole runs: ``5年`` does not stand in ``2015年``.
3. White space next to such a character, or next to punctuation, does not exist: lines of a PDF
   break inside words. White space between two runs separates them.
4. Any stretch of punctuation and symbols is one break, whichever signs it holds: ``〔2017〕``
   and ``[2017]`` are the same, ``甲、乙`` is not ``甲乙``.
5. The word stands in the text when its characters, runs and breaks (without breaks at its ends)
   follow one another in the text without anything between.
6. ``abc*`` lets the last run of the word go on; after a single character it changes nothing.
7. Nothing stands across two texts: two pages, or title and number.

`Analyser.trace` writes a text so that rule 5 is ``in``: one sign per character, ``<run>`` for a
run, ``|`` for a break. ``渝工商发〔2017〕 12 号。`` has the trace ``渝工商发|<2017>|<12>号|``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from indexers.analysis.fold import Fold
from indexers.analysis.questions import without_question_words
from indexers.analysis.sign_table import SignTable

VERSION = 2
"""Part of the name of every index; changes whenever the same text may give other tokens."""

BREAK = "|"
BOUNDARY = "/"
"""Stands between two texts in an index; no word has it."""

CONTINUED = "~"
RUN_LIMIT = 60
"""Characters of one token of an index; a longer run becomes several, joined by ``~``.

Elasticsearch cuts tokens of its whitespace tokenizer at 255 characters, and tantivy drops those
above 65,530 bytes.
"""


REMEMBERED = 4_000
REMEMBERED_CHARACTERS = 100
"""Words kept ready, each of at most so many characters: one search asks some sixty times for its
three or four."""

_EDGE = "\x01"
_MARKED = "\x02"
"""Never in a folded text, where control characters are white space."""

_BETWEEN_CHARACTERS = re.compile(f"{_EDGE} +{_EDGE}")
_BREAKS = re.compile(rf"\{BREAK}(?: \{BREAK})+")
_LONG_TOKEN = re.compile(rf"[^ ]{{{RUN_LIMIT + 1},}}")


@dataclass(frozen=True, slots=True)
class Written:
    """Tokens of an index, joined by blanks: those that decide, and the pairs."""

    tokens: str
    pairs: str


class Analyser:
    """Makes stretches and tokens by the promise.

    A stretch is the longest piece of neighbouring characters (``工商发``), a run (``2017``) or a
    break; white space is gone. A token is one character, a run or a break.
    """

    def __init__(self, fold: Fold) -> None:
        self.folding = fold
        self._characters = re.compile(f"[{fold.cjk}]")
        self._space = re.compile(f"[{fold.spaces}]")
        self._mark = re.compile(f"[{fold.marks}]")
        self.run = re.compile(f"[{fold.letters}]+")
        self._raw = SignTable(self._spread_raw)
        self._folded = SignTable(self._spread)
        self._words = lru_cache(REMEMBERED)(self._word)
        self._asked_for = lru_cache(REMEMBERED)(self._asked)
        self.fingerprint = f"{VERSION}-{fold.fingerprint}"

    def fold(self, text: str) -> str:
        """The folded text."""
        return self.folding.fold(text)

    def stretches(self, text: str) -> list[str]:
        """Stretches of a text, in order, with breaks at its ends."""
        found: list[str] = []
        for number, piece in enumerate(self._pieces(text)):
            if number % 2:
                found.append(piece[::3])
            else:
                for token in piece.split():
                    if token != BREAK or found[-1:] != [BREAK]:
                        found.append(token)
        return found

    def word(self, text: str) -> tuple[str, ...]:
        """Stretches of a typed word: those of the text without breaks at the ends."""
        return self._words(text) if len(text) <= REMEMBERED_CHARACTERS else self._word(text)

    def are_characters(self, stretch: str) -> bool:
        """Whether a stretch or token consists of Han characters, kana, private-use characters."""
        return self._characters.match(stretch) is not None

    def tokens(self, stretches: Iterable[str]) -> list[str]:
        """Characters, runs and breaks."""
        found: list[str] = []
        for stretch in stretches:
            if self.are_characters(stretch):
                found.extend(stretch)
            else:
                found.append(stretch)
        return found

    def pairs(self, stretches: Iterable[str]) -> list[str]:
        """Pairs of neighbouring characters, runs, and single breaks between them.

        They narrow a search down and rank it. Something stands between the pairs of any two
        stretches of characters, so pairs that follow one another are of one stretch.
        """
        found: list[str] = []
        for stretch in stretches:
            if self.are_characters(stretch):
                found.extend(map(add, stretch, stretch[1:]))
            elif stretch != BREAK or found[-1:] not in ([], [BREAK]):
                found.append(stretch)
        return found[:-1] if found[-1:] == [BREAK] else found

    def written(self, text: str) -> Written:
        """Tokens and pairs of the text as a word, as an index takes them: at once, for speed."""
        pieces = self._pieces(text)
        tokens, pairs = pieces.copy(), pieces.copy()
        tokens[1::2] = [" ".join(piece[::3]) for piece in pieces[1::2]]
        pairs[1::2] = [piece[2:-2] for piece in pieces[1::2]]
        between = [" ".join(piece.split()) for piece in pieces[::2]]
        tokens[::2] = between
        pairs[::2] = between
        decide, narrow = _inner(tokens), _inner(pairs)
        if max(map(len, between)) > RUN_LIMIT:
            return Written(spaced(decide.split()), spaced(narrow.split()))
        return Written(decide, narrow)

    def trace(self, stretches: Iterable[str]) -> str:
        """The trace of a text or word."""
        return "".join(
            stretch if stretch == BREAK or self.are_characters(stretch) else f"<{stretch}>"
            for stretch in stretches
        )

    def needle(self, word: str, *, prefix: bool) -> str:
        """What has to be found in the trace of a text for the word to stand in it."""
        needle = self.trace(self.word(word))
        return needle.removesuffix(">") if prefix else needle

    def asked(self, word: str) -> tuple[tuple[str, ...], ...]:
        """What a typed word asks for where it may be found in part.

        The stretches of each piece that is left without question words, or of the whole word.
        """
        return self._asked_for(word) if len(word) <= REMEMBERED_CHARACTERS else self._asked(word)

    def clues(self, words: Iterable[str]) -> list[str]:
        """What relaxed search looks for, each once: the pairs of what the words ask for.

        A word that has none gives its characters. Each clue is itself a word. How many of them a
        record must hold says `indexers.analysis.relaxing.needed`.
        """
        found: dict[str, None] = {}
        for word in words:
            pieces = self.asked(word)
            pairs = [pair for piece in pieces for pair in self.pairs(piece) if pair != BREAK]
            if not pairs:
                pairs = [one for piece in pieces for one in self.tokens(piece) if one != BREAK]
            found.update(dict.fromkeys(pairs))
        return list(found)

    def _word(self, text: str) -> tuple[str, ...]:
        found = self.stretches(text)
        first = 1 if found[:1] == [BREAK] else 0
        last = -1 if found[first:][-1:] == [BREAK] else None
        return tuple(found[first:last])

    def _asked(self, word: str) -> tuple[tuple[str, ...], ...]:
        pieces = map(self.word, without_question_words(self.fold(word)))
        return tuple(piece for piece in pieces if piece) or (self.word(word),)

    def _pieces(self, text: str) -> list[str]:
        """Pieces in turn: runs, breaks and white space, perhaps none; neighbouring characters.

        Characters are written twice, ``甲 甲乙 乙丙 丙``: one copy gives the pairs.
        """
        spread = text.translate(self._raw)
        if _MARKED in spread:
            spread = self.folding.fold(text).translate(self._folded)
        spread = spread.replace(_EDGE + _EDGE, "")
        if f"{_EDGE} " in spread:
            spread = _BETWEEN_CHARACTERS.sub("", spread)
        return spread.split(_EDGE)

    def _spread_raw(self, char: str) -> str:
        """One raw character spread; a mark is told, since it may be composed with a letter."""
        folded = self.folding.character(char)
        return _MARKED if self._mark.search(folded) else "".join(map(self._spread, folded))

    def _spread(self, folded: str) -> str:
        """One folded character so that the stretches of a text are found by splitting it."""
        if self._characters.match(folded):
            return f"{_EDGE}{folded} {folded}{_EDGE}"
        if self.run.match(folded):
            return folded
        return " " if self._space.match(folded) else f" {BREAK} "


def _inner(pieces: Iterable[str]) -> str:
    """Pieces in a row: breaks are one, and none stands at the ends."""
    whole = _BREAKS.sub(BREAK, " ".join(filter(None, pieces)))
    return whole.removeprefix(BREAK).removesuffix(BREAK).strip(" ")


def index_tokens(token: str) -> list[str]:
    """The tokens of an index that stand for one token: several for a very long run."""
    if len(token) <= RUN_LIMIT:
        return [token]
    parts = [token[start : start + RUN_LIMIT] for start in range(0, len(token), RUN_LIMIT)]
    return [
        (CONTINUED if number else "") + part + (CONTINUED if number < len(parts) - 1 else "")
        for number, part in enumerate(parts)
    ]


def spaced(tokens: Iterable[str]) -> str:
    """The tokens of an index that stand for tokens, for its whitespace tokenizer."""
    return _LONG_TOKEN.sub(lambda long: " ".join(index_tokens(long[0])), " ".join(tokens))
