"""Other ways to read what was typed, tried where no record holds the words.

A bare name is also whoever drafted and the unit, and letters are pinyin: so what the box promises
is found on Enter too.
"""

from enum import StrEnum

from records.ports.search_index import SearchIndex
from records.queries.query import Among, And, Or, Prefix, Query, TextField, Words
from services.people.caller import Caller

LONGEST_NAME = 30
"""Characters of the longest name of a unit; what is longer is nobody's name."""

SPELLED = 50
"""Records that letters may spell."""


class Interpretation(StrEnum):
    """How a query was read in place of its words; a stable word that the answer says."""

    BY_NAME = "by_name"
    BY_PINYIN = "by_pinyin"


def by_name(tree: Query) -> Query | None:
    """Each word of the whole record may also be who drafted it or the unit; None without words."""
    match tree:
        case Words(text, TextField.ANY) if len(text) <= LONGEST_NAME:
            return Or((tree, Words(text, TextField.AUTHOR), Words(text, TextField.UNIT)))
        case And(children):
            read = [by_name(child) for child in children]
            if not any(read):
                return None
            return And(tuple(new or old for new, old in zip(read, children, strict=True)))
        case _:
            return None


def by_pinyin(index: SearchIndex, caller: Caller, tree: Query) -> Query | None:
    """The records whose titles one word of letters spells; None when it spells none."""
    match tree:
        case Words(text, TextField.ANY) | Prefix(text, TextField.ANY) if text.isascii():
            spelled = index.suggest(text, caller.access, limit=SPELLED)
            return Among(frozenset(each.record for each in spelled)) if spelled else None
        case _:
            return None
