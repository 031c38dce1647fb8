"""Folders and files renamed, moved, deleted: one or several at once (YP-01, YP-05)."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from records.errors import Conflict, Invalid, NotFound, Refused, Unavailable, WenshuError
from records.identity import RecordId
from records.revision import Revision
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of
from search_ui.failures import status_of, told_of
from search_ui.routers.drive.folders import crumbs_of
from search_ui.shown.drive.rows import drive_row, folder_href
from search_ui.shown.words import record_href
from search_ui.views.drive import DriveChange, DriveMove, FolderChoice
from search_ui.views.shell import Crumb
from services.drive import FolderLine
from services.finding.own_records import FOLDER, PLACES

router = APIRouter(route_class=BoundedRoute)

MENDABLE = (Invalid, Refused, Conflict, Unavailable)
MOST = 100
"""Things that are changed at once."""

Chosen = Annotated[list[str] | None, Query(max_length=MOST)]


@router.get("/drive/rename")
def rename_form(visitor: TheVisitor, chosen: str) -> HTMLResponse:
    """The form of a name."""
    return visitor.show("drive_rename", _rename(visitor, RecordId(chosen)), current="drive")


@router.post("/drive/rename")
def rename(visitor: TheVisitor, form: TheForm) -> Response:
    """Another name; the form again with what was typed when it will not do."""
    record, name = RecordId(text_of(form, "chosen")), text_of(form, "title")
    house = visitor.desk.house
    try:
        after = house.drive.desk.rename(visitor.caller, record, name)
    except MENDABLE as error:
        view = _rename(visitor, record, name=name, problem=told_of(visitor, error))
        return visitor.show("drive_rename", view, current="drive", status=status_of(error))
    house.settle(after)
    title = str(after.fields.get("title") or "")
    return visitor.go(_place(after), told=visitor.desk.texts("drive.renamed", title=title))


@router.get("/drive/move")
def move_form(visitor: TheVisitor, chosen: Chosen = None) -> Response:
    """The tree of folders, of which one is chosen."""
    if not chosen:
        return visitor.go("/drive", told=visitor.desk.texts("drive.choose"), tone="warning")
    return visitor.show("drive_move", _move(visitor, chosen), current="drive")


@router.post("/drive/move")
def move(visitor: TheVisitor, form: TheForm) -> Response:
    """Each into the folder that was chosen; what cannot be moved is told and stays."""
    desk, to = visitor.desk.house.drive.desk, text_of(form, "to")
    target = RecordId(to) if to else None

    def moved(record: RecordId) -> list[Revision]:
        return desk.move(visitor.caller, record, target)

    chosen = texts_of(form, "chosen")[:MOST]
    problem, error = _done(visitor, chosen, moved)
    if error is not None:
        view = _move(visitor, chosen, to=to, problem=problem)
        return visitor.show("drive_move", view, current="drive", status=status_of(error))
    told = visitor.desk.texts("drive.moved", n=len(chosen))
    return visitor.go(folder_href(to), told=told)


@router.get("/drive/delete")
def delete_form(visitor: TheVisitor, chosen: Chosen = None) -> Response:
    """What is about to be deleted, and for how long it can be brought back."""
    if not chosen:
        return visitor.go("/drive", told=visitor.desk.texts("drive.choose"), tone="warning")
    return visitor.show("drive_delete", _delete(visitor, chosen), current="drive")


@router.post("/drive/delete")
def delete(visitor: TheVisitor, form: TheForm) -> Response:
    """Into the recycle bin, one by one."""
    desk, chosen = visitor.desk.house.drive.desk, texts_of(form, "chosen")[:MOST]
    back = text_of(form, "back")
    back = back if back.startswith("/drive") else "/drive"

    def deleted(record: RecordId) -> list[Revision]:
        return desk.delete(visitor.caller, record)

    problem, error = _done(visitor, chosen, deleted)
    if error is not None:
        view = _delete(visitor, chosen, problem=problem)
        return visitor.show("drive_delete", view, current="drive", status=status_of(error))
    return visitor.go(back, told=visitor.desk.texts("drive.deleted", n=len(chosen)))


def _done(
    visitor: Visitor, chosen: Sequence[str], change: Callable[[RecordId], list[Revision]]
) -> tuple[str, WenshuError | None]:
    """Each changed by itself; the reasons of those that could not be, and the first of them.

    What is gone already, by a second click or in another window, counts as done. Where the chosen
    hold more together than may be changed at once, none is.
    """
    try:
        if len(chosen) > 1:
            _held(visitor, chosen)
    except MENDABLE as error:
        return told_of(visitor, error), error
    written: list[Revision] = []
    told: list[str] = []
    errors: list[WenshuError] = []
    for each in dict.fromkeys(chosen):
        try:
            written += change(RecordId(each))
        except NotFound:
            continue
        except MENDABLE as error:
            told.append(told_of(visitor, error))
            errors.append(error)
    visitor.desk.house.settle_all(written)
    return "".join(dict.fromkeys(told)), errors[0] if errors else None


def _held(visitor: Visitor, chosen: Sequence[str]) -> list[Revision]:
    """All that the folders among the chosen hold together. Raises Refused and Unavailable."""
    house = visitor.desk.house
    folders = [each.record for each in _there(visitor, chosen) if each.kind == FOLDER]
    return house.drive.walk.inside(visitor.caller, *folders) if folders else []


def _there(visitor: Visitor, chosen: Sequence[str]) -> list[Revision]:
    """Those of the chosen that are there and may be seen."""
    found = []
    for each in dict.fromkeys(chosen):
        try:
            found.append(visitor.desk.house.browsing.open(visitor.caller, RecordId(each)).latest)
        except NotFound:
            continue
    return found


def _standing(visitor: Visitor, chosen: Sequence[str]) -> list[Revision]:
    """The same, to be shown. Raises NotFound for none."""
    found = _there(visitor, chosen)
    if not found:
        raise NotFound("unknown_record", record=chosen[0])
    return found


def _change(
    visitor: Visitor, what: str, revisions: Sequence[Revision], *, problem: str, note: str = ""
) -> DriveChange:
    t, kinds = visitor.desk.texts, visitor.desk.house.kinds
    title = t(f"drive.{what}")
    back = _place(revisions[0])
    folder = str(revisions[0].fields.get(PLACES.get(revisions[0].kind, "")) or "")
    return DriveChange(
        title=title,
        crumbs=(*_way(visitor, folder), Crumb(title)),
        action_href=f"/drive/{what}",
        back_href=back,
        rows=tuple(drive_row(each, kinds, visitor.caller) for each in revisions),
        chosen=tuple(each.record for each in revisions),
        problem=problem,
        note=note,
    )


def _way(visitor: Visitor, folder: str) -> tuple[Crumb, ...]:
    """The way to the folder; to the top where it may not be seen."""
    try:
        return crumbs_of(visitor, folder)
    except NotFound:
        return crumbs_of(visitor, "")


def _place(revision: Revision) -> str:
    """Where the list stands that shows it; its page for what does not lie in the drive."""
    place = PLACES.get(revision.kind)
    if place is None:
        return record_href(revision.record)
    return folder_href(str(revision.fields.get(place) or ""))


def _rename(
    visitor: Visitor, record: RecordId, *, name: str | None = None, problem: str = ""
) -> DriveChange:
    revision = _standing(visitor, [record])[0]
    change = _change(visitor, "rename", [revision], problem=problem)
    title = str(revision.fields.get("title") or "")
    ending = PurePosixPath(revision.files[0].name).suffix if revision.files else ""
    return DriveChange(
        change.title,
        change.crumbs,
        change.action_href,
        change.back_href,
        change.rows,
        change.chosen,
        problem=problem,
        name=title if name is None else name,
        ending=ending,
    )


def _move(
    visitor: Visitor, chosen: Sequence[str], *, to: str | None = None, problem: str = ""
) -> DriveMove:
    house, t = visitor.desk.house, visitor.desk.texts
    revisions = _standing(visitor, chosen)
    moving = frozenset(each.record for each in revisions)
    first = revisions[0]
    here = str(first.fields.get(PLACES.get(first.kind, "")) or "")
    wanted = here if to is None else to
    lines = house.drive.walk.tree(visitor.caller)
    top = FolderChoice("", t("drive.root"), 0, chosen=wanted == "")
    return DriveMove(
        _change(visitor, "move", revisions, problem=problem),
        (top, *(_choice(line, moving, wanted, t("drive.itself")) for line in lines)),
    )


def _choice(
    line: FolderLine, moving: frozenset[RecordId], wanted: str, itself: str
) -> FolderChoice:
    barred = bool(moving & {line.record, *line.above})
    return FolderChoice(
        line.record,
        line.title,
        line.depth + 1,
        chosen=line.record == wanted and not barred,
        why_not=itself if barred else "",
    )


def _delete(visitor: Visitor, chosen: Sequence[str], *, problem: str = "") -> DriveChange:
    t, revisions = visitor.desk.texts, _standing(visitor, chosen)
    note = ""
    try:
        inside = len(_held(visitor, chosen))
        note = t("drive.delete_inside", n=inside) if inside else ""
    except (Refused, Unavailable) as error:
        problem = problem or told_of(visitor, error)
    return _change(visitor, "delete", revisions, problem=problem, note=note)
