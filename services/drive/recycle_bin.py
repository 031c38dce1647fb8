"""回收站 (YP-05): what a person deleted, to be restored within thirty days, or let go for good.

A deleted record is a tombstone and read by nobody; its owner alone sees here what he deleted
himself. What was deleted along with a folder comes back with it. Where the folder still stands,
since its deletion broke off or its restoring did, what went stands here by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from records.errors import NotFound
from records.identity import RecordId
from records.revision import Revision
from records.schema.kind import Kind
from services.finding.own_records import PLACES
from services.flow.bin_marks import BinMarks
from services.flow.change import Attempt, RevisionWriter
from services.people.caller import Caller

KEPT_DAYS = 30
"""So long it can be restored: features.md YP-05 says N days; thirty are usual for drives."""


@dataclass(frozen=True, slots=True)
class Binned:
    """One thing that was deleted: a record, or a folder with all it held."""

    kind: Kind
    revision: Revision
    deleted_at: datetime
    last_at: datetime
    """Until then it can be restored."""
    inside: int = 0
    """How many records went with it."""


Mark = tuple[RecordId, RecordId]
"""What was deleted first, such as a folder, and what went with it."""


class RecycleBin:
    """Shows, restores and lets go."""

    def __init__(self, *, marks: BinMarks, changes: RevisionWriter) -> None:
        self._marks = marks
        self._changes = changes

    def items(self, caller: Caller) -> list[Binned]:
        """What the caller deleted in the last thirty days, the latest first.

        Marks of what is older are taken away, and no others: a deletion may be under way.
        """
        marked = self._marks.of(caller.person.login)
        found: dict[RecordId, Binned] = {}
        wholes = {top: self._whole(caller, top, records) for top, records in marked.items()}
        went = {record for top in marked if wholes[top] for record in marked[top]}
        for top, records in marked.items():
            whole = wholes[top]
            alone = [record for record in records if whole is None and record not in went]
            for each in (whole, *(self._tombstone(caller, record) for record in alone)):
                if each is None:
                    continue
                gone = records if each is whole else [each.revision.record]
                if caller.now > each.last_at:
                    self._free(caller, [(top, record) for record in gone])
                elif each.revision.level <= caller.reader.clearance:
                    found[each.revision.record] = replace(each, inside=len(gone) - 1)
        return sorted(found.values(), key=lambda each: each.deleted_at, reverse=True)

    def restore(self, caller: Caller, top: RecordId) -> list[Revision]:
        """What was deleted is there again, with all that went with it; the folder comes first.

        Its own mark goes last: what broke off is finished by restoring again. Where its folder is
        gone, it lies at the top. Raises NotFound (``not_in_bin``).
        """
        marks = self._marks_of(caller, self._marks.of(caller.person.login), top)
        whole = self._binned(caller, top) is not None
        if not marks or not (whole or self._stands(caller, top)):
            raise NotFound("not_in_bin", record=top)
        restored = []
        for mark in sorted(marks, key=lambda each: each[1] != top):
            record = mark[1]
            gone = None if whole else self._tombstone(caller, record)
            if gone is not None and self._binned(caller, record) is None:
                continue  # it stays in the bin by itself until it may be seen again, or is over
            after = self._restored(caller, record, is_top=record == top)
            restored += [after] if after is not None else []
            if record != top:
                self._free(caller, [mark])
        self._free(caller, [mark for mark in marks if mark[1] == top])
        return restored

    def let_go(self, caller: Caller, tops: Iterable[RecordId]) -> int:
        """They cannot be restored any more; how many there were. Their history stays as it is."""
        marked, gone = self._marks.of(caller.person.login), 0
        for top in tops:
            marks = self._marks_of(caller, marked, top)
            if marks and self._binned(caller, top) is not None:
                self._free(caller, marks)
                gone += 1
        return gone

    def _marks_of(
        self, caller: Caller, marked: Mapping[RecordId, Sequence[RecordId]], top: RecordId
    ) -> list[Mark]:
        """Those of what went with it, and its own under a folder that still stands."""
        went = marked.get(top, ())
        stands = self._tombstone(caller, top) is None
        own = [(top, record) for record in went if stands or top in went]
        return own + [
            (above, top)
            for above, records in marked.items()
            if above != top and top in records and self._whole(caller, above, records) is None
        ]

    def _whole(self, caller: Caller, top: RecordId, records: Sequence[RecordId]) -> Binned | None:
        """The tombstone of what was deleted first; None where it stands, or went with another."""
        return self._tombstone(caller, top) if top in records else None

    def _free(self, caller: Caller, marks: Iterable[Mark]) -> None:
        for top, record in marks:
            self._marks.remove(caller.person.login, record, top=top)

    def _binned(self, caller: Caller, record: RecordId) -> Binned | None:
        """The tombstone where its owner may see and restore it today."""
        found = self._tombstone(caller, record)
        if found is None or caller.now > found.last_at:
            return None
        return found if found.revision.level <= caller.reader.clearance else None

    def _tombstone(self, caller: Caller, record: RecordId) -> Binned | None:
        """What the caller owned and deleted, however long ago; None for all else."""
        try:
            kind, revision = self._changes.open_unread(record)
        except NotFound:
            return None
        if not revision.deleted or revision.owner != caller.person.login:
            return None
        last_at = revision.event.at + timedelta(days=KEPT_DAYS)
        return Binned(kind, revision, revision.event.at, last_at)

    def _restored(self, caller: Caller, record: RecordId, *, is_top: bool) -> Revision | None:
        try:
            _, before = self._changes.open_unread(record)
        except NotFound:
            return None
        if not before.deleted or before.owner != caller.person.login:
            return None
        fields = dict(before.fields)
        place = PLACES.get(before.kind)
        if is_top and place and not self._stands(caller, fields.get(place)):
            fields.pop(place, None)
        after = before.model_copy(update={"deleted": False, "fields": fields, "effects": ()})
        return self._changes.write(caller, before, after, Attempt("restore"))

    def _stands(self, caller: Caller, folder: object) -> bool:
        if not folder:
            return True
        try:
            self._changes.open(caller, RecordId(str(folder)))
        except NotFound:
            return False
        return True
