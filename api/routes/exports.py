"""Long exports of lists: ordered, watched, fetched for a day (M16, CX-06)."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.access import TheCaller, TheHouse, TheTables
from api.requests import Wire
from api.routes.lists import TheAsked
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from services.exporting.exports import ExportPhase, ExportState

router = APIRouter(prefix="/api/v1", tags=["lists"], route_class=BoundedRoute)


class ExportShape(Wire):
    """An export of the caller. Of `total` rows `done` are written; it is kept to `until`.

    `kind` is empty where it is not of a list; of a batch the rows are those of its list.

    Rows are those that the caller might read while they were written. `failed` is the reason why
    nothing came of it.
    """

    id: str
    kind: str
    phase: ExportPhase
    done: int
    total: int | None
    at: datetime
    until: datetime
    failed: str | None


@router.post("/lists/{kind}/exports", status_code=202)
def begin(kind: str, caller: TheCaller, house: TheHouse, asked: TheAsked) -> ExportShape:
    """Order an export of all rows, up to 100,000; `size` and `after` are passed over."""
    state = house.lists.exports.begin(caller, kind, asked)
    house.write_exports()
    return shape_of(state)


@router.get("/exports")
def own(caller: TheCaller, house: TheHouse) -> list[ExportShape]:
    """The caller's own, the newest first."""
    return [shape_of(each) for each in house.lists.exports.of(caller)]


@router.get("/exports/{export}")
def show(export: str, caller: TheCaller, house: TheHouse) -> ExportShape:
    """How far it is. What is asked after is gone on with."""
    state = house.lists.exports.find(caller, export)
    if state.is_open:
        house.write_exports()
    return shape_of(state)


@router.get("/exports/{export}/file")
def file(
    export: str,
    caller: TheCaller,
    house: TheHouse,
    tables: TheTables,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - as that of short exports
) -> StreamingResponse:
    """The rows as a file, once all are written."""
    state, rows = house.lists.exports.rows(caller, export)
    writer, title = tables[format], state.asked.title
    header = state.last.header if state.last else ()
    return StreamingResponse(
        paced(writer.write(title, header, rows=rows)),
        media_type=writer.media_type,
        headers={
            "Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")
        },
    )


@router.delete("/exports/{export}", status_code=204)
def drop(export: str, caller: TheCaller, house: TheHouse) -> None:
    """Remove it; what is being written ends."""
    house.lists.exports.drop(caller, export)


def shape_of(state: ExportState) -> ExportShape:
    """An export as it is told."""
    return ExportShape(
        id=state.id,
        kind=state.asked.kind,
        phase=state.phase,
        done=state.last.done if state.last else 0,
        total=state.last.total if state.last else None,
        at=state.asked.at,
        until=state.until,
        failed=state.failed or None,
    )
