"""引用与相关: what a record cites, what cites it, what is on the same matter (SS-08).

Brought into its page once that stands, so that the page waits for no search.
"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from languages.citing import RELATIONS
from records.identity import RecordId
from records.meaning import number_of, title_of
from records.revision import Revision
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.words import record_href, state_badge
from search_ui.views.record import CitedRows, TieRow
from services.relations.citations import Cited

router = APIRouter(route_class=BoundedRoute)


@router.get("/records/{record}/citations")
def citations(record: str, visitor: TheVisitor) -> HTMLResponse:
    """Three panels, each only where there is something to show."""
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, RecordId(record))
    found = house.search_aids.citations.of(caller, opened)
    seen = {each.revision.record for each in (*found.cites, *found.cited_by) if each.revision}
    alike = [
        each
        for each in house.search_aids.alike.of(caller, opened)
        if each.revision.record not in seen
    ]
    t = visitor.desk.texts
    rows = CitedRows(
        cites=tuple(_cited(visitor, each) for each in found.cites),
        cited_by=tuple(_cited(visitor, each) for each in found.cited_by),
        alike=tuple(
            _row(visitor, "", each.revision, t("record.both_say", words="”“".join(each.why)))
            for each in alike
        ),
    )
    return HTMLResponse(visitor.desk.pages.part("sheet", "cited", rows))


def _cited(visitor: Visitor, each: Cited) -> TieRow:
    label = RELATIONS[each.relation]
    if each.revision is None:
        return TieRow(label, each.text, None)
    kind = visitor.desk.house.kinds.of(each.revision)
    return _row(visitor, label, each.revision, number_of(kind, each.revision))


def _row(visitor: Visitor, label: str, revision: Revision, note: str) -> TieRow:
    kind = visitor.desk.house.kinds.of(revision)
    title, href = title_of(kind, revision), record_href(revision.record)
    return TieRow(label, title, href, state=state_badge(kind, revision), note=note or None)
