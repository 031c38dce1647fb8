"""Folders and files of a drive as rows, with the ways that their reader has."""

from pathlib import PurePosixPath
from urllib.parse import urlencode

from records.identity import RecordId
from records.meaning import title_of
from records.revision import Revision
from records.schema.kind import Kinds
from search_ui.shown.words import download_href, file_icon, record_href, small_href
from search_ui.texts import Texts
from search_ui.views.drive import BinRow, DriveRow
from search_ui.views.shell import Tab
from services.drive import Binned
from services.finding.own_records import FOLDER
from services.people.caller import Caller


def folder_href(folder: RecordId | str) -> str:
    """The address of a folder; empty for the top."""
    return f"/drive?{urlencode({'folder': folder})}" if folder else "/drive"


def change_href(what: str, record: str) -> str:
    """The page on which one thing is changed: rename, move, delete."""
    return f"/drive/{what}?{urlencode({'chosen': record})}"


def drive_row(
    revision: Revision, kinds: Kinds, caller: Caller, *, is_unread: bool = False
) -> DriveRow:
    """One row; what its reader may not do has no way. `is_unread`: a scan that nobody read yet."""
    record, kind = revision.record, kinds.of(revision)
    is_folder = revision.kind == FOLDER
    file = revision.files[0] if revision.files else None
    own = revision.owner == caller.person.login
    edits = file is not None and caller.may_edit(kind, revision)
    named = urlencode({"file": file.name}) if file else ""
    return DriveRow(
        id=record,
        title=title_of(kind, revision) + (PurePosixPath(file.name).suffix if file else ""),
        icon="folder" if is_folder else file_icon(file.name if file else ""),
        href=folder_href(record) if is_folder else record_href(record),
        changed_at=revision.event.at,
        size_bytes=file.size_bytes if file else None,
        owner="" if own else caller.organisation.name_of(revision.owner),
        shared=str(len(revision.grants)) if own and revision.grants else "",
        rename_href=change_href("rename", record) if own else None,
        move_href=change_href("move", record) if own else None,
        share_href=f"{record_href(record)}/share" if own else None,
        new_version_href=f"{record_href(record)}/new-version?{named}" if edits else None,
        download_href=download_href(record, file.name) if file else None,
        delete_href=change_href("delete", record) if own else None,
        small_href=small_href(revision, file.name) if file else None,
        is_unread=is_unread,
    )


def bin_row(binned: Binned) -> BinRow:
    """Something that was deleted."""
    revision = binned.revision
    file = revision.files[0].name if revision.files else ""
    return BinRow(
        id=revision.record,
        title=title_of(binned.kind, revision),
        kind=binned.kind.title,
        icon="folder" if revision.kind == FOLDER else file_icon(file),
        deleted_at=binned.deleted_at,
        last_at=binned.last_at,
        inside=binned.inside,
        restore_href=f"/drive/bin/{revision.record}/restore",
        purge_href=f"/drive/bin/{revision.record}/purge",
    )


def drive_tabs(current: str, t: Texts) -> tuple[Tab, ...]:
    """The own files, what others share, what was deleted."""
    ways = {"own": "/drive", "shared": "/drive/shared", "bin": "/drive/bin"}
    return tuple(Tab(t(f"drive.{name}"), href, name == current) for name, href in ways.items())
