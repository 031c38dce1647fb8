"""Other ways to read what was typed, tried where no record holds the words.

A bare name is also whoever drafted and the unit, what ends with a year is the numbers of an issuer
in it, and letters are pinyin: so what the box promises is found on Enter too.
"""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from records.ports.search_index import SearchIndex
from records.queries.numbering import issuer_and_year
from records.queries.query import Among, And, Or, Prefix, Query, TextField, Words
from services.people.caller import Caller

LONGEST_NAME = 30
"""Characters of the longest name of a unit; what is longer is nobody's name."""

SPELLED = 50
"""Records that letters alone may spell."""

SPELLED_BESIDE = 200
"""The same where other words have to hold too."""

SPELLINGS = 4
"""Runs of letters that are read as pinyin; who types more of them means something else."""

_RUNS = re.compile(r"[A-Za-z]+|[^A-Za-z]+")
_LETTERS = re.compile(r"[A-Za-z]+")


class Interpretation(StrEnum):
    """How a query was read in place of its words; a stable word that the answer says."""

    BY_NAME = "by_name"
    BY_NUMBER = "by_number"
    BY_PINYIN = "by_pinyin"


def by_name(tree: Query) -> Query | None:
    """Each word of the whole record may also be who drafted it or the unit; None without words."""

    def named(word: Words) -> Query | None:
        if len(word.text) > LONGEST_NAME:
            return None
        others = (Words(word.text, TextField.AUTHOR), Words(word.text, TextField.UNIT))
        return Or((word, *others))

    return _each_word(tree, named)


def by_number(tree: Query) -> Query | None:
    """渝市监法2025 is all numbers of that issuer and year; None where no word is such."""

    def numbered(word: Words) -> Query | None:
        parts = issuer_and_year(word.text)
        return And(tuple(Words(p, TextField.NUMBER) for p in parts)) if parts else None

    return _each_word(tree, numbered)


def by_pinyin(index: SearchIndex, caller: Caller, tree: Query) -> Query | None:
    """The records whose titles the letters among the words spell; None when they spell none.

    Letters and characters may stand together, in one word or beside each other: xyxf 业务.
    """
    if not 0 < _runs_of_letters(tree) <= SPELLINGS:
        return None
    alone = isinstance(tree, Words | Prefix) and _half_width(tree.text).isascii()
    limit = SPELLED if alone else SPELLED_BESIDE

    def spelled(letters: str) -> Query | None:
        found = index.suggest(letters, caller.access, limit=limit)
        return Among(frozenset(each.record for each in found)) if found else None

    def read(word: Words) -> Query | None:
        text = _half_width(word.text)
        if text.isascii():
            return spelled(text)
        runs = _RUNS.findall(text)
        if len(runs) < 2 or not any(run.isascii() and run.isalpha() for run in runs):
            return None
        parts = [spelled(run) if run.isascii() else Words(run) for run in runs if run.strip()]
        return None if None in parts else And(tuple(part for part in parts if part))

    if isinstance(tree, Prefix) and tree.field is TextField.ANY:
        return read(Words(tree.text))
    return _each_word(tree, read)


def _each_word(tree: Query, read: Callable[[Words], Query | None]) -> Query | None:
    """The query with words of the whole record read otherwise; None where none can be."""
    match tree:
        case Words(_, TextField.ANY):
            return read(tree)
        case And(children):
            found = [_each_word(child, read) for child in children]
            if not any(found):
                return None
            return And(tuple(new or old for new, old in zip(found, children, strict=True)))
        case _:
            return None


def _runs_of_letters(tree: Query) -> int:
    match tree:
        case Words(text, TextField.ANY) | Prefix(text, TextField.ANY):
            return len(_LETTERS.findall(_half_width(text)))
        case And(children):
            return sum(map(_runs_of_letters, children))
        case _:
            return 0


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
