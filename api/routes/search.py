"""Search and suggestions."""

from dataclasses import replace
from datetime import date
from html import escape
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from api.routes.exports import ExportShape, shape_of
from api.search_answers import (
    AlsoShape,
    FacetShape,
    HitShape,
    MatchShape,
    NearShape,
    PlaceShape,
    RepealShape,
    SearchAnswer,
    StayShape,
    SuggestionShape,
)
from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from records.meaning import dated_on
from records.queries.asked_rows import AskedRow
from records.queries.search import SortOrder
from services.searching.asked_address import filter_of
from services.searching.histories import Stay
from services.searching.matches import Pieces
from services.searching.search_page import AT_ONCE, Asked, By, Found, SearchPage, order_of

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=BoundedRoute)

Many = Annotated[list[str], Query(max_length=50)]
YesNo = Annotated[list[Literal["yes", "no"]], Query(max_length=2)]
_AT_ONCE = list(AT_ONCE)
Year = Annotated[int, Field(ge=1, le=9999)]


async def question(
    q: str = "",
    kind: Many = [],  # noqa: B006 - FastAPI copies it
    unit: Many = [],  # noqa: B006
    year: Annotated[list[Year], Query(max_length=50)] = [],  # noqa: B006
    level: Many = [],  # noqa: B006
    file_type: Many = [],  # noqa: B006
    state: Many = [],  # noqa: B006
    issuer: Many = [],  # noqa: B006
    urgency: Many = [],  # noqa: B006
    attached: YesNo = [],  # noqa: B006
    archived: YesNo = [],  # noqa: B006
    fields: Annotated[
        list[str],
        Query(alias="filter", max_length=50, description="``field:value`` of the one kind asked"),
    ] = [],  # noqa: B006
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    sort: SortOrder | None = None,
    versions: Literal["newest", "all"] = "newest",
    folded: bool = False,  # noqa: FBT001, FBT002 - a parameter of an address
    family: Annotated[str, Query(max_length=64)] = "",
) -> Asked:
    """What is asked. Values of one condition are alternatives, conditions add up.

    It waits for nothing; as a plain function it would cost each request a change of threads.
    """
    return Asked(
        words=q,
        kinds=tuple(kind),
        units=tuple(unit),
        years=tuple(year),
        levels=tuple(level),
        file_types=tuple(file_type),
        states=tuple(state),
        issuers=tuple(issuer),
        urgencies=tuple(urgency),
        attached=tuple(attached),
        archived=tuple(archived),
        fields=tuple(map(filter_of, fields)),
        first=first,
        last=last,
        sort=order_of(q, sort),
        folded=folded,
        family=RecordId(family) if family else None,
        all_versions=versions == "all",
    )


TheQuestion = Annotated[Asked, Depends(question)]


@router.get("/search", response_model=SearchAnswer)
def search(
    caller: TheCaller,
    house: TheHouse,
    asked: TheQuestion,
    facet: Annotated[list[By], Query(max_length=20)] = _AT_ONCE,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Records that hold every word and that the caller may read (SS-01 .. SS-05).

    `relaxed` says that no record held them all and likeness was used instead. `near` are records
    that hold words in part, below one or two that hold them all; `missing` the words that stand
    nowhere, `guesses` what was perhaps meant, `also` the
    words that were looked for by other names as well. Each `facet` is counted without its own
    condition.
    """
    wanted = replace(asked, page=page, size=size)
    answer = _answer(house.searching.search(caller, wanted, facets=facet))
    return Response(answer.model_dump_json(by_alias=True), media_type="application/json")


@router.post("/search/exports", status_code=202)
def export(request: Request, caller: TheCaller, house: TheHouse, asked: TheQuestion) -> ExportShape:
    """Order an export of all hits, up to 200,000, with their passages, places and addresses."""
    state = house.lists.exports.begin_search(caller, asked, base=_base(request))
    house.write_exports()
    return shape_of(state)


@router.post("/search/duplicates", status_code=202)
def duplicates(
    request: Request, caller: TheCaller, house: TheHouse, asked: TheQuestion
) -> ExportShape:
    """Order a table of records that look the same, among those that the conditions leave."""
    state = house.lists.exports.begin_duplicates(caller, asked, base=_base(request))
    house.write_exports()
    return shape_of(state)


class BatchRequest(Wire):
    """What is searched for, one after the other."""

    queries: Annotated[list[Annotated[str, Field(max_length=2_000)]], Field(max_length=2_000)]


@router.post("/search/batches", status_code=202)
def batch(
    request: Request, caller: TheCaller, house: TheHouse, wanted: BatchRequest
) -> ExportShape:
    """Order a table of what is found of each: up to 2,000, five hits of each."""
    exports = house.lists.exports
    rows = [AskedRow(query) for query in wanted.queries]
    state = exports.begin_batch(caller, rows, base=_base(request))
    house.write_exports()
    return shape_of(state)


@router.get("/suggest")
def suggest(caller: TheCaller, house: TheHouse, q: str = "") -> list[SuggestionShape]:
    """Titles and numbers that begin with what was typed: Chinese, pinyin or initials."""
    found = house.searching.suggest(caller, q)
    return [SuggestionShape(text=each.text, id=each.record) for each in found]


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _answer(page: SearchPage) -> SearchAnswer:
    return SearchAnswer(
        total=page.total,
        relaxed=page.relaxed,
        notices=list(page.notices),
        hits=[_hit(found, page) for found in page.hits],
        pages=page.pages,
        further={str(head): count for head, count in page.untold.items()},
        facets={
            facet.value: [
                FacetShape(value=v.value, label=v.label, count=v.count, above=v.above)
                for v in values
            ]
            for facet, values in page.facets.items()
        },
        missing=list(page.missing),
        guesses=list(page.guesses),
        also=[
            AlsoShape(word=each.word, others=list(each.others), exact=each.exact)
            for each in page.widened
        ],
        near=NearShape(total=page.near_total, hits=[_hit(found) for found in page.near]),
    )


def _hit(found: Found, page: SearchPage | None = None) -> HitShape:
    revision = found.revision
    place = page.families.get(revision.record) if page else None
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
        history=[_stay(each) for each in found.history],
        repealed_by=RepealShape(id=repeal.record, title=repeal.title, number=repeal.number)
        if (repeal := found.repealed_by)
        else None,
        below=PlaceShape(head=place.head, tie=place.tie) if place else None,
    )


def _stay(stay: Stay) -> StayShape:
    since, until = stay.since, stay.until
    return StayShape(
        html=marked_html(stay.pieces),
        since=since.number if since else None,
        since_at=since.event.at if since else None,
        until=until.number if until else None,
        until_at=until.event.at if until else None,
    )


def marked_html(pieces: Pieces) -> str:
    """Pieces as escaped HTML, the marked ones in ``<mark>``."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in pieces
    )
