"""Lists of kinds: columns, filters, order, export (M16, CX-06)."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from api.access import TheCaller, TheHouse, TheTables
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.errors import Invalid
from services.finding.kind_lists import ListAsked, words_of
from services.finding.list_columns import value_of
from services.finding.list_filters import Filter

router = APIRouter(prefix="/api/v1/lists", tags=["lists"], route_class=BoundedRoute)


class ColumnShape(Wire):
    """A column; `sortable`: it may stand in `sort`."""

    label: str
    type: str
    sortable: bool


class ListAnswer(Wire):
    """One page; `next` is null on the last one.

    A row is ``{id, …columns}`` with values as records have them.
    """

    total: int
    columns: dict[str, ColumnShape]
    rows: list[dict[str, Any]]
    next: str | None


def asked_of(
    given: Annotated[
        list[str],
        Query(
            alias="filter",
            max_length=50,
            description="``field:value``; of days also ``field:2026-01..2026-03``; `state`, "
            "`unit`, ``mine:began``, ``mine:handled``",
        ),
    ] = [],  # noqa: B006 - FastAPI copies it
    sort: Annotated[str, Query(max_length=100, description="A column, or -column")] = "",
    q: Annotated[str, Query(max_length=2_000, description="Words, as in the search")] = "",
    size: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Annotated[str | None, Query(max_length=4_000)] = None,
    columns: Annotated[
        list[str], Query(max_length=50, description="In this order; none: those of the kind")
    ] = [],  # noqa: B006 - FastAPI copies it
) -> ListAsked:
    """What an address asks. Raises Invalid (``bad_filter``)."""
    return ListAsked(tuple(map(filter_of, given)), sort, q, size, after, columns=tuple(columns))


TheAsked = Annotated[ListAsked, Depends(asked_of)]


@router.get("/{kind}")
def listed(kind: str, caller: TheCaller, house: TheHouse, asked: TheAsked) -> ListAnswer:
    """Records of a kind that the caller may read."""
    found = house.lists.of_kinds.page(caller, kind, asked, counted=False)
    return ListAnswer(
        total=found.page.total,
        columns={
            column.name: ColumnShape(label=column.label, type=column.type, sortable=column.sortable)
            for column in found.columns
        },
        rows=[
            {
                "id": row.revision.record,
                **{column.name: value_of(column, row) for column in found.columns},
            }
            for row in found.page.rows
        ],
        next=found.page.following,
    )


@router.get("/{kind}/export")
def exported(
    kind: str,
    caller: TheCaller,
    house: TheHouse,
    tables: TheTables,
    asked: TheAsked,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name is fixed
) -> StreamingResponse:
    """All rows of a list as a file, in words, up to 100,000; `size` and `after` are passed over."""
    export = house.lists.of_kinds.exported(caller, kind, asked)
    writer = tables[format]
    header = [column.label for column in export.columns]
    pieces = writer.write(export.kind.title, header, rows=words_of(export, caller))
    name = f"{export.kind.title}.{writer.suffix}"
    return StreamingResponse(
        paced(pieces),
        media_type=writer.media_type,
        headers={"Content-Disposition": content_disposition("attachment", name)},
    )


def filter_of(text: str) -> Filter:
    """``field:value``. Raises Invalid (``bad_filter``)."""
    name, colon, value = text.partition(":")
    if not colon or not name or not value:
        raise Invalid("bad_filter", given=text[:200], field="filter")
    return name, value
