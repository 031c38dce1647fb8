"""Statistics of a kind, for every kind that declares some (M16, DC-09, HY-07)."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.errors import Invalid
from search_ui.desk import TheVisitor
from search_ui.shown.lists.statistics import StatisticShowing

router = APIRouter(route_class=BoundedRoute)

FirstDay = Annotated[str, Query(alias="from", max_length=10)]
LastDay = Annotated[str, Query(alias="to", max_length=10)]


@router.get("/kinds/{kind}/statistics")
def statistics(
    kind: str, visitor: TheVisitor, name: str = "", first: FirstDay = "", last: LastDay = ""
) -> HTMLResponse:
    """One of them; the first where none is named."""
    desk, caller = visitor.desk.house.lists.statistics, visitor.caller
    table = desk.table(caller, kind, name, first=_day(first), last=_day(last))
    labels = {key: each.label for key, each in desk.offered(caller, table.kind).items()}
    view = StatisticShowing(table, labels, first=first, last=last).page()
    return visitor.show("statistics", view, current=f"kind-{kind}")


@router.get("/kinds/{kind}/statistics/export")
def export(
    kind: str,
    visitor: TheVisitor,
    name: str = "",
    first: FirstDay = "",
    last: LastDay = "",
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name the API has
) -> Response:
    """What the page shows, as a file."""
    desk = visitor.desk.house.lists.statistics
    table = desk.exported(visitor.caller, kind, name, first=_day(first), last=_day(last))
    writer = visitor.desk.tables[format]
    title = f"{table.kind.title}{table.declared.label}统计"
    pieces = writer.write(title, table.header, rows=table.words())
    return StreamingResponse(
        paced(pieces),
        media_type=writer.media_type,
        headers={
            "Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")
        },
    )


def _day(text: str) -> date | None:
    """A day of a form. Raises Invalid (``bad_filter``)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("bad_filter", given=text, field="from") from error
