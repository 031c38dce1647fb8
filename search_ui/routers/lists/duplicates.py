"""疑似重复: records of the same content, number or text, for who watches the house (SS-08)."""

from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Refused
from records.people.roles import Power
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.formats import count
from search_ui.routers.search.files import base_of
from search_ui.views.fields import FormField
from search_ui.views.lists.duplicates import DuplicateRow, DuplicatesPage
from search_ui.views.shell import Badge, Choice
from services.exporting.duplicate_rows import HEADER
from services.exporting.exports import ExportPhase, ExportSource
from services.searching.asked_address import asked_of

router = APIRouter(route_class=BoundedRoute)

HERE = "/duplicates"
SHOWN = 100


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """The form, and what the last comparison found; what is looked at is gone on with."""
    if not visitor.caller.may(Power.WATCH):
        raise Refused("administrators_only")
    page = _page(visitor)
    if page.is_open:
        visitor.desk.house.write_exports()
    return visitor.show("duplicates", page, current="duplicates")


@router.post(HERE)
def begin(request: Request, visitor: TheVisitor, form: TheForm) -> Response:
    """Orders a comparison of what the form is narrowed to."""
    house = visitor.desk.house
    given = tuple((n, v) for n in ("kind", "from", "to") if (v := text_of(form, n)))
    within, _ = asked_of(given)
    try:
        house.lists.exports.begin_duplicates(visitor.caller, within, base=base_of(request))
    except Refused as error:
        return visitor.go(HERE, told=str(tell(error)), tone="warning")
    house.write_exports()
    return visitor.go(HERE, told=visitor.desk.texts("duplicates.begun"))


def _page(visitor: Visitor) -> DuplicatesPage:
    exports, t = visitor.desk.house.lists.exports, visitor.desk.texts
    own = (e for e in exports.of(visitor.caller) if e.asked.source is ExportSource.DUPLICATES)
    state = next(own, None)
    fields = _fields(visitor)
    if state is None:
        return DuplicatesPage(fields, (), 0)
    done = state.phase is ExportPhase.DONE
    rows: list[tuple[str, ...]] = []
    more = 0
    if done:
        _, every = exports.rows(visitor.caller, state.id)
        rows = list(islice(every, SHOWN))
        more = sum(1 for _ in every)
    looked_at = state.last.done if state.last else 0
    return DuplicatesPage(
        fields=fields,
        rows=tuple(_row(row) for row in rows if len(row) == len(HEADER)),
        more=more,
        state=Badge(t(f"export.phase.{state.phase}"), "ok" if done else "info"),
        looked_at=t("duplicates.looked_at", n=count(looked_at)),
        xlsx_href=f"/exports/{state.id}/file?format=xlsx" if done else None,
        is_open=state.is_open,
    )


def _fields(visitor: Visitor) -> tuple[FormField, ...]:
    t = visitor.desk.texts
    kinds = tuple(Choice(kind.kind, kind.title) for kind in visitor.desk.house.kinds)
    return (
        FormField("kind", t("facet.kind"), "choice", choices=kinds),
        FormField("from", t("duplicates.from"), "date"),
        FormField("to", t("duplicates.to"), "date"),
    )


def _row(row: tuple[str, ...]) -> DuplicateRow:
    _, why, title, number, _, _, other, other_number, href, other_href = row
    return DuplicateRow(why, title, number, _here(href), other, other_number, _here(other_href))


def _here(href: str) -> str:
    """The address within this house, whatever it was called by when the rows were written."""
    return f"/records/{href.rpartition('/')[2]}"
