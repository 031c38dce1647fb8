"""引用关系图: a record amid what it cites and what cites it, drawn when it is opened (SS-08)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from search_ui.desk import TheVisitor
from search_ui.shown.relations.graph import drawn

router = APIRouter(route_class=BoundedRoute)


@router.get("/records/{record}/citation-graph")
def citation_graph(record: str, visitor: TheVisitor) -> HTMLResponse:
    """The picture as SVG, to take a place in the page of the record."""
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, RecordId(record))
    found = house.search_aids.graphs.of(caller, opened)
    made = drawn(found, house.kinds, visitor.desk.texts)
    return HTMLResponse(visitor.desk.pages.part("citation_graph", "graph", made))
