"""Walks through the folders of a drive: all a folder holds, the tree, the way up."""

from dataclasses import dataclass

from records.errors import NotFound, Refused, Unavailable
from records.identity import RecordId
from records.revision import Revision
from services.finding.own_records import FILE, FOLDER, OwnRecords
from services.flow.change import RevisionWriter
from services.people.caller import Caller

MOST = 500
"""Records that one change of a folder may reach; more are changed folder by folder."""


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder in the tree of its owner."""

    record: RecordId
    title: str
    depth: int
    above: frozenset[RecordId]
    """The folders in which it lies."""


class FolderWalk:
    """Reads folders as their lists and records have them."""

    def __init__(self, own: OwnRecords, changes: RevisionWriter) -> None:
        self._own = own
        self._changes = changes

    def inside(self, caller: Caller, *folders: RecordId) -> list[Revision]:
        """All that own folders hold together, folders before what they hold.

        Raises Refused (``too_many_inside``), and Unavailable (``contents_unsure``) while the index
        may withhold some: what is not found would stay open, or be left behind.
        """
        if self._own.may_lack_some():
            raise Unavailable("contents_unsure")
        found: list[Revision] = []
        waiting = list(folders)
        seen = set(folders)
        while waiting:
            here = waiting.pop(0)
            for kind in (FOLDER, FILE):
                page = self._own.in_folder(caller, kind, here, size=MOST)
                rows = [r.revision for r in page.rows if r.revision.record not in seen]
                if page.total > MOST or len(found) + len(rows) > MOST:
                    raise Refused("too_many_inside", most=MOST)
                found += rows
                seen |= {row.record for row in rows}
                waiting += [row.record for row in rows if kind == FOLDER]
        return found

    def tree(self, caller: Caller) -> list[FolderLine]:
        """All folders of the caller, each after the one in which it lies; at most `MOST`."""
        rows = self._own.folders(caller, size=MOST).rows
        below: dict[str, list[Revision]] = {}
        known = {row.revision.record for row in rows}
        for row in rows:
            parent = str(row.revision.fields.get("parent") or "")
            below.setdefault(parent if parent in known else "", []).append(row.revision)
        return _lines(below, "", frozenset())

    def above(self, caller: Caller, folder: RecordId) -> list[RecordId]:
        """The folders in which a folder lies, as far as the caller may read them."""
        found: list[RecordId] = []
        here: str = folder
        while here:
            try:
                _, revision = self._changes.open(caller, RecordId(here))
            except NotFound:
                break
            here = str(revision.fields.get("parent") or "")
            if here in (folder, *found):
                break  # a loop of folders ends it
            if here:
                found.append(RecordId(here))
        return found


def _lines(
    below: dict[str, list[Revision]], parent: str, above: frozenset[RecordId]
) -> list[FolderLine]:
    lines: list[FolderLine] = []
    for revision in below.get(parent, []):
        record = revision.record
        if record in above:
            continue
        title = str(revision.fields.get("title") or "")
        lines.append(FolderLine(record, title, len(above), above))
        lines += _lines(below, record, above | {record})
    return lines
