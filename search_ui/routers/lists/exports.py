"""我的导出: long exports ordered from a list, watched and fetched (M16, CX-06)."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.errors import tell
from records.content_disposition import content_disposition
from records.errors import Invalid, Refused
from search_ui.desk import TheForm, TheVisitor, text_of, texts_of
from search_ui.formats import count
from search_ui.routers.lists.kind_list import asked_of
from search_ui.texts import Texts
from search_ui.views.lists.exports import ExportRow, ExportsPage
from search_ui.views.shell import Badge, Tone
from services.exporting.exports import ExportPhase, ExportState

router = APIRouter(route_class=BoundedRoute)

HERE = "/exports"
_TONES: dict[ExportPhase, Tone] = {
    ExportPhase.WAITING: "info",
    ExportPhase.RUNNING: "info",
    ExportPhase.DONE: "ok",
    ExportPhase.FAILED: "danger",
}


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """One's own. What is looked at is gone on with."""
    house, t = visitor.desk.house, visitor.desk.texts
    page = ExportsPage(tuple(_row(each, t) for each in house.lists.exports.of(visitor.caller)))
    if page.is_open:
        house.write_exports()
    return visitor.show("exports", page)


@router.post("/kinds/{kind}/exports")
def begin(kind: str, visitor: TheVisitor, form: TheForm) -> Response:
    """All rows of a list; then where they are fetched."""
    house, t = visitor.desk.house, visitor.desk.texts
    asked = asked_of(
        house.lists.of_kinds.kind(kind),
        texts_of(form, "filter"),
        q=text_of(form, "q"),
        sort=text_of(form, "sort"),
        columns=texts_of(form, "columns"),
    )
    try:
        house.lists.exports.begin(visitor.caller, kind, asked)
    except (Invalid, Refused) as error:
        return visitor.go(HERE, told=str(tell(error)), tone="warning")
    house.write_exports()
    return visitor.go(HERE, told=t("export.begun"))


@router.get(HERE + "/{export}/file")
def file(
    export: str,
    visitor: TheVisitor,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name the API has
) -> Response:
    """The rows as a file."""
    state, rows = visitor.desk.house.lists.exports.rows(visitor.caller, export)
    writer, title = visitor.desk.tables[format], state.asked.title
    header = state.last.header if state.last else ()
    return StreamingResponse(
        paced(writer.write(title, header, rows=rows)),
        media_type=writer.media_type,
        headers={
            "Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")
        },
    )


@router.post(HERE + "/{export}/drop")
def drop(export: str, visitor: TheVisitor) -> Response:
    """One goes; what is being written ends."""
    visitor.desk.house.lists.exports.drop(visitor.caller, export)
    return visitor.go(HERE, told=visitor.desk.texts("export.dropped"))


def _row(state: ExportState, t: Texts) -> ExportRow:
    last, phase = state.last, state.phase
    here = f"{HERE}/{state.id}"
    ready = phase is ExportPhase.DONE
    done, total = (last.done, last.total) if last else (0, 0)
    rows = t("export.rows_of", done=count(done), total=count(total)) if last else ""
    return ExportRow(
        title=state.asked.title,
        badge=Badge(t(f"export.phase.{phase}"), _TONES[phase]),
        rows=t("export.rows", n=count(done)) if ready else rows,
        at=state.asked.at,
        until=state.until,
        is_open=state.is_open,
        percent=100 * done // max(total, 1) if last else None,
        xlsx_href=f"{here}/file?format=xlsx" if ready else None,
        csv_href=f"{here}/file?format=csv" if ready else None,
        drop_href=f"{here}/drop",
        told=t("export.failed") if state.failed else "",
    )
