"""The list of a kind, for every kind without code of its own (M16, CX-06)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.errors import NotFound
from records.schema.kind import Kind
from search_ui.desk import TheVisitor
from search_ui.shown.lists.kind_list import KindListShowing
from search_ui.shown.lists.list_views import list_views
from search_ui.shown.paging import ThePlace
from services.finding.kind_lists import ListAsked, words_of
from services.finding.list_columns import offered_columns
from services.finding.list_filters import filters_of
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)

SHOWN = 20

Filters = Annotated[list[str], Query(alias="filter", max_length=50)]
Columns = Annotated[list[str], Query(max_length=50)]


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
    columns: Columns = [],  # noqa: B006 - FastAPI copies it
    view: Annotated[str, Query(max_length=50)] = "",
) -> HTMLResponse:
    """One page of it. What the kind does not know is passed over; of a `view` it is told."""
    lists, caller, t = visitor.desk.house.lists, visitor.caller, visitor.desk.texts
    declared, library = lists.of_kinds.kind(kind), visitor.desk.house.lists.folders
    ready = [lists.views.ready(e, declared) for e in lists.views.of_kind(caller, declared.kind)]
    opened = next((each for each in ready if each.view.id == view), None)
    if view and opened is None:
        raise NotFound("no_such_view", view=view)
    ranged = [f"{days}:{first_day}..{last_day}"] if days and (first_day or last_day) else []
    asked = asked_of(declared, [*given, *ranged], q=q, sort=sort, columns=columns)
    asked = opened.asked if opened else asked
    asked = replace(asked, size=SHOWN, after=place.after, before=place.before)
    found = lists.of_kinds.page(caller, kind, asked, counted=True)
    page = KindListShowing(found, asked, caller, t).page(
        place,
        list_views(declared, asked, ready, caller, t, opened=opened),
        may_begin=may_begin(found.kind, caller),
        has_statistics=bool(visitor.desk.house.lists.statistics.offered(caller, found.kind)),
        folders=library.tree(caller, declared.kind) if declared.meaning.folder else (),
        keeps_folders=bool(declared.meaning.folder) and library.may_begin(caller, declared.kind),
    )
    return visitor.show("kind_list", page, current=f"kind-{kind}")


@router.get("/kinds/{kind}/export")
def export(
    kind: str,
    visitor: TheVisitor,
    given: Filters = [],  # noqa: B006 - FastAPI copies it
    q: str = "",
    sort: str = "",
    columns: Columns = [],  # noqa: B006 - FastAPI copies it
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name the API has
) -> Response:
    """What the list shows, all pages of it, as a file."""
    house, caller = visitor.desk.house, visitor.caller
    declared = house.lists.of_kinds.kind(kind)
    asked = asked_of(declared, given, q=q, sort=sort, columns=columns)
    found = house.lists.of_kinds.exported(caller, kind, asked)
    writer = visitor.desk.tables[format]
    header = [column.label for column in found.columns]
    pieces = writer.write(found.kind.title, header, rows=words_of(found, caller))
    name = f"{found.kind.title}.{writer.suffix}"
    return StreamingResponse(
        paced(pieces),
        media_type=writer.media_type,
        headers={"Content-Disposition": content_disposition("attachment", name)},
    )


def asked_of(
    kind: Kind, given: Sequence[str], *, q: str, sort: str, columns: Sequence[str] = ()
) -> ListAsked:
    """What an address or a form asks of a list; what the kind does not know is passed over."""
    known, offered = filters_of(kind), offered_columns(kind)
    pairs = (text.partition(":")[::2] for text in given)
    filters = tuple(dict.fromkeys((n, v) for n, v in pairs if n in known and v))
    shown = tuple(name for name in columns if name in offered)
    return ListAsked(filters, sort, q.strip(), columns=shown)
