"""正文著录: what the text of a record says of itself, taken into its fields.

Brought into its page once that stands, so that the page reads no text.
"""

import secrets
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.imprint import PARTICULARS
from records.identity import RecordId
from records.queries.particulars import Particular
from search_ui.desk import TheForm, TheVisitor, Visitor, revision_of, text_of, texts_of
from search_ui.failures import MENDABLE, told_of
from search_ui.formats import day
from search_ui.shown.words import record_href
from search_ui.views.imprint import ImprintRow, ImprintRows
from services.finding.browse import OpenRecord
from services.flow.edit import Edit
from services.searching.imprints import ImprintOffer

router = APIRouter(route_class=BoundedRoute)


@router.get("/records/{record}/imprint")
def offered(record: str, visitor: TheVisitor) -> HTMLResponse:
    """The panel, only where there is something to take over."""
    house = visitor.desk.house
    opened = house.browsing.open(visitor.caller, RecordId(record))
    offers = house.search_aids.imprints.of(opened)
    if not offers:
        return HTMLResponse("")
    rows = ImprintRows(
        href=f"{record_href(record)}/imprint",
        revision=opened.revision.number,
        idempotency_key=secrets.token_urlsafe(12),
        rows=tuple(_row(visitor, opened, each) for each in offers),
    )
    return HTMLResponse(visitor.desk.pages.part("imprint", "imprint", rows))


@router.post("/records/{record}/imprint")
def take(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """What was chosen becomes the next revision, as any edit does."""
    house, t = visitor.desk.house, visitor.desk.texts
    chosen = [each.partition("=") for each in texts_of(form, "chosen")]
    level = text_of(form, "level") or None
    if not chosen and level is None:
        return visitor.go(record_href(record), told=t("imprint.none_chosen"), tone="warning")
    try:
        after = house.editing.edit(
            visitor.caller,
            RecordId(record),
            Edit(
                fields={name: value for name, _, value in chosen},
                level=level,
                reason=t("imprint.reason"),
            ),
            revision=revision_of(form),
            idempotency_key=text_of(form, "idempotency_key") or None,
        )
    except MENDABLE as error:
        return visitor.go(record_href(record), told=told_of(visitor, error), tone="warning")
    house.settle(after)
    return visitor.go(record_href(record), told=t("imprint.taken"))


def _row(visitor: Visitor, opened: OpenRecord, offer: ImprintOffer) -> ImprintRow:
    t, sighting = visitor.desk.texts, offer.sighting
    declared = opened.kind.fields.get(offer.field) if offer.field else None
    page = t("imprint.page", n=sighting.page) if sighting.page else ""
    return ImprintRow(
        label=declared.label if declared else PARTICULARS[sighting.what],
        shown=day(date.fromisoformat(sighting.value))
        if sighting.what is Particular.DATED_ON
        else sighting.value,
        name="chosen" if offer.field else "level",
        choice=f"{offer.field}={sighting.value}" if offer.field else sighting.value,
        now=offer.now,
        taken=offer.fills,
        place=f"{offer.file} {page}".strip(),
        line=sighting.line,
    )
