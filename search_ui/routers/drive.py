"""One's own files in folders (YP-01, YP-03)."""

import secrets

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from records.identity import KindName, RecordId
from records.revision import Revision
from records.search import Narrowing, SortOrder
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.shown.rows import record_row
from search_ui.views.shell import Crumb
from search_ui.views.work import DrivePage
from services.after_commit.documents import title_of
from services.intake.ingest import Draft

router = APIRouter(route_class=BoundedRoute)

FOLDER, FILE = KindName("folder"), KindName("drive_file")
_LISTED = 500
"""Own records looked through for one folder: the index knows nothing of folders yet."""


@router.get("/drive")
def drive(visitor: TheVisitor, folder: str = "") -> HTMLResponse:
    """The folders and files in one folder, or at the top."""
    house, t = visitor.desk.house, visitor.desk.texts
    folders, files = _own(visitor, FOLDER), _own(visitor, FILE)
    path = _path(visitor, folder)
    top = Crumb(t("drive.root"), "/drive" if path else None)
    query = f"&folder={folder}" if folder else ""
    page = DrivePage(
        crumbs=(top, *path),
        folders=tuple(
            record_row(revision, house.kinds, href=f"/drive?folder={revision.record}")
            for revision in folders
            if (revision.fields.get("parent") or "") == folder
        ),
        files=tuple(
            record_row(revision, house.kinds)
            for revision in files
            if (revision.fields.get("folder") or "") == folder
        ),
        used_bytes=sum(file.size_bytes for revision in files for file in revision.files),
        upload_href=f"/upload?kind={FILE}{query}",
        new_folder_href="/drive/folders",
        idempotency_key=secrets.token_urlsafe(12),
        folder=folder,
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


def _own(visitor: Visitor, kind: KindName) -> tuple[Revision, ...]:
    narrowing = Narrowing(kinds=(kind,), authors=(visitor.caller.person.login,))
    _, found = visitor.desk.house.searching.listed(
        visitor.caller, narrowing, sort=SortOrder.CHANGED, offset=0, limit=_LISTED
    )
    return found


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
