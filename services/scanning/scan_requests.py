"""Asks for recognition once a record is found by what can be read without it."""

from collections.abc import Iterable

from records.ports.outbox import Outbox
from records.revision import Revision
from services.after_commit.texts import Texts


class ScanRequests:
    """Told of by the drain."""

    def __init__(self, waiting: Outbox, texts: Texts) -> None:
        self._waiting = waiting
        self._texts = texts

    def note(self, revisions: Iterable[Revision]) -> None:
        """The index knows these now, with the texts of their files. Raises Unavailable."""
        for revision in {each.record: each for each in revisions}.values():
            if not revision.deleted and self._is_unread(revision):
                self._waiting.add(revision.record, revision.number)

    def _is_unread(self, revision: Revision) -> bool:
        found = (self._texts.completed(revision.record, each.sha256) for each in revision.files)
        return any(each is not None and not self._texts.is_final(each) for each in found)
