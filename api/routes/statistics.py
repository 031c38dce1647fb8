"""Statistics of kinds: figures, and the list behind each of them (M16, DC-09, HY-07)."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.access import TheCaller, TheHouse, TheTables
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.lists.statistics import MeasureDeclaration
from services.finding.list_filters import Filter
from services.finding.statistics import Figure, StatisticRow

router = APIRouter(prefix="/api/v1/statistics", tags=["lists"], route_class=BoundedRoute)

FirstDay = Annotated[date | None, Query(alias="from", description="Of the days records bear")]
LastDay = Annotated[date | None, Query(alias="to", description="Included")]


class MeasureShape(Wire):
    """A column; a `rate` is a share from 0 to 1, null of no records; a `sum` is of a field."""

    name: str
    label: str
    type: Literal["count", "rate", "sum"]


class RowShape(Wire):
    """A row; `filter` is for `GET /api/v1/lists/{kind}` and lists exactly what the row counts.

    `cells` are the filters of each figure (of a rate the part that it is of, of a sum the records
    whose it is), null where there can be nothing.
    """

    key: str
    label: str
    values: dict[str, float | int | None]
    filter: list[str]
    cells: dict[str, list[str] | None]


class StatisticAnswer(Wire):
    """A statistic; the total counts each record once, whatever rows it stands in."""

    label: str
    columns: list[MeasureShape]
    rows: list[RowShape]
    total: RowShape


@router.get("/{kind}/{name}")
def statistic(
    kind: str,
    name: str,
    caller: TheCaller,
    house: TheHouse,
    first: FirstDay = None,
    last: LastDay = None,
) -> StatisticAnswer:
    """Figures over all that the caller may read; nothing else is counted."""
    table = house.lists.statistics.table(caller, kind, name, first=first, last=last)
    return StatisticAnswer(
        label=table.declared.label,
        columns=[
            MeasureShape(name=key, label=each.label, type=_type(each))
            for key, each in table.declared.measures.items()
        ],
        rows=list(map(_row, table.rows)),
        total=_row(table.total),
    )


@router.get("/{kind}/{name}/export")
def exported(
    kind: str,
    name: str,
    caller: TheCaller,
    house: TheHouse,
    tables: TheTables,
    first: FirstDay = None,
    last: LastDay = None,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name is fixed
) -> StreamingResponse:
    """The same as a file, in words."""
    table = house.lists.statistics.exported(caller, kind, name, first=first, last=last)
    writer = tables[format]
    title = f"{table.kind.title}{table.declared.label}统计"
    pieces = writer.write(title, table.header, rows=table.words())
    return StreamingResponse(
        paced(pieces),
        media_type=writer.media_type,
        headers={
            "Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")
        },
    )


def _type(measure: MeasureDeclaration) -> Literal["count", "rate", "sum"]:
    if measure.sum is not None:
        return "sum"
    return "count" if measure.share is None else "rate"


def _row(row: StatisticRow) -> RowShape:
    return RowShape(
        key=row.key,
        label=row.label,
        values={name: figure.value for name, figure in row.figures.items()},
        filter=_told(row.filters),
        cells={name: _cell(figure) for name, figure in row.figures.items()},
    )


def _cell(figure: Figure) -> list[str] | None:
    return None if figure.filters is None else _told(figure.filters)


def _told(filters: tuple[Filter, ...]) -> list[str]:
    return [f"{name}:{value}" for name, value in filters]
