"""Search: one box, facets, suggestions (SS-01 .. SS-05)."""

import time
from datetime import MAXYEAR, date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.search import SortOrder
from search_ui.desk import TheVisitor, whole_number
from search_ui.shown import found
from search_ui.shown.words import record_href
from search_ui.views.search import DateFilter, SearchPage
from services.finding.searching import MAX_REACH, Asked

router = APIRouter(route_class=BoundedRoute)

KNOWN = ("q", "kind", "unit", "year", "level", "file_type", "from", "to", "sort", "page")


@router.get("/search")
def search(request: Request, visitor: TheVisitor) -> HTMLResponse:
    """Hits with their marks; the start page while nothing is asked."""
    given = tuple(
        (name, value)
        for name, value in request.query_params.multi_items()
        if name in KNOWN and value
    )
    began = time.perf_counter()
    asked, error = _asked(given)
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    answer = house.searching.search(caller, asked)
    elapsed_ms = round((time.perf_counter() - began) * 1000)
    groups = found.facet_groups(answer, given)
    chips = found.chips(given, groups, t)
    only_words = tuple(pair for pair in given if pair[0] in {"q", "sort"})
    page = SearchPage(
        query=asked.words,
        elapsed_ms=elapsed_ms,
        hits=tuple(found.hit_view(hit, caller, words=asked.words) for hit in answer.hits),
        facets=groups,
        chips=chips,
        sorts=found.sorts(given, asked.sort, t),
        dates=DateFilter(
            asked.first,
            asked.last,
            found.without(given, "from", "to", "page"),
            error=t("search.bad_dates") if error else "",
        ),
        pager=found.pager(answer.total, asked.page, given),
        clear_href=found.address(only_words),
        relaxed=answer.relaxed,
        notices=answer.notices if asked.words or chips else (),
    )
    return visitor.show("search", page, current="search", query=asked.words)


@router.get("/suggest")
def suggest(visitor: TheVisitor, q: str = "") -> dict[str, list[dict[str, str]]]:
    """Titles and numbers that complete what was typed."""
    offered = visitor.desk.house.searching.suggest(visitor.caller, q)
    return {
        "items": [
            {"label": s.text, "href": record_href(s.record), "token": s.record} for s in offered
        ]
    }


def _asked(given: found.Parameters) -> tuple[Asked, bool]:
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
        kinds=all_of("kind"),
        units=all_of("unit"),
        years=tuple(n for n in map(whole_number, all_of("year")) if n and n <= MAXYEAR),
        levels=all_of("level"),
        file_types=all_of("file_type"),
        first=None if wrong else first,
        last=None if wrong else last,
        sort=SortOrder(sort) if sort in set(SortOrder) else SortOrder.RELEVANCE,
        page=min(max(page, 1), MAX_REACH // found.PAGE_SIZE),
        size=found.PAGE_SIZE,
    )
    return asked, wrong


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
