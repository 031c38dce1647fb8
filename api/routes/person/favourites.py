"""收藏: records and searches that a person keeps for himself (SC-01 .. SC-04)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from records.meaning import number_of, title_of
from services.finding.favourites import Favourite, FavouriteRow
from services.house import House
from services.people.caller import Caller
from services.standing.saved_searches import Wanted
from services.standing.subscriptions import When

router = APIRouter(prefix="/api/v1", tags=["favourites"], route_class=BoundedRoute)


class FavouriteRequest(Wire):
    """Where a favourite is put, and what one says of it."""

    folder: str = Field("", examples=["信用修复"])
    note: str = Field("", examples=["写总结时引用第三部分"])


class ChangeRequest(FavouriteRequest):
    """What is wanted of one that is kept; what is null stays as it is."""

    when: When | None = Field(None, examples=["daily"])
    shared: bool | None = Field(None, examples=[True])


class SearchRequest(ChangeRequest):
    """A search; `asks` is the query string of its page."""

    name: str = Field(examples=["信用修复 今年"])
    asks: str = Field(examples=["q=信用修复"])


class FavouriteShape(Wire):
    """A favourite; `title` and `kind` are null of a record that may not be read any more.

    Of a search, `when` says when its owner is told what it finds, `gone` what of its conditions
    means nothing any more.
    """

    target: str
    is_search: bool
    title: str | None
    number: str | None
    kind: str | None
    asks: str | None
    folder: str
    note: str
    at: datetime
    when: When
    shared: bool
    gone: list[str]


class SharedShape(Wire):
    """A search that a colleague shares with his unit; kept, it is one's own."""

    name: str
    asks: str
    by: str
    gone: list[str]


class FavouriteList(Wire):
    """One page, the last kept first; `folders` counts each, ``""`` being none."""

    total: int
    favourites: list[FavouriteShape]
    folders: dict[str, int]


@router.get("/favourites")
def favourites(
    caller: TheCaller,
    house: TheHouse,
    folder: Annotated[str | None, Query(max_length=200)] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 50,
) -> FavouriteList:
    """Those of a folder, or all, that hold the words: in the record, or in one's own note."""
    found = house.lists.favourites.page(
        caller, folder=folder, words=q, offset=(page - 1) * size, size=size
    )
    return FavouriteList(
        total=found.total,
        favourites=_shapes(found.rows, caller, house),
        folders=dict(found.folders),
    )


@router.put("/records/{record}/favourite")
def keep(
    record: str, given: FavouriteRequest, caller: TheCaller, house: TheHouse
) -> FavouriteShape:
    """Keep a record, or put it into another folder with another note."""
    found = house.browsing.open(caller, RecordId(record)).revision.record
    kept = house.lists.favourites.keep(caller, found, folder=given.folder, note=given.note)
    return _one(kept, caller, house)


@router.post("/favourites/searches", status_code=201)
def keep_search(given: SearchRequest, caller: TheCaller, house: TheHouse) -> FavouriteShape:
    """Keep a search under a name; the same search again changes its folder and note."""
    kept = house.lists.searches.keep(caller, given.name, given.asks, _wanted(given))
    return _one(kept, caller, house)


@router.get("/favourites/shared")
def shared(caller: TheCaller, house: TheHouse) -> list[SharedShape]:
    """Searches that colleagues share with a unit of the caller, but those he keeps himself."""
    searches = house.lists.searches
    return [
        SharedShape(
            name=each.favourite.name,
            asks=each.favourite.asks,
            by=each.by,
            gone=list(searches.gone(caller, each.favourite.asks)),
        )
        for each in searches.shared(caller)
    ]


@router.put("/favourites/{target}")
def change(target: str, given: ChangeRequest, caller: TheCaller, house: TheHouse) -> FavouriteShape:
    """Change folder and note of one that is kept; of a search also when its owner is told."""
    return _one(house.lists.searches.change(caller, target, _wanted(given)), caller, house)


@router.delete("/favourites/{target}", status_code=204)
def drop(target: str, caller: TheCaller, house: TheHouse) -> None:
    """Keep a record or a search no more; one that was not kept stays so."""
    house.lists.searches.drop(caller, target)


def _one(kept: Favourite, caller: TheCaller, house: House) -> FavouriteShape:
    (row,) = house.lists.favourites.shown(caller, [kept])
    return _shapes([row], caller, house)[0]


def _wanted(given: ChangeRequest) -> Wanted:
    return Wanted(given.when, given.shared, folder=given.folder, note=given.note)


def _shapes(rows: Sequence[FavouriteRow], caller: Caller, house: House) -> list[FavouriteShape]:
    told = house.lists.searches.told(caller) if any(r.favourite.is_search for r in rows) else {}
    return [_shape(row, told, caller, house) for row in rows]


def _shape(
    row: FavouriteRow, told: Mapping[str, When], caller: Caller, house: House
) -> FavouriteShape:
    kept, revision = row.favourite, row.revision
    kind = house.kinds.of(revision) if revision is not None else None
    title = kept.name if kept.is_search else None
    if kind is not None and revision is not None:
        title = title_of(kind, revision)
    return FavouriteShape(
        target=kept.target,
        is_search=kept.is_search,
        title=title,
        number=number_of(kind, revision) if kind is not None and revision is not None else None,
        kind=revision.kind if revision is not None else None,
        asks=kept.asks or None,
        folder=kept.folder,
        note=kept.note,
        at=kept.at,
        when=told.get(kept.target, When.NEVER),
        shared=kept.shared_with is not None,
        gone=list(house.lists.searches.gone(caller, kept.asks)) if kept.is_search else [],
    )
