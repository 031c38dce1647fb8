"""The list of a kind, for every kind without code of its own (M16, CX-06)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.disposition import disposition
from search_ui.desk import TheVisitor
from search_ui.shown.kind_list import KindListShowing
from search_ui.shown.paging import ThePlace
from services.finding.kind_lists import ListAsked, words_of
from services.finding.list_filters import filters_of
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)

SHOWN = 20

Filters = Annotated[list[str], Query(alias="filter", max_length=50)]


@router.get("/kinds/{kind}")
def kind_list(
    kind: str,
    visitor: TheVisitor,
    place: ThePlace,
    given: Filters = [],  # noqa: B006 - FastAPI copies it
    q: str = "",
    sort: str = "",
    days: str = "",
    first_day: Annotated[str, Query(alias="from", max_length=10)] = "",
    last_day: Annotated[str, Query(alias="to", max_length=10)] = "",
) -> HTMLResponse:
    """One page of it. Filters that the kind does not know are passed over."""
    lists, caller = visitor.desk.house.lists.of_kinds, visitor.caller
    ranged = [f"{days}:{first_day}..{last_day}"] if days and (first_day or last_day) else []
    asked = _asked(visitor, kind, [*given, *ranged], q=q, sort=sort)
    asked = ListAsked(asked.filters, asked.sort, asked.words, SHOWN, place.after, place.before)
    found = lists.page(caller, kind, asked, counted=True)
    view = KindListShowing(found, asked, caller, visitor.desk.texts).page(
        place,
        may_begin=may_begin(found.kind, caller),
        has_statistics=bool(visitor.desk.house.lists.statistics.offered(caller, found.kind)),
    )
    return visitor.show("kind_list", view, current=f"kind-{kind}")


@router.get("/kinds/{kind}/export")
def export(
    kind: str,
    visitor: TheVisitor,
    given: Filters = [],  # noqa: B006 - FastAPI copies it
    q: str = "",
    sort: str = "",
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name the API has
) -> Response:
    """What the list shows, all pages of it, as a file."""
    house, caller = visitor.desk.house, visitor.caller
    asked = _asked(visitor, kind, given, q=q, sort=sort)
    found = house.lists.of_kinds.exported(caller, kind, asked)
    writer = visitor.desk.tables[format]
    header = [column.label for column in found.columns]
    pieces = writer.write(found.kind.title, header, rows=words_of(found, caller))
    name = f"{found.kind.title}.{writer.suffix}"
    return StreamingResponse(
        paced(pieces),
        media_type=writer.media_type,
        headers={"Content-Disposition": disposition("attachment", name)},
    )


def _asked(visitor: TheVisitor, name: str, given: list[str], *, q: str, sort: str) -> ListAsked:
    kind = visitor.desk.house.lists.of_kinds.kind(name)
    known = filters_of(kind)
    pairs = (text.partition(":")[::2] for text in given)
    filters = tuple(dict.fromkeys((n, v) for n, v in pairs if n in known and v))
    return ListAsked(filters, sort, q.strip())
