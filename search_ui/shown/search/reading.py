"""The address of a search, read as a question and written again."""

from collections.abc import Iterable
from datetime import MAXYEAR, date
from urllib.parse import urlencode

from fastapi import Request

from records.queries.search import SortOrder
from search_ui.desk import whole_number
from services.searching.record_finder import MAX_REACH
from services.searching.search_page import Asked, By

Parameters = tuple[tuple[str, str], ...]
PAGE_SIZE = 20

SHOWN = (
    By.KIND,
    By.UNIT,
    By.ISSUER,
    By.LEVEL,
    By.FILE_TYPE,
    By.STATE,
    By.URGENCY,
    By.ATTACHED,
    By.ARCHIVED,
)
"""Facets beside the hits, in this order; their names are those of the address. The years and
months stand above them, as bars."""

DATES = ("from", "to")
CONDITIONS = (*map(str, SHOWN), str(By.YEAR), *DATES)
KNOWN = ("q", *CONDITIONS, "sort", "page")
_LONGEST = 500
_MOST = 60
"""Conditions of one search: more of them nobody chose by hand."""


def given_of(request: Request) -> Parameters:
    """What the address asks, without what it does not know."""
    known = (
        (name, value.replace("\0", ""))
        for name, value in request.query_params.multi_items()
        if name in KNOWN and value
    )
    return tuple(dict.fromkeys((n, v if n == "q" else v[:_LONGEST]) for n, v in known))[:_MOST]


def asked_of(given: Parameters) -> tuple[Asked, bool]:
    """The question; and whether its dates stand the wrong way round (then both are left out)."""

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in given if key == name)

    def one_of(name: str) -> str:
        return next(iter(all_of(name)), "")

    first, last = _day(one_of("from")), _day(one_of("to"))
    wrong = first is not None and last is not None and first > last
    sort = one_of("sort")
    page = whole_number(one_of("page")) or 1
    asked = Asked(
        words=one_of("q"),
        kinds=all_of(By.KIND),
        units=all_of(By.UNIT),
        years=tuple(n for n in map(whole_number, all_of(By.YEAR)) if n and n <= MAXYEAR),
        levels=all_of(By.LEVEL),
        file_types=all_of(By.FILE_TYPE),
        states=all_of(By.STATE),
        issuers=all_of(By.ISSUER),
        urgencies=all_of(By.URGENCY),
        attached=all_of(By.ATTACHED),
        archived=all_of(By.ARCHIVED),
        first=None if wrong else first,
        last=None if wrong else last,
        sort=SortOrder(sort) if sort in set(SortOrder) else SortOrder.RELEVANCE,
        page=min(max(page, 1), MAX_REACH // PAGE_SIZE),
        size=PAGE_SIZE,
    )
    return asked, wrong


def address(parameters: Iterable[tuple[str, str]], base: str = "/search") -> str:
    """A search with these parameters."""
    return f"{base}?{urlencode(list(parameters))}"


def without(parameters: Parameters, *names: str) -> Parameters:
    """The parameters but those named."""
    return tuple((name, value) for name, value in parameters if name not in names)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
