"""Lists that are walked from place to place: where a page stands, and the ways beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Protocol
from urllib.parse import urlencode

from fastapi import Depends, Query

from search_ui.views.shell import Pager


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list begins; `first` is the number of its first row, for show alone."""

    after: str | None
    before: str | None
    first: int


class Walked(Protocol):
    """A page of a list of a service."""

    @property
    def total(self) -> int:
        """How many rows the list has."""
        ...

    @property
    def following(self) -> str | None:
        """Where the next page begins."""
        ...

    @property
    def preceding(self) -> str | None:
        """Where the page before ends."""
        ...


def place_of(
    after: Annotated[str | None, Query(max_length=4_000)] = None,
    before: Annotated[str | None, Query(max_length=4_000)] = None,
    first: Annotated[int, Query(ge=1, le=999_999_999)] = 1,
) -> Place:
    """The place that an address names."""
    return Place(after or None, before or None, first)


ThePlace = Annotated[Place, Depends(place_of)]

Parameters = Iterable[tuple[str, str]]


def query_of(parameters: Parameters) -> str:
    """Parameters as they stand in an address."""
    return urlencode(list(parameters))


def place_pager(
    page: Walked, place: Place, rows: int, kept: Parameters, *, base: str, size: int | None = None
) -> Pager:
    """The ways to the pages beside; `kept` are the other parameters of the address.

    `size` is the length of a full page, where it is not that of this one.
    """
    given = list(kept)
    first = 1 if page.preceding is None else min(place.first, page.total)
    back = max(1, first - (size or rows))

    def href(name: str, where: str, number: int) -> str:
        return f"{base}?{urlencode([*given, (name, where), ('first', str(number))])}"

    return Pager(
        total=page.total,
        first=first if rows else 0,
        last=min(page.total, first + rows - 1) if rows else 0,
        previous_href=href("before", page.preceding, back) if page.preceding else None,
        next_href=href("after", page.following, first + rows) if page.following else None,
    )
