"""What an owner does with folders and files of his drive (YP-01, YP-03, YP-05).

A folder's grants are those of all it holds: sharing it, and moving something into or out of it,
changes the grants of each. Each change is one revision of one record; nothing else is locked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import KindName, RecordId
from records.revision import Grant, Revision
from services.drive.folder_walk import FolderWalk
from services.finding.own_records import FILE, FOLDER, PLACES, OwnRecords
from services.flow.change import RevisionWriter, expect
from services.flow.edit import Edit, RecordEditor
from services.intake.ingest import Draft, RecordIntake
from services.people.caller import Caller

Done = TypeVar("Done")

_TRIES = 3
"""A change of one's own that meets another of one's own is simply made once more."""


class DriveDesk:
    """Changes the drive of the caller; what is another's he may read, not move."""

    def __init__(
        self,
        *,
        own: OwnRecords,
        walk: FolderWalk,
        changes: RevisionWriter,
        editor: RecordEditor,
        ingest: RecordIntake,
    ) -> None:
        self._own = own
        self._walk = walk
        self._changes = changes
        self._editor = editor
        self._ingest = ingest

    def new_folder(
        self, caller: Caller, name: str, parent: RecordId | None, *, key: str | None
    ) -> Revision:
        """A folder in another, or at the top, with the grants of that.

        Raises Invalid (``no_folder_name``, ``bad_folder_name``, ``same_folder``, ``too_long``),
        NotFound and Refused (``only_owner_moves``).
        """
        title = _folder_name(name)
        above = self.own_folder(caller, parent) if parent else None
        made = self._ingest.made_by(caller, key)
        self._refuse_same(caller, FOLDER, title, parent, besides=made)
        fields: dict[str, object] = {"title": title, **({"parent": parent} if parent else {})}
        grants = above.grants if above is not None else ()
        return self._ingest.begin(caller, Draft(FOLDER, fields, grants=grants), idempotency_key=key)

    def own_folder(self, caller: Caller, folder: RecordId) -> Revision:
        """A folder into which the caller may put something: one of his own.

        Raises NotFound, Invalid (``not_a_folder``) and Refused (``only_owner_moves``).
        """
        _, revision = self._changes.open(caller, folder)
        if revision.kind != FOLDER:
            raise Invalid("not_a_folder", field="to")
        if revision.owner != caller.person.login:
            raise Refused("only_owner_moves", record=folder)
        return revision

    def rename(self, caller: Caller, record: RecordId, name: str) -> Revision:
        """Another name for a folder or file; a file keeps its ending.

        Raises Invalid (``no_folder_name``, ``bad_folder_name``, ``same_folder``,
        ``same_file_name``), NotFound and Refused.
        """
        kind, before = self._changes.open(caller, record)
        title, file = _folder_name(name), ""
        renamed: dict[str, str] = {}
        if before.kind == FILE and before.files:
            held = before.files[0].name
            ending = PurePosixPath(held).suffix
            title = title.removesuffix(ending) or title
            file = f"{title}{ending}"
            renamed = {held: file}
        if before.kind in PLACES:
            here = _place_of(before)
            self._refuse_same(caller, kind.kind, title, here, besides=record, file=file)
        edit = Edit(fields={kind.meaning.title: title}, renamed=renamed)
        return self._repeat(
            caller,
            record,
            lambda now: self._editor.edit(caller, record, edit, revision=now.number),
        )

    def move(self, caller: Caller, record: RecordId, to: RecordId | None) -> list[Revision]:
        """A folder or file in another folder, or at the top; the revisions that were written.

        Raises as `edit`, and Refused (``not_in_drive``).
        """
        _, before = self._changes.open(caller, record)
        place = PLACES.get(before.kind)
        if place is None:
            raise Refused("not_in_drive", record=record)
        if before.owner == caller.person.login and _place_of(before) == to:
            return []
        edit = Edit(fields={place: to or ""})
        return self._repeat(
            caller, record, lambda now: self.edit(caller, record, edit, revision=now.number)
        )

    def edit(
        self,
        caller: Caller,
        record: RecordId,
        edit: Edit,
        *,
        revision: int,
        key: str | None = None,
    ) -> list[Revision]:
        """A record changed, and all it holds with its grants and place; it is the last of them.

        What it holds is changed first: where that is interrupted, the same change made again
        finishes it. Grants that something in it has besides those of the folder stay. Raises as
        `RecordEditor`, Invalid (``not_a_folder``, ``folder_into_itself``, ``same_folder``,
        ``same_file_name``), Refused (``only_owner_moves``, ``too_many_inside``) and Unavailable
        (``contents_unsure``).
        """
        inside: list[Revision] = []

        def carry(before: Revision, after: Revision) -> Revision:
            change = Change(gone=(), come=())
            if edit.grants is not None:
                change = Change(gone=before.grants, come=edit.grants)
            if before.kind in PLACES and _place_of(before) != _place_of(after):
                moved = self._moved(caller, before, after)
                if edit.grants is None:
                    change, after = moved, after.model_copy(update={"grants": moved.of(before)})
            if before.kind == FOLDER and (change.gone or change.come):
                held = self._walk.inside(caller, record)
                inside.extend(self._granted(caller, held, change))
            return after

        written = self._editor.edit(
            caller, record, edit, revision=revision, idempotency_key=key, carry=carry
        )
        return [*inside, written]

    def delete(
        self, caller: Caller, record: RecordId, *, reason: str = "", revision: int | None = None
    ) -> list[Revision]:
        """A record, a folder with all it holds, into the recycle bin; what was deleted.

        `revision` is the one that the caller has seen, where he has. Raises NotFound, Refused
        (``may_not_delete``, ``too_many_inside``), Conflict (``stale_revision``) and Unavailable
        (``contents_unsure``).
        """
        _, before = self._changes.open(caller, record)
        if revision is not None:
            expect(before, revision)
        inside = self._walk.inside(caller, record) if before.kind == FOLDER else []

        def deleted(now: Revision) -> Revision:
            return self._editor.delete(
                caller, now.record, revision=now.number, reason=reason, along_with=record
            )

        return [self._repeat(caller, r.record, deleted) for r in [*reversed(inside), before]]

    def _moved(self, caller: Caller, before: Revision, after: Revision) -> "Change":
        """The grants that go and come with the new place. Raises Invalid and Refused."""
        record, to, place = before.record, _place_of(after), PLACES[before.kind]
        if before.owner != caller.person.login:
            raise Refused("only_owner_moves", record=record)
        try:
            target = self.own_folder(caller, to) if to else None
        except NotFound as error:
            raise Invalid("not_a_folder", field=place) from error
        if to and record in {to, *self._walk.above(caller, to)}:
            raise Invalid("folder_into_itself", field=place)
        title, file = str(after.fields.get("title") or ""), _file_of(after)
        self._refuse_same(caller, before.kind, title, to, besides=record, file=file)
        left = self._grants_of(caller, _place_of(before))
        return Change(gone=left, come=target.grants if target is not None else ())

    def _grants_of(self, caller: Caller, folder: RecordId | None) -> tuple[Grant, ...]:
        try:
            return self._changes.open(caller, folder)[1].grants if folder else ()
        except NotFound:
            return ()

    def _granted(
        self, caller: Caller, inside: Sequence[Revision], change: "Change"
    ) -> list[Revision]:
        """The same change for all that a folder holds, where it is one."""
        return [
            self._repeat(caller, each.record, lambda now: self._regranted(caller, now, change))
            for each in inside
            if change.of(each) != each.grants
        ]

    def _regranted(self, caller: Caller, now: Revision, change: "Change") -> Revision:
        edit = Edit(grants=change.of(now))
        return self._editor.edit(caller, now.record, edit, revision=now.number)

    def _repeat(self, caller: Caller, record: RecordId, change: Callable[[Revision], Done]) -> Done:
        """The change on whatever revision is the newest: it clobbers nothing of another one."""
        for _ in range(_TRIES - 1):
            try:
                return change(self._changes.open(caller, record)[1])
            except Conflict:
                continue
        return change(self._changes.open(caller, record)[1])

    def _refuse_same(
        self,
        caller: Caller,
        kind: str,
        title: str,
        folder: RecordId | None,
        *,
        besides: RecordId | None,
        file: str | None = None,
    ) -> None:
        """Whether the place has one of that name already. Raises Invalid."""
        for standing in self._own.named(caller, KindName(kind), title, folder):
            if standing.record == besides:
                continue
            if kind == FOLDER:
                raise Invalid("same_folder", given=title, field="title")
            if _file_of(standing) == file:
                raise Invalid("same_file_name", given=file or title, field="title")


@dataclass(frozen=True, slots=True)
class Change:
    """Grants that go and come with a place; what a record has besides stays."""

    gone: Sequence[Grant]
    come: Sequence[Grant]

    def of(self, revision: Revision) -> tuple[Grant, ...]:
        """The grants of a record afterwards; in their order where they stay the same."""
        kept = [grant for grant in revision.grants if grant not in self.gone]
        after = tuple(dict.fromkeys([*kept, *self.come]))
        return revision.grants if set(after) == set(revision.grants) else after


def _folder_name(name: str) -> str:
    title = " ".join(name.split())
    if not title:
        raise Invalid("no_folder_name", field="title")
    if title in {".", ".."} or any(c in '/\\:*?"<>|' for c in title):
        raise Invalid("bad_folder_name", given=title, field="title")
    return title


def _file_of(revision: Revision) -> str | None:
    return revision.files[0].name if revision.files else None


def _place_of(revision: Revision) -> RecordId | None:
    """The folder in which it lies; None for the top."""
    return RecordId(str(revision.fields.get(PLACES[revision.kind]) or "")) or None
