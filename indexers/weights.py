"""What the score of a record is made of, the same in every index; nothing here decides a match."""

from datetime import date

TITLE_BOOST = 0.5
"""A clue that stands in the title counts so much once more."""

WORD_BOOST = 0.5
"""A whole word, in relaxed search."""

NUMBER_BOOST = 50.0
"""More than any text gives: the record that bears the number stands before those that cite it."""

FRESH_FROM = date(1980, 1, 1).toordinal()
FRESH_UNTIL = date(2080, 1, 1).toordinal()
FRESHNESS = 0.3
"""What a hundred years weigh: one year is worth about 0.2 % of a score, enough between equals."""


def freshness(day: int) -> float:
    """A small number that rises with the day; a score is multiplied by log2(2 + number)."""
    share = (day - FRESH_FROM) / (FRESH_UNTIL - FRESH_FROM)
    return FRESHNESS * min(max(share, 0.0), 1.0)
