"""One's own files in folders (YP-01, YP-03)."""

import secrets

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.shown.paging import ThePlace, place_pager
from search_ui.shown.rows import record_row
from search_ui.views.shell import Crumb
from search_ui.views.work import DrivePage
from services.after_commit.documents import title_of
from services.finding.own_records import FILE, FOLDER
from services.intake.ingest import Draft

router = APIRouter(route_class=BoundedRoute)

SHOWN = 50
FOLDERS = 500
"""Folders shown of one folder; how many there are stands on the page."""


@router.get("/drive")
def drive(visitor: TheVisitor, place: ThePlace, folder: str = "") -> HTMLResponse:
    """The folders and files in one folder, or at the top."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    path = _path(visitor, folder)
    inside = RecordId(folder) if folder else None
    folders = house.lists.own.in_folder(caller, FOLDER, inside, size=FOLDERS)
    files = house.lists.own.in_folder(
        caller, FILE, inside, size=SHOWN, after=place.after, before=place.before
    )
    kept = (("folder", folder),) if folder else ()
    query = f"&folder={folder}" if folder else ""
    page = DrivePage(
        crumbs=(Crumb(t("drive.root"), "/drive" if path else None), *path),
        folders=tuple(
            record_row(row.revision, house.kinds, href=f"/drive?folder={row.revision.record}")
            for row in folders.rows
        ),
        files=tuple(record_row(row.revision, house.kinds) for row in files.rows),
        folders_total=folders.total,
        files_total=files.total,
        upload_href=f"/upload?kind={FILE}{query}",
        new_folder_href="/drive/folders",
        idempotency_key=secrets.token_urlsafe(12),
        folder=folder,
        pager=place_pager(files, place, len(files.rows), kept, base="/drive"),
    )
    return visitor.show("drive", page, current="drive")


@router.post("/drive/folders")
def new_folder(visitor: TheVisitor, form: TheForm) -> Response:
    """A new folder in the one that is open."""
    house, parent = visitor.desk.house, text_of(form, "parent")
    fields: dict[str, object] = {"title": text_of(form, "title")}
    if parent:
        house.browsing.open(visitor.caller, RecordId(parent))
        fields["parent"] = parent
    key = text_of(form, "idempotency_key") or None
    made = house.ingest.begin(visitor.caller, Draft(FOLDER, fields), idempotency_key=key)
    house.settle(made)
    back = f"/drive?folder={parent}" if parent else "/drive"
    return visitor.go(back, told=visitor.desk.texts("drive.created"))


def _path(visitor: Visitor, folder: str) -> list[Crumb]:
    """The way from the top to a folder; a loop of folders ends it."""
    path: list[Crumb] = []
    seen: set[str] = set()
    while folder and folder not in seen:
        seen.add(folder)
        opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(folder))
        href = f"/drive?folder={folder}" if path else None
        path.insert(0, Crumb(title_of(opened.kind, opened.revision), href))
        folder = str(opened.revision.fields.get("parent") or "")
    return path
