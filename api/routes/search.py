"""Search and suggestions."""

from datetime import date
from html import escape
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.answers import (
    FacetShape,
    HitShape,
    MatchShape,
    SearchAnswer,
    SuggestionShape,
)
from gate.bounded_request import BoundedRoute
from records.search import SortOrder
from services.after_commit.documents import dated_on
from services.finding.matches import Pieces
from services.finding.searching import Asked, Found, SearchPage

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=BoundedRoute)

Many = Annotated[list[str], Query(max_length=50)]
Year = Annotated[int, Field(ge=1, le=9999)]


@router.get("/search")
def search(
    caller: TheCaller,
    house: TheHouse,
    q: str = "",
    kind: Many = [],  # noqa: B006 - FastAPI copies it
    unit: Many = [],  # noqa: B006
    year: Annotated[list[Year], Query(max_length=50)] = [],  # noqa: B006
    level: Many = [],  # noqa: B006
    file_type: Many = [],  # noqa: B006
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    sort: SortOrder = SortOrder.RELEVANCE,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> SearchAnswer:
    """Records that hold every word and that the caller may read (SS-01 .. SS-05).

    `relaxed` says that no record held them all and likeness was used instead.
    """
    asked = Asked(
        words=q,
        kinds=tuple(kind),
        units=tuple(unit),
        years=tuple(year),
        levels=tuple(level),
        file_types=tuple(file_type),
        first=first,
        last=last,
        sort=sort,
        page=page,
        size=size,
    )
    return _answer(house.searching.search(caller, asked))


@router.get("/suggest")
def suggest(caller: TheCaller, house: TheHouse, q: str = "") -> list[SuggestionShape]:
    """Titles and numbers that begin with what was typed: Chinese, pinyin or initials."""
    found = house.searching.suggest(caller, q)
    return [SuggestionShape(text=each.text, id=each.record) for each in found]


def _answer(page: SearchPage) -> SearchAnswer:
    return SearchAnswer(
        total=page.total,
        relaxed=page.relaxed,
        notices=list(page.notices),
        hits=[_hit(found) for found in page.hits],
        facets={
            facet.value: [FacetShape(value=v.value, label=v.label, count=v.count) for v in values]
            for facet, values in page.facets.items()
        },
    )


def _hit(found: Found) -> HitShape:
    revision = found.revision
    return HitShape(
        id=revision.record,
        kind=revision.kind,
        title=found.title,
        title_html=marked_html(found.title_pieces),
        number=found.number,
        revision=revision.number,
        unit=revision.unit,
        dated_on=dated_on(found.kind, revision).isoformat(),
        matches=[
            MatchShape(part=match.part, page=match.page, html=marked_html(match.pieces))
            for match in found.matches
        ],
    )


def marked_html(pieces: Pieces) -> str:
    """Pieces as escaped HTML, the marked ones in ``<mark>``."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in pieces
    )
