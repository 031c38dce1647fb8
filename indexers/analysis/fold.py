"""The fold: one spelling for all ways to write the same characters.

NFKC by character, lower case, traditional to simplified by character (OpenCC), combining marks
composed with their letters, zero-width signs dropped. The table is data (``fold_table.json``,
written by tools/make_fold_table.py), so that every version of Python folds alike.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from indexers.analysis.sign_table import SignTable

TABLE_NAME = "fold_table.json"
FINGERPRINT_DIGITS = 12
SURROGATES = range(0xD800, 0xE000)
REPLACEMENT = "\ufffd"
MARKS_AT_ONCE = 30
"""Marks composed with one letter; sorting more takes time in their square (UAX 15, 13)."""


class FoldTable(BaseModel):
    """The table as it stands in the file; tools/make_fold_table.py describes its parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unicode: str
    sources: tuple[str, ...] = Field(alias="from")
    targets: tuple[str, ...] = Field(alias="to")
    expanded: dict[str, str]
    removed: str
    cjk: str
    letters: str
    marks: str
    spaces: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, where it came from in the raw text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Fold:
    """Folds text. Folding twice changes nothing.

    `cjk`, `letters` and `spaces` are the classes of folded characters, `marks` the combining
    ones among the letters, written for use inside the brackets of a regular expression;
    everything else is punctuation. `fingerprint` names the table.
    """

    def __init__(self, table: FoldTable, *, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.cjk = bracketed(table.cjk)
        self.letters = bracketed(table.letters)
        self.spaces = bracketed(table.spaces)
        self._map = mapping(table)
        self.marks = bracketed(table.marks)
        self._marked = re.compile(f"[^{self.marks}]?[{self.marks}]{{1,{MARKS_AT_ONCE}}}")
        self._characters = SignTable(self.character)

    @classmethod
    def load(cls) -> Fold:
        """The fold of the committed table."""
        content = files(__package__).joinpath(TABLE_NAME).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        table = FoldTable.model_validate(json.loads(content))
        return cls(table, fingerprint=digest[:FINGERPRINT_DIGITS])

    def fold(self, text: str) -> str:
        """The folded text."""
        folded = text.translate(self._characters)
        if unicodedata.is_normalized("NFC", folded):
            return folded
        return self._marked.sub(composed, folded)

    def character(self, char: str) -> str:
        """What one character becomes, composed with nothing: none, one or several."""
        return char.translate(self._map)

    def fold_with_origins(self, text: str) -> Folded:
        """The folded text, as `fold` gives it, with the way back to the raw characters."""
        parts = [self._characters[code] for code in map(ord, text)]
        origins = [index for index, part in enumerate(parts) for _ in part]
        return self._compose_with_origins("".join(parts), origins)

    def _compose_with_origins(self, text: str, origins: list[int]) -> Folded:
        """A letter and its marks come from one place, whether or not they are one character."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in self._marked.finditer(text):
            before = origins[done : match.start()]
            parts += [text[done : match.start()], composed(match)]
            starts += before + [origins[match.start()]] * len(parts[-1])
            ends += [index + 1 for index in before]
            ends += [origins[match.end() - 1] + 1] * len(parts[-1])
            done = match.end()
        rest = origins[done:]
        parts.append(text[done:])
        return Folded(
            "".join(parts), tuple(starts + rest), tuple(ends + [index + 1 for index in rest])
        )


def composed(match: re.Match[str]) -> str:
    """A letter and its marks as one character where Unicode has one."""
    return unicodedata.normalize("NFC", match[0])


def mapping(table: FoldTable) -> dict[int, str]:
    """The table in the form that `str.translate` takes."""
    sources, targets = "".join(table.sources), "".join(table.targets)
    pairs = {ord(source): target for source, target in zip(sources, targets, strict=True)}
    pairs.update({ord(source): target for source, target in table.expanded.items()})
    pairs.update(dict.fromkeys(codes(table.removed), ""))
    pairs.update(dict.fromkeys(SURROGATES, REPLACEMENT))
    return pairs


def codes(ranges: str) -> list[int]:
    """The code points of ranges as the table writes them: ``41-5a 61-7a``."""
    return [code for first, last in pairs_of(ranges) for code in range(first, last + 1)]


def bracketed(ranges: str) -> str:
    r"""Ranges in the form that stands in the brackets of a regular expression."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in pairs_of(ranges))


def pairs_of(ranges: str) -> list[tuple[int, int]]:
    """Ends of ranges, both included."""
    ends = [part.split("-") for part in ranges.split()]
    return [(int(first, 16), int(last, 16)) for first, last in ends]
