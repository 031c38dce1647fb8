"""A search as the address of its page asks it: pairs of names and values, read as a question."""

from collections.abc import Iterable
from datetime import MAXYEAR, date
from urllib.parse import parse_qsl, urlencode

from records.identity import RecordId
from records.queries.search import SortOrder
from services.searching.search_page import Asked, By, order_of

Parameters = tuple[tuple[str, str], ...]

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
FIELD = "filter"
"""``field:value``, as the list of the one kind that is asked for has it."""

VERSIONS = "versions"
"""``all`` for earlier revisions as well."""

FAMILY = "family"
"""The record that others stand below: these alone."""

CONDITIONS = (*map(str, SHOWN), str(By.YEAR), FIELD, *DATES)
KNOWN = ("q", *CONDITIONS, VERSIONS, FAMILY, "sort", "page")
_LONGEST = 500
_MOST = 60
"""Conditions of one search: more of them nobody chose by hand."""


def known_of(pairs: Iterable[tuple[str, str]]) -> Parameters:
    """What an address asks, without what a search does not know."""
    known = ((n, value.replace("\0", "")) for n, value in pairs if n in KNOWN and value)
    return tuple(dict.fromkeys((n, v if n == "q" else v[:_LONGEST]) for n, v in known))[:_MOST]


def asked_of(given: Parameters) -> tuple[Asked, bool]:
    """The question, its first page; and whether its dates stand the wrong way round.

    Both dates are left out then.
    """

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in given if key == name)

    def one_of(name: str) -> str:
        return next(iter(all_of(name)), "")

    first, last = _day(one_of("from")), _day(one_of("to"))
    wrong = first is not None and last is not None and first > last
    sort, words = one_of("sort"), one_of("q")
    chosen = SortOrder(sort) if sort in set(SortOrder) else None
    asked = Asked(
        words=words,
        kinds=all_of(By.KIND),
        units=all_of(By.UNIT),
        years=tuple(filter(None, map(_year, all_of(By.YEAR)))),
        levels=all_of(By.LEVEL),
        file_types=all_of(By.FILE_TYPE),
        states=all_of(By.STATE),
        issuers=all_of(By.ISSUER),
        urgencies=all_of(By.URGENCY),
        attached=all_of(By.ATTACHED),
        archived=all_of(By.ARCHIVED),
        fields=tuple(filter_of(each) for each in all_of(FIELD)),
        first=None if wrong else first,
        last=None if wrong else last,
        all_versions=one_of(VERSIONS) == "all",
        family=RecordId(one_of(FAMILY)) if one_of(FAMILY) else None,
        sort=order_of(words, chosen),
    )
    return asked, wrong


def asked_by(asks: str) -> Asked:
    """The question of a query string, as one is kept."""
    return asked_of(known_of(parse_qsl(asks)))[0]


def asks_of_list(kind: str, filters: Iterable[tuple[str, str]], words: str) -> str:
    """The search that asks what a list of a kind is narrowed to, as one is kept."""
    fields = [(FIELD, f"{name}:{value}") for name, value in filters]
    return urlencode([(str(By.KIND), kind), *([("q", words)] if words else []), *fields])


def filter_of(text: str) -> tuple[str, str]:
    """Field and value of a condition."""
    name, _, value = text.partition(":")
    return name, value


def _year(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if 0 < number <= MAXYEAR else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
