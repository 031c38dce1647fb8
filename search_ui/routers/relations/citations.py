"""引用与相关: what a record cites, what cites it, what looks the same or is related (SS-08).

Brought into its page once that stands, so that the page waits for no search.
"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from search_ui.desk import TheVisitor
from search_ui.shown.relations.cited_rows import CitedShowing
from search_ui.shown.words import record_href
from search_ui.views.record import CitedRows

router = APIRouter(route_class=BoundedRoute)


@router.get("/records/{record}/citations")
def citations(record: str, visitor: TheVisitor) -> HTMLResponse:
    """Its panels, each only where there is something to show."""
    house, caller = visitor.desk.house, visitor.caller
    aids, opened = house.search_aids, house.browsing.open(caller, RecordId(record))
    found = aids.citations.of(caller, opened)
    tied = {each.record for each in house.related.of(caller, opened)}
    looked = aids.look_alikes.of(caller, opened.revision)
    same = [each for each in looked.found if each.revision.record not in tied]
    ends = [each.revision for each in (*found.cites, *found.cited_by) if each.revision is not None]
    seen = {each.record for each in (*ends, *(each.revision for each in same))} | tied
    showing = CitedShowing(house.kinds, caller.organisation, visitor.desk.texts)
    href = record_href(record)
    rows = CitedRows(
        cites=tuple(map(showing.cited, found.cites)),
        cited_by=tuple(map(showing.cited, found.cited_by)),
        alike=tuple(
            showing.alike(each)
            for each in aids.alike.of(caller, opened, found.cites)
            if each.revision.record not in seen
        ),
        same=tuple(showing.same(each, opened.revision) for each in same),
        same_cut=looked.is_cut,
        correct_href=f"{href}/corrections" if opened.may_edit else None,
        graph_href=f"{href}/citation-graph" if ends else None,
    )
    return HTMLResponse(visitor.desk.pages.part("sheet", "cited", rows))
