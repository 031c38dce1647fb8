"""What the drive adds to the page of a record: what its owner may do with it."""

from typing import TypedDict

from search_ui.desk import Visitor
from search_ui.shown.drive.rows import change_href
from services.finding.browse import OpenRecord
from services.finding.own_records import FILE


class Ways(TypedDict, total=False):
    """Fields of views.record.RecordPage."""

    rename_href: str
    move_href: str
    delete_href: str


def ways_of(visitor: Visitor, opened: OpenRecord) -> Ways:
    """The ways of its owner."""
    revision, ways = opened.revision, Ways()
    newest = revision.number == opened.newest
    own = newest and revision.owner == visitor.caller.person.login
    if own and not opened.kind.has_flow:
        ways["delete_href"] = change_href("delete", revision.record)
    if own and revision.kind == FILE:
        ways["rename_href"] = change_href("rename", revision.record)
        ways["move_href"] = change_href("move", revision.record)
    return ways
