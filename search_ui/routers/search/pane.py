"""A hit beside the others: what it is, all its passages, one of its files (SS-03)."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from search_ui.desk import TheVisitor
from search_ui.routers.preview.asked_place import ThePlace
from search_ui.shown.preview.pane import PreviewPane
from search_ui.shown.search.found import stays_of
from search_ui.shown.search.passages import hit_pane, passage_list
from search_ui.shown.slip import document_of

router = APIRouter(route_class=BoundedRoute)


@router.get("/search/pane/{record}")
def pane(record: str, visitor: TheVisitor, place: ThePlace) -> HTMLResponse:
    """The pane of one hit; where no file is named the one in which the words stand first.

    Where they stand in none, the one as which the page of the record opens.
    """
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, RecordId(record), number=place.revision)
    found = house.search_aids.passages.of(opened.revision, place.words)
    parts = [match.part for match in found.found] if not place.file else []
    first = next(
        (
            each
            for part in parts
            for each in opened.revision.files
            if f"{part}/".startswith(f"{each.name}/")
        ),
        None,
    )
    document = document_of(opened.kind, opened.revision)
    shown = opened.revision.file(place.file) or first or document
    place = replace(place, in_pane=True)
    preview = (
        PreviewPane(visitor.desk.previewing, t).of(opened.revision, shown, place) if shown else None
    )
    words, aids = place.words, house.search_aids
    stays = aids.histories.told(caller, opened.revision, words) if place.all_versions else ()
    view = hit_pane(
        opened,
        caller,
        t,
        words,
        found,
        file=shown.name if shown else "",
        preview=preview,
        repeal=aids.repeals.told(caller, opened.revision),
        history=stays_of(stays, opened.revision, t) if place.all_versions else None,
    )
    return HTMLResponse(visitor.desk.pages.part("pane", "pane", view))


@router.get("/records/{record}/passages")
def passages(
    record: str,
    visitor: TheVisitor,
    q: str = "",
    revision: Annotated[int | None, Query(ge=1)] = None,
) -> HTMLResponse:
    """All passages of one record, when they are asked for."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, RecordId(record), number=revision)
    found = house.search_aids.passages.of(opened.revision, q)
    view = passage_list(opened, caller, t, q, found)
    return HTMLResponse(visitor.desk.pages.part("pane", "passage_list", view))
