"""What a typed word may mean besides its own characters: a document number, or days."""

from datetime import date, timedelta
from functools import lru_cache

from records.queries.dates import read_day, read_run_of_digits
from records.queries.numbering import bare_sequence, number_key, without_issuer, without_year
from records.queries.query import And, DateRange, DocumentNumber, Query, TextField, Words
from records.queries.spoken_dates import unmistakable_dates

REMEMBERED = 1_000
"""Words whose meaning is kept ready: a search reads what was typed twice, and its pages again."""


@lru_cache(REMEMBERED)
def other_spellings(text: str, field: TextField, today: date | None) -> tuple[Query, ...]:
    """Conditions of which any may hold in place of the word; none where it means itself alone.

    A word that is days stands for those too that write them 2017年3月1日 or 2017年3月.
    """
    if field not in {TextField.ANY, TextField.NUMBER}:
        return ()
    if key := number_key(text):
        return (DocumentNumber(key),)
    if sequence := bare_sequence(text):
        return (Words(sequence, TextField.NUMBER),)
    if number := without_issuer(text) or without_year(text):
        return (And(tuple(Words(part, TextField.NUMBER) for part in number)),)
    return _days(text, today) if field is TextField.ANY else ()


def _days(text: str, today: date | None) -> tuple[Query, ...]:
    day = read_day(text) or read_run_of_digits(text)
    dates = DateRange(day, day) if day else unmistakable_dates(text, today)
    if dates is None:
        return ()
    written = usual_writing(dates)
    return (dates,) if written in {None, text} else (Words(written or ""), dates)


def usual_writing(dates: DateRange) -> str | None:
    """The usual way to write a day, or a month, with which its days begin; None for others."""
    first, last = dates.first, dates.last
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    if first == last:
        return f"{first.year}年{first.month}月{first.day}日"
    is_month = first.day == 1 and (last + timedelta(days=1)).day == 1
    return f"{first.year}年{first.month}月" if is_month else None
