"""Folders and files of one's own, and what others share (YP-01, YP-03)."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, NotFound, Refused
from records.identity import RecordId
from records.revision import Revision
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.failures import status_of
from search_ui.routers.drive.look import LOOK, TheLook, look_tabs
from search_ui.shown.drive.rows import drive_row, drive_tabs, folder_href
from search_ui.shown.fields import grant_rows
from search_ui.shown.paging import Place, ThePlace, place_pager
from search_ui.views.drive import DrivePage, DriveRow, DropForm, FolderForm, SortHead
from search_ui.views.shell import Crumb
from services.finding.own_records import FILE, FOLDER, DriveOrder

router = APIRouter(route_class=BoundedRoute)

SHOWN = 50
FOLDERS = 500
"""Folders shown of one folder; how many there are stands on the page."""


@router.get("/drive")
def drive(
    visitor: TheVisitor, place: ThePlace, look: TheLook, folder: str = "", sort: str = "name"
) -> Response:
    """The folders and files in one folder, or at the top."""
    page = _page(visitor, place, folder, sort)
    page = replace(
        page,
        looks=look_tabs("/drive", folder, look, visitor.desk.texts),
        tiles=look == "tiles",
    )
    return LOOK.remember(visitor.request, visitor.show("drive", page, current="drive"))


@router.get("/drive/shared")
def shared(visitor: TheVisitor, place: ThePlace, look: TheLook) -> Response:
    """Folders and files that others opened to the visitor."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    found = house.lists.own.shared_with(caller, size=SHOWN, after=place.after, before=place.before)
    rows = _rows(visitor, (each.revision for each in found.rows))
    page = DrivePage(
        title=t("drive.shared"),
        crumbs=(Crumb(t("drive.root"), "/drive"), Crumb(t("drive.shared"))),
        tabs=drive_tabs("shared", t),
        rows=rows,
        folders_total=0,
        files_total=found.total,
        pager=place_pager(found, place, len(rows), (), base="/drive/shared"),
        none="none_shared",
        looks=look_tabs("/drive/shared", "", look, t),
        tiles=look == "tiles",
    )
    return LOOK.remember(visitor.request, visitor.show("drive", page, current="drive"))


@router.post("/drive/folders")
def new_folder(visitor: TheVisitor, form: TheForm) -> Response:
    """A new folder in the one that is open; its dialog again when the name will not do."""
    house, parent = visitor.desk.house, text_of(form, "parent")
    name, key = text_of(form, "title"), text_of(form, "idempotency_key") or None
    within = RecordId(parent) if parent else None
    try:
        made = house.drive.desk.new_folder(visitor.caller, name, within, key=key)
    except (Invalid, Refused) as error:
        page = _page(visitor, Place(None, None, 1), parent, "name")
        if page.new_folder is None:
            raise
        again = replace(page.new_folder, name=name, error=str(tell(error)))
        page = replace(page, new_folder=again)
        return visitor.show("drive", page, current="drive", status=status_of(error))
    house.settle(made)
    return visitor.go(folder_href(parent), told=visitor.desk.texts("drive.created"))


def crumbs_of(visitor: Visitor, folder: RecordId | str) -> tuple[Crumb, ...]:
    """The way from the top into a folder, all of it links."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    if not folder:
        return (Crumb(t("drive.root"), "/drive"),)
    above = house.drive.walk.above(caller, RecordId(folder))
    way = [_title(visitor, each) for each in reversed(above)]
    return (
        Crumb(t("drive.root"), "/drive"),
        *(Crumb(title, folder_href(r)) for title, r in way),
        Crumb(_title(visitor, RecordId(folder))[0], folder_href(folder)),
    )


def _title(visitor: Visitor, folder: RecordId) -> tuple[str, RecordId]:
    revision = visitor.desk.house.browsing.open(visitor.caller, folder).revision
    return str(revision.fields.get("title") or ""), folder


def _opened(visitor: Visitor, folder: str) -> Revision | None:
    """The folder that is open; None for the top. Raises NotFound."""
    if not folder:
        return None
    revision = visitor.desk.house.browsing.open(visitor.caller, RecordId(folder)).revision
    if revision.kind != FOLDER:
        raise NotFound("unknown_record", record=folder)
    return revision


def _page(visitor: Visitor, place: Place, folder: str, sort: str) -> DrivePage:
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = _opened(visitor, folder)
    owner = opened.owner if opened is not None else caller.person.login
    own = owner == caller.person.login
    order = DriveOrder(sort) if sort in set(DriveOrder) else DriveOrder.NAME
    inside = RecordId(folder) if folder else None
    folders = house.lists.own.in_folder(
        caller, FOLDER, inside, size=FOLDERS, owner=owner, order=order
    )
    files = house.lists.own.in_folder(
        caller, FILE, inside, size=SHOWN, after=place.after, before=place.before,
        owner=owner, order=order,
    )  # fmt: skip
    first = place.after is None and place.before is None
    shown = [*(folders.rows if first else ()), *files.rows]
    crumbs = crumbs_of(visitor, folder)
    kept = [(n, v) for n, v in (("folder", folder), ("sort", sort)) if v and v != "name"]
    key = secrets.token_urlsafe(12)
    page = DrivePage(
        title=crumbs[-1].label,
        crumbs=(*crumbs[:-1], Crumb(crumbs[-1].label)),
        tabs=drive_tabs("own" if own else "shared", t),
        rows=_rows(visitor, (each.revision for each in shown)),
        folders_total=folders.total,
        files_total=files.total,
        heads=_heads(visitor, folder, order),
        note=_note(visitor, opened),
        pager=place_pager(files, place, len(files.rows), kept, base="/drive"),
    )
    if not own:
        return page
    return replace(
        page,
        share_href=f"/records/{folder}/share" if folder else None,
        upload_href=f"/upload?{urlencode({'kind': FILE, 'folder': folder})}",
        new_folder=FolderForm("/drive/folders", folder, f"{key}-folder"),
        drop=DropForm(
            action_href="/upload",
            kind=FILE,
            folder=folder,
            idempotency_key=key,
            grants=grant_rows(opened.grants, caller.organisation) if opened else (),
            limit_bytes=house.staging.max_bytes,
        ),
    )


def _rows(visitor: Visitor, revisions: Iterable[Revision]) -> tuple[DriveRow, ...]:
    house = visitor.desk.house
    return tuple(
        drive_row(
            each, house.kinds, visitor.caller, is_unread=house.scans.unread.holds(each.record)
        )
        for each in revisions
    )


def _note(visitor: Visitor, opened: Revision | None) -> str:
    """With whom an own folder is shared; whose another one is."""
    organisation, t = visitor.caller.organisation, visitor.desk.texts
    if opened is None:
        return ""
    if opened.owner != visitor.caller.person.login:
        return t("drive.of", who=organisation.name_of(opened.owner))
    if not opened.grants:
        return ""
    names = dict.fromkeys(organisation.describe(grant.to) for grant in opened.grants)
    return t("drive.shared_to", who="、".join(names))


def _heads(visitor: Visitor, folder: str, order: DriveOrder) -> tuple[SortHead, ...]:
    """The two orders; that which stands is turned round."""
    t = visitor.desk.texts
    turned = {
        "by_name": (DriveOrder.NAME, DriveOrder.NAME_BACKWARD),
        "by_changed": (DriveOrder.CHANGED, DriveOrder.CHANGED_FIRST),
    }
    heads = []
    for name, (first, second) in turned.items():
        wanted = second if order is first else first
        given = [(k, v) for k, v in (("folder", folder), ("sort", wanted)) if v]
        symbol = ""
        if order in (first, second):
            symbol = "down" if order.descending else "up"
        heads.append(SortHead(t(f"drive.{name}"), f"/drive?{urlencode(given)}", symbol))
    return tuple(heads)
