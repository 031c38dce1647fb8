"""Saved views of lists: filters, order and columns under a name (M16)."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from api.routes.lists import filter_of
from gate.bounded_request import BoundedRoute
from records.identity import KindName
from services.finding.kind_lists import ListAsked
from services.finding.saved_views import SavedView
from services.house import House

router = APIRouter(prefix="/api/v1", tags=["lists"], route_class=BoundedRoute)


class ViewRequest(Wire):
    """A view to keep; `shared`: with the caller's unit and those below it."""

    name: str = Field(max_length=200, examples=["本科室超期"])
    filter: list[str] = Field(default=[], max_length=50, examples=[["state:handling"]])
    sort: str = Field(default="", max_length=100)
    q: str = Field(default="", max_length=2_000)
    columns: list[str] = Field(default=[], max_length=50)
    shared: bool = False


class ViewShape(Wire):
    """A view as it can be asked now: give `filter`, `sort`, `q` and `columns` to the list.

    `gone` are the words of what it asked for and that is no more: fields, states, or its kind.
    """

    id: str
    kind: str
    name: str
    owner: str
    shared: bool
    filter: list[str]
    sort: str
    q: str
    columns: list[str]
    gone: list[str]
    at: datetime


@router.get("/views")
def own(caller: TheCaller, house: TheHouse) -> list[ViewShape]:
    """The caller's own views of all lists, of kinds that are gone too."""
    return [_shape(each, house) for each in house.lists.views.own(caller)]


@router.get("/lists/{kind}/views")
def views(kind: str, caller: TheCaller, house: TheHouse) -> list[ViewShape]:
    """The caller's own views of a list, then those shared with his unit."""
    found = house.lists.of_kinds.kind(kind)
    return [_shape(each, house) for each in house.lists.views.of_kind(caller, found.kind)]


@router.post("/lists/{kind}/views", status_code=201)
def keep(kind: str, given: ViewRequest, caller: TheCaller, house: TheHouse) -> ViewShape:
    """Keep a view."""
    asked = ListAsked(
        filters=tuple(map(filter_of, given.filter)),
        sort=given.sort,
        words=given.q,
        columns=tuple(given.columns),
    )
    found = house.lists.of_kinds.kind(kind)
    kept = house.lists.views.keep(caller, given.name, found, asked, shared=given.shared)
    return _shape(kept, house)


@router.delete("/lists/{kind}/views/{view}", status_code=204)
def drop(kind: str, view: str, caller: TheCaller, house: TheHouse) -> None:
    """Take one of the caller's own away; its kind may be gone."""
    house.lists.views.drop(caller, KindName(kind), view)


def _shape(view: SavedView, house: House) -> ViewShape:
    kind = house.kinds.find(view.kind)
    ready = house.lists.views.ready(view, kind) if kind else None
    asked = ready.asked if ready else ListAsked()
    return ViewShape(
        id=view.id,
        kind=view.kind,
        name=view.name,
        owner=view.owner,
        shared=view.shared_with is not None,
        filter=[f"{name}:{value}" for name, value in asked.filters],
        sort=asked.sort,
        q=asked.words,
        columns=list(asked.columns),
        gone=list(ready.gone) if ready else [view.kind],
        at=view.at,
    )
