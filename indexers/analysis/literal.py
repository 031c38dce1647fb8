"""Where what was typed stands in raw text sign by sign, punctuation and all."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from indexers.analysis.fold import Fold
from indexers.analysis.sign_table import SignTable
from records.queries.search import Span

_BLANK = " "
_ALIKE = ("“”„‟«»「」『』", '"'), ("‘’‚‛", "'"), ("〔［【", "["), ("〕］】", "]"), ("—–―‐‑−", "-")
"""Signs that keyboards and fonts exchange: pairs of those and of the one that stands for them."""


class Literal:
    """Finds texts in texts, both folded (fold.py) where one character becomes one.

    Signs of one family (quotation marks, square brackets, dashes) are the same; white space may
    stand between any two signs but letters and digits without CJK, and stands where it was typed.
    """

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._space = re.compile(f"[{fold.spaces}]")
        self._run = re.compile(f"[{fold.letters}]")
        self._alike = {sign: one for signs, one in _ALIKE for sign in signs}
        self._signs = SignTable(self._sign)

    def places(self, text: str, typed: str) -> Iterator[Span]:
        """Every place in order, none within another; nothing for white space alone."""
        stretches = typed.translate(self._signs).split()
        bare = "".join(stretches)
        if not bare:
            return
        pattern = re.compile(f"{_BLANK}+".join(map(self._pattern, stretches)))
        signs = text.translate(self._signs)
        # Without white space the text is looked through in linear time, which a pattern is not.
        blanks = [blank.start() - n for n, blank in enumerate(re.finditer(_BLANK, signs))]
        dense = signs.replace(_BLANK, "")
        at = dense.find(bare)
        while at >= 0:
            found = pattern.match(signs, at + bisect_right(blanks, at))
            if found:
                yield Span(*found.span())
            at = dense.find(bare, at + (len(bare) if found else 1))

    def _pattern(self, stretch: str) -> str:
        parts: list[str] = []
        for before, sign in zip(" " + stretch, stretch, strict=False):
            within_run = self._run.match(before) and self._run.match(sign)
            parts.append(re.escape(sign) if within_run or not parts else f" *{re.escape(sign)}")
        return "".join(parts)

    def _sign(self, char: str) -> str:
        """One sign for each character, so that places in both texts are the same."""
        if char in self._alike:
            return self._alike[char]
        folded = self._fold.character(char)
        if not folded or self._space.match(folded):
            return _BLANK
        return self._alike.get(folded, folded) if len(folded) == 1 else char
