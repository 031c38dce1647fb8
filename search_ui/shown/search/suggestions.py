"""What completes what is typed into the search box, each with where it leads."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

from search_ui.shown.search.address import address
from search_ui.shown.search.remembered import past_searches
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from services.house import House
from services.people.caller import Caller
from services.searching.phrases import common_phrases

_OWN, _PHRASES, _RECORDS, _NAMES = 3, 2, 6, 2
"""So many of each at most: what one looks over without leaving the keys."""

_TITLES = 12
"""Titles that phrases are told from: each is looked at once on its record."""

_OWN_ALONE = 8
"""One's own searches while nothing is typed yet."""

Item = dict[str, str]


def suggestions(house: House, caller: Caller, typed: str, t: Texts) -> Iterator[Item]:
    """One's own searches, phrases and records of what the caller may read, units, and people."""
    words = typed.strip()[:100]
    past = past_searches(house, caller, house.search_aids.memory.of(caller), t)
    if not words:
        for one in past[:_OWN_ALONE]:
            yield {"label": one.label, "href": one.href, "detail": t("search.own"), "token": ""}
        return
    own = [each for each in past if words.lower() in each.label.lower() and each.label != words]
    for one in own[:_OWN]:
        yield {"label": one.label, "href": one.href, "detail": t("search.own"), "token": ""}
    offered = house.searching.suggest(caller, words, limit=_TITLES)
    for phrase in common_phrases(words, (each.text for each in offered), most=_PHRASES):
        href = address([("q", phrase)])
        yield {"label": phrase, "href": href, "detail": t("search.phrase"), "token": ""}
    for found in offered[:_RECORDS]:
        href = record_href(found.record)
        yield {"label": found.text, "href": href, "detail": "", "token": found.record}
    names = house.rosters.names
    for unit in islice(names.units(caller.organisation, words), _NAMES):
        label = caller.organisation.full_name(unit.code)
        href = address([("unit", unit.code)])
        yield {"label": label, "href": href, "detail": t("search.of_unit"), "token": ""}
    for person in islice(names.people(caller.organisation, words), _NAMES):
        href = f"/directory/people/{quote(person.login)}"
        detail = t("search.of_person", unit=caller.organisation.unit_name(person.unit))
        yield {"label": person.name, "href": href, "detail": detail, "token": ""}
