"""Search: one box, facets, suggestions (SS-01 .. SS-05)."""

from dataclasses import replace
from functools import partial
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gate.bounded_request import BoundedRoute
from records.queries.search import SortOrder
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.search import found
from search_ui.shown.search.address import (
    address,
    asked_of,
    given_of,
    papers_href,
    without,
)
from search_ui.shown.search.date_bars import date_bars, is_ranged
from search_ui.shown.search.facets import Conditions
from search_ui.shown.search.remembered import look_of, past_searches
from search_ui.shown.search.suggestions import suggestions
from search_ui.shown.search.understood import shortened, widened_chips, word_chips
from search_ui.views.person.directory import NamedPerson
from search_ui.views.search import DateBars, DateFilter
from search_ui.views.search import SearchPage as SearchView
from services.directory.directory import NAMED
from services.exporting.export_desk import AT_ONCE
from services.finding.favourites import fits
from services.searching.asked_address import CONDITIONS, FAMILY, Parameters
from services.searching.record_finder import MAX_REACH
from services.searching.search_page import Asked, By, SearchPage

router = APIRouter(route_class=BoundedRoute)


@router.get("/search")
def search(request: Request, visitor: TheVisitor) -> Response:
    """Hits with their marks; the start page while nothing is asked.

    Beyond the last page, where hits were shown that are gone meanwhile, stands the last one.
    """
    given = given_of(request)
    asked, error = asked_of(given)
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    conditions = Conditions(house, caller, given, t)
    known = house.search_aids.memory.of(caller)
    look, columns = look_of(known, given)
    folds = asked.sort is SortOrder.RELEVANCE and not columns
    answer = house.searching.search(
        caller, replace(asked, folded=folds), facets=conditions.wanted()
    )
    if asked.page > answer.pages:
        there = address([*without(given, "page"), ("page", str(answer.pages))])
        return RedirectResponse(there, status_code=303)
    chips, asks = conditions.chips(), without(given, FAMILY, "page")
    shown = partial(
        found.hit_view,
        caller=caller,
        t=t,
        asked=asked,
        columns=columns,
        unread=house.scans.unread,
    )
    hits = [shown(hit) for hit in answer.hits]
    page = SearchView(
        query=asked.words,
        told=shortened(asked.words),
        hits=found.folded(answer, hits, given, t),
        facets=conditions.groups(answer.facets),
        bars=_bars(visitor, asked, answer, given),
        chips=chips,
        understood=(
            *found.family_chip(answer, given, t),
            *word_chips(asked.words, given, t, today=caller.today),
            *widened_chips(answer.widened, given, t),
        ),
        is_asked=bool(asks),
        sorts=found.sorts(given, asked, t),
        versions=found.versions(given, t, all_of_them=asked.all_versions),
        dates=DateFilter(
            asked.first,
            asked.last,
            without(given, "from", "to", "page"),
            error=t("search.bad_dates") if error else "",
        ),
        pager=found.hits_pager(answer, given, reach=MAX_REACH),
        clear_href=address(without(given, *CONDITIONS, "page")),
        asks=urlencode(asks) if fits(urlencode(asks)) else "",
        kept_as=asked.words or "、".join(chip.label for chip in chips) or t("search.everything"),
        relaxed=answer.relaxed,
        near=tuple(map(shown, answer.near)),
        near_total=answer.near_total,
        missing=tuple(map(shortened, found.missing(answer))),
        guesses=found.guesses(answer, given),
        people=_named(visitor, asked) if asked.page == 1 else (),
        notices=answer.notices if asks else (),
        look=look,
        export_href=address(without(given, FAMILY, "page"), "/search/export")
        if 0 < answer.total <= AT_ONCE
        else None,
        export_long_href=address(without(given, FAMILY, "page"), "/search/exports")
        if answer.total > AT_ONCE
        else None,
        hot=() if asks else house.search_aids.words.book.hot(caller),
        history=() if asks else past_searches(house, caller, known, t),
        remember_href=address(without(given, "sort", "page"), "/search/remembered")
        if asked.page == 1 and answer.total
        else "",
    )
    return visitor.show("search", page, current="search", query=asked.words)


@router.get("/search/facet")
def facet(request: Request, visitor: TheVisitor, by: By) -> HTMLResponse:
    """One facet more, counted when it is opened."""
    given = given_of(request)
    house, caller = visitor.desk.house, visitor.caller
    counts = house.searching.facets(caller, asked_of(given)[0], (by,))
    group = Conditions(house, caller, given, visitor.desk.texts).group(by, counts[by])
    return HTMLResponse(visitor.desk.pages.part("facets", "late_values", group))


@router.get("/suggest")
def suggest(visitor: TheVisitor, q: str = "") -> dict[str, list[dict[str, str]]]:
    """What completes what was typed: one's own searches, titles and numbers, units, people."""
    return {"items": list(suggestions(visitor.desk.house, visitor.caller, q, visitor.desk.texts))}


def _named(visitor: Visitor, asked: Asked) -> tuple[NamedPerson, ...]:
    """Whose name was typed: who looks for somebody finds him, whatever he wrote."""
    t = visitor.desk.texts
    named = visitor.desk.house.rosters.directory.named(visitor.caller, asked.words)
    people = tuple(
        NamedPerson(
            each.name,
            " ".join((each.unit_name, *each.posts)),
            " ".join(
                (each.phone, t("search.in_room", room=each.room) if each.room else "")
            ).strip(),
            f"/directory/people/{quote(each.login)}",
            papers_href(each.name),
        )
        for each in named[:NAMED]
    )
    if len(named) <= NAMED:
        return people
    more = f"/directory?{urlencode({'q': asked.words.strip()})}"
    return (*people, NamedPerson(t("search.more_named"), "", "", more))


def _bars(visitor: Visitor, asked: Asked, answer: SearchPage, given: Parameters) -> DateBars | None:
    """Years are counted with every search; months only where a time is asked for."""
    counts = answer.facets[By.YEAR]
    if is_ranged(asked) or asked.years:
        searching = visitor.desk.house.searching
        bare = without(given, By.YEAR)
        timeless, _ = asked_of(bare)
        counts = searching.facets(visitor.caller, timeless, (By.MONTH,))[By.MONTH]
    return date_bars(asked, counts, given, visitor.desk.texts)
