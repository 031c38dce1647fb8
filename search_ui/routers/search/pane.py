"""A hit beside the others: what it is, all its passages, one of its files (SS-03)."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from search_ui.desk import TheVisitor, Visitor
from search_ui.routers.preview.asked_place import ThePlace
from search_ui.shown.preview.pane import PreviewPane
from search_ui.shown.search.found import stays_of
from search_ui.shown.search.passages import hit_pane, passage_list
from search_ui.shown.slip import document_of
from services.finding.browse import OpenRecord
from services.quoting.sheet_rows import with_rows
from services.searching.passages import Passages

router = APIRouter(route_class=BoundedRoute)


@router.get("/search/pane/{record}")
def pane(record: str, visitor: TheVisitor, place: ThePlace) -> HTMLResponse:
    """The pane of one hit; where no file is named the one in which the words stand first.

    Where they stand in none, the one as which the page of the record opens.
    """
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, RecordId(record), number=place.revision)
    found = _passages(visitor, opened, place.words)
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
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record), number=revision)
    view = passage_list(opened, visitor.caller, q, _passages(visitor, opened, q))
    return HTMLResponse(visitor.desk.pages.part("pane", "passage_list", view))


def _passages(visitor: Visitor, opened: OpenRecord, words: str) -> Passages:
    """Where the words stand; on sheets by their rows."""
    revision, desk = opened.revision, visitor.desk
    found = desk.house.search_aids.passages.of(revision, words)
    files = desk.previewing
    return with_rows(found, revision, lambda file: files.rows(revision, file, words), files.cells)
