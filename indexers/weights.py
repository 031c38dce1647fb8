"""What the score of a record is made of, the same in every index; nothing here decides a match."""

from datetime import date

TITLE_BOOST = 0.5
"""A clue that stands in the title counts so much once more."""

TITLE_CHARACTER_BOOST = 0.25
"""A character that stands in the title, in relaxed search."""

PAIR = 2

STOP_CHARACTERS = frozenset("的了在是于和与及为以由从到被把对其之而所中有个这那也就都并或等则但又")
STOP_BOOST = 0.5
"""A pair with one of these characters tells half as much as another one."""

WORD_BOOST = 0.5
"""A whole word, in relaxed search."""

NUMBER_BOOST = 50.0
"""More than any text gives: the record that bears the number stands before those that cite it."""

FRESH_FROM = date(1980, 1, 1).toordinal()
FRESH_UNTIL = date(2080, 1, 1).toordinal()
FRESHNESS = 0.3
"""What a hundred years weigh: one year is worth about 0.2 % of a score, enough between equals."""


def boost_of(clue: str) -> float:
    """What a clue of the analyser counts, beside how rare it is."""
    return STOP_BOOST if len(clue) == PAIR and not STOP_CHARACTERS.isdisjoint(clue) else 1.0


def freshness(day: int) -> float:
    """A small number that rises with the day; a score is multiplied by log2(2 + number)."""
    share = (day - FRESH_FROM) / (FRESH_UNTIL - FRESH_FROM)
    return FRESHNESS * min(max(share, 0.0), 1.0)
