"""What independent colleagues do on one record at once: each for himself, none stale by another.

Whoever answers a task of his own, or adds a file of his own, decides on the matter and not on a
revision number. As long as the matter is the one he saw, he is tried again when others are faster.
"""

import threading
import zlib
from collections.abc import Callable

from records.errors import Conflict
from records.identity import RecordId
from records.revision import Revision
from records.rights.editing import growing_parts
from records.schema.kind import Kind
from services.flow.change import RevisionWriter, expect

TRIES = 64
"""How often it is tried again: fifty who sign at once, from several processes, and some to
spare."""

_TURNS = 64
"""Locks among which records are spread, so that threads of one process do not race each other."""


class IndependentActs:
    """Lets people have their turns on a record."""

    def __init__(self, changes: RevisionWriter) -> None:
        self._changes = changes
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))

    def repeat(self, record: RecordId, once: Callable[[], Revision]) -> Revision:
        """What `once` gives, tried again while somebody else commits first.

        `once` reads the record anew. Raises Conflict (``stale_revision``) after `TRIES`.
        """
        with self._turns[zlib.crc32(record.encode()) % _TURNS]:
            for _ in range(TRIES - 1):
                try:
                    return once()
                except Conflict as error:
                    if not _lost(error):
                        raise
            return once()

    def refuse_stale(self, kind: Kind, before: Revision, number: int) -> None:
        """Raises Conflict (``stale_revision``) unless the matter is that of the revision he saw."""
        if number < before.number:
            seen = self._changes.revision(before.record, number)
            if seen is not None and _matter(kind, seen) == _matter(kind, before):
                return
        expect(before, number)

    def refuse_second(self, before: Revision, action: str, number: int) -> None:
        """Raises Conflict (``stale_revision``) where the action was taken since the revision seen.

        For what begins another record: a second click, or a colleague's, would begin it twice.
        """
        for made in range(number + 1, before.number + 1):
            since = self._changes.revision(before.record, made)
            if since is not None and since.event.action == action:
                expect(before, number)


def _lost(error: Conflict) -> bool:
    """Whether somebody else committed first: then it is decided anew on what stands now.

    A revision that the actor gave and that is out of date is another matter.
    """
    return error.reason == "stale_revision" and "given" not in error.facts


def _matter(kind: Kind, revision: Revision) -> tuple[object, ...]:
    """What somebody decides on: state, contents and marks, without what others add beside him."""
    growing = growing_parts(kind, revision)
    return (
        revision.state,
        revision.entered,
        revision.fields,
        tuple(file for file in revision.files if file.part not in growing),
        revision.marks,
        revision.suspended_on,
        revision.deleted,
    )
