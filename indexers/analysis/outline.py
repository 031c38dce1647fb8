"""Where words stand in raw text: outlines of texts, and needles that are looked for in them.

An outline has one sign per character of the folded text: Han characters, kana, private-use
characters and letters stand for themselves, white space is a blank, any other sign a bar. In
nearly all texts each raw character folds to one, so that places in both are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indexers.analysis.analyser import BREAK, Analyser
from indexers.analysis.fold import Fold
from indexers.analysis.sign_table import SignTable
from records.queries.search import Span

REMEMBERED_TEXTS = 1_000
REMEMBERED_CHARACTERS = 10_000
"""Outlines kept ready, each of a text of at most so many characters: 20 MB when all are full. A
page of hits looks at some sixty texts, twice each, and eight readers may ask at once."""

BLANK = " "
UNEVEN = "\x01"
"""Written for what folds to none or several, or may be composed; it never stands in a folded
text, where control characters are white space."""

_UNEVEN_PLACE = re.compile(f"(?s:.)?{UNEVEN}+")
"""Uneven signs with the one before them, a letter perhaps that a mark is composed with."""

_BREAK_BETWEEN = r" *\|[| ]*"


@dataclass(frozen=True, slots=True)
class Outline:
    """The signs of a text, with the way back to raw characters where it is not the same place."""

    signs: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, first: int, last: int) -> Span:
        """The raw text of the signs from `first` to before `last`."""
        if self.starts is None or self.ends is None:
            return Span(first, last)
        return Span(self.starts[first], self.ends[last - 1])


class Outlines:
    """Draws outlines."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._kept = re.compile(f"[{fold.cjk}{fold.letters}]")
        self._space = re.compile(f"[{fold.spaces}]")
        self._mark = re.compile(f"[{fold.marks}]")
        self._raw = SignTable(self._sign_of_raw)
        self._folded = SignTable(self._sign)
        self._remembered = lru_cache(REMEMBERED_TEXTS)(self._drawn)

    def of(self, text: str) -> Outline:
        """The outline of a raw text."""
        return self._drawn(text) if len(text) > REMEMBERED_CHARACTERS else self._remembered(text)

    def _drawn(self, text: str) -> Outline:
        signs = text.translate(self._raw)
        if UNEVEN not in signs:
            return Outline(signs)
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for place in _UNEVEN_PLACE.finditer(signs):
            first, last = place.span()
            folded = self._fold.fold_with_origins(text[first:last])
            parts += [signs[done:first], folded.text.translate(self._folded)]
            starts += [*range(done, first), *(first + start for start in folded.starts)]
            ends += [*range(done + 1, first + 1), *(first + end for end in folded.ends)]
            done = last
        rest = range(done, len(text))
        return Outline(
            "".join([*parts, signs[done:]]), [*starts, *rest], [*ends, *(at + 1 for at in rest)]
        )

    def _sign_of_raw(self, char: str) -> str:
        folded = self._fold.character(char)
        return self._sign(folded) if len(folded) == 1 and not self._mark.match(folded) else UNEVEN

    def _sign(self, folded: str) -> str:
        if self._kept.match(folded):
            return folded
        return BLANK if self._space.match(folded) else BREAK


class Needle:
    """A typed word made ready to be found in outlines, by the promise (analyser.py)."""

    def __init__(self, analyser: Analyser, word: str, *, prefix: bool) -> None:
        stretches = analyser.word(word)
        self._letters = analyser.run
        self._open = prefix
        self._begins_run = bool(stretches) and not analyser.are_characters(stretches[0])
        self._ends_run = bool(stretches) and not analyser.are_characters(stretches[-1])
        self._analyser = analyser
        self._stretches = stretches
        plain = len(stretches) == 1 and analyser.are_characters(stretches[0])
        self._characters = stretches[0] if plain else ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Made when it is first needed: most words are characters in texts without blanks."""
        return re.compile(_pattern(self._analyser, self._stretches))

    def places(self, outline: Outline) -> Iterator[Span]:
        """Every place, those included that share a character or break."""
        if not self._stretches:
            return
        signs = outline.signs
        if self._characters and BLANK not in signs:
            yield from self._in_a_row(outline)
            return
        found = self._pattern.search(signs)
        while found:
            first, last = found.span()
            run = self._letters.match(signs, last) if self._ends_run else None
            begins = not (self._begins_run and first and self._letters.match(signs, first - 1))
            if begins and (run is None or self._open):
                yield outline.span(first, run.end() if run else last)
            found = self._pattern.search(signs, first + 1)

    def _in_a_row(self, outline: Outline) -> Iterator[Span]:
        """Places of characters alone where no blank can stand between them."""
        signs, characters = outline.signs, self._characters
        first = signs.find(characters)
        while first >= 0:
            yield outline.span(first, first + len(characters))
            first = signs.find(characters, first + 1)


def _pattern(analyser: Analyser, stretches: Sequence[str]) -> str:
    """One way only to stand at a place: every gap ends where a sign that is no gap begins."""
    parts: list[str] = []
    before: str | None = None
    for stretch in stretches:
        characters = analyser.are_characters(stretch)
        if before is not None and BREAK not in (before, stretch):
            runs = not characters and not analyser.are_characters(before)
            parts.append(" +" if runs else " *")
        if stretch == BREAK:
            parts.append(_BREAK_BETWEEN)
        else:
            parts.append(" *".join(stretch) if characters else stretch)
        before = stretch
    return "".join(parts)
