"""Hits by year or month as bars, each a link to that time; several at once by dragging (SS-04)."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from search_ui.shown.search.address import address, without
from search_ui.texts import Texts
from search_ui.views.search import DateBar, DateBars
from services.searching.asked_address import DATES, Parameters
from services.searching.search_page import Asked, By, FacetValue

_YEARS = 30
"""Years that are drawn at most, the last ones: more bars are too thin to be hit."""

_MONTHS = 36
_YEAR, _MONTH = 1, 2


def is_close(asked: Asked) -> bool:
    """Whether so little time is asked for that months are drawn, and not years."""
    years = _years(asked)
    return bool(years) and (max(years) - min(years) + 1) * 12 <= _MONTHS


def is_ranged(asked: Asked) -> bool:
    """Whether a range of days is a condition: bars are counted without it, by month."""
    return asked.first is not None or asked.last is not None


def date_bars(
    asked: Asked, counts: Iterable[FacetValue], given: Parameters, t: Texts
) -> DateBars | None:
    """Bars of counts by year or by month; None where no time would be told apart."""
    found: dict[tuple[int, ...], int] = {}
    months = is_close(asked)
    for each in counts:
        parts = tuple(map(int, each.value.split("-")))
        key = parts if months else parts[:_YEAR]
        found[key] = found.get(key, 0) + each.count
    keys = _months(asked) if months else _span(found)
    if not found or (len(keys) < 2 and not is_ranged(asked)):
        return None
    kept, most = without(given, *DATES, By.YEAR, "page"), max(found.values())
    bars = []
    for key in keys:
        first, last = _days(key)
        count = found.get(key, 0)
        days = (("from", first.isoformat()), ("to", last.isoformat()))
        bars.append(
            DateBar(
                t("search.bar_month", year=key[0], month=key[1])
                if months
                else t("search.bar_year", year=key[0]),
                count,
                address((*kept, *days)),
                first,
                last,
                height=max(round(100 * count / most), 4) if count else 0,
                chosen=_covers(asked, first, last),
            )
        )
    wider = address(kept) if is_ranged(asked) or asked.years else None
    return DateBars(tuple(bars), base=address(kept), wider_href=wider)


def _years(asked: Asked) -> list[int]:
    ranged = [day.year for day in (asked.first, asked.last) if day]
    if len(ranged) == 1 and not asked.years:
        return []  # open at one end
    return ranged or list(asked.years)


def _months(asked: Asked) -> list[tuple[int, ...]]:
    years = _years(asked)
    return [(year, month) for year in range(min(years), max(years) + 1) for month in range(1, 13)]


def _span(found: dict[tuple[int, ...], int]) -> list[tuple[int, ...]]:
    if not found:
        return []
    last = max(found)[0]
    return [(year,) for year in range(max(min(found)[0], last - _YEARS + 1), last + 1)]


def _days(key: tuple[int, ...]) -> tuple[date, date]:
    if len(key) == _MONTH:
        year, month = key
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(key[0], 1, 1), date(key[0], 12, 31)


def _covers(asked: Asked, first: date, last: date) -> bool:
    if not is_ranged(asked):
        return first.year in asked.years
    begins, ends = asked.first or date.min, asked.last or date.max
    return begins <= last and first <= ends
