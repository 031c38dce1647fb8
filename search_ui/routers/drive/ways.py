"""What the drive adds to the page of a record: where it lies, and what its owner may do with it."""

from typing import TypedDict

from records.errors import NotFound
from records.meaning import title_of
from search_ui.desk import Visitor
from search_ui.routers.drive.folders import crumbs_of
from search_ui.shown.drive.rows import change_href
from search_ui.views.shell import Crumb
from services.finding.browse import OpenRecord
from services.finding.own_records import FILE


class Ways(TypedDict, total=False):
    """Fields of views.record.RecordPage."""

    crumbs: tuple[Crumb, ...]
    rename_href: str
    move_href: str
    delete_href: str


def ways_of(visitor: Visitor, opened: OpenRecord, *, words: str) -> Ways:
    """Where it lies, unless one comes from a search; and the ways of its owner."""
    revision, ways = opened.revision, Ways()
    newest = revision.number == opened.newest
    own = newest and revision.owner == visitor.caller.person.login
    if own and not opened.kind.has_flow:
        ways["delete_href"] = change_href("delete", revision.record)
    if revision.kind != FILE:
        return ways
    if own:
        ways["rename_href"] = change_href("rename", revision.record)
        ways["move_href"] = change_href("move", revision.record)
    if not words:
        crumb = Crumb(title_of(opened.kind, revision))
        folder = str(revision.fields.get("folder") or "")
        try:
            ways["crumbs"] = (*crumbs_of(visitor, folder), crumb)
        except NotFound:
            ways["crumbs"] = (*crumbs_of(visitor, ""), crumb)
    return ways
