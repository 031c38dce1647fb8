"""The address of a search, read as a question and written again."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import Request

from search_ui.desk import whole_number
from services.searching.asked_address import Parameters, known_of
from services.searching.asked_address import asked_of as first_page_of
from services.searching.record_finder import MAX_REACH
from services.searching.search_page import Asked

PAGE_SIZE = 20


def given_of(request: Request) -> Parameters:
    """What the address asks, without what it does not know."""
    return known_of(request.query_params.multi_items())


def asked_of(given: Parameters) -> tuple[Asked, bool]:
    """The question; and whether its dates stand the wrong way round (then both are left out)."""
    asked, wrong = first_page_of(given)
    page = whole_number(next((value for name, value in given if name == "page"), "")) or 1
    return replace(asked, page=min(max(page, 1), MAX_REACH // PAGE_SIZE), size=PAGE_SIZE), wrong


def papers_href(name: str) -> str:
    """The search for what somebody drafted."""
    quoted = f"“{name}”" if " " in name else name
    return address([("q", f"起草人:{quoted}")])


def address(parameters: Iterable[tuple[str, str]], base: str = "/search") -> str:
    """A search with these parameters."""
    return f"{base}?{urlencode(list(parameters))}"


def without(parameters: Parameters, *names: str) -> Parameters:
    """The parameters but those named."""
    return tuple((name, value) for name, value in parameters if name not in names)
