"""A person's stream as he may read it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from records.errors import Corrupt, Invalid, NotFound
from records.identity import RecordId
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kind, Kinds
from services.notifications.stream import Notice, NoticeStream
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class ReadableNotice:
    """A notice with the record that it is about, as it stands now."""

    notice: Notice
    kind: Kind
    revision: Revision

    @property
    def title(self) -> str:
        """What the record is called now."""
        return str(self.revision.fields.get(self.kind.meaning.title) or "")


class NoticeReader:
    """Shows notices. A notice of a record that the person may not read now is not among them."""

    def __init__(self, stream: NoticeStream, log: RecordLog, kinds: Kinds) -> None:
        self._stream = stream
        self._log = log
        self._kinds = kinds

    def page(
        self, caller: Caller, *, after: str | None = None, size: int
    ) -> tuple[list[ReadableNotice], str | None]:
        """The notices behind that one, newest first, and the id to go on from, or None.

        What may not be read counts as read from then on, so that the count agrees with the page.
        """
        login = caller.person.login
        found = self._stream.page(login, after=after, size=size + 1)
        following = found[size - 1].id if len(found) > size else None
        shown = found[:size]
        newest = self._log.latest_all([(notice.record, 0) for notice in shown])
        readable: list[ReadableNotice] = []
        hidden: list[str] = []
        for notice, revision in zip(shown, newest, strict=True):
            kind = self._kind(revision, caller)
            if kind is None or isinstance(revision, NotFound | Corrupt):
                hidden.append(notice.id)
            else:
                readable.append(ReadableNotice(notice, kind, revision))
        unseen = [each.id for each in shown if each.id in hidden and not each.is_read]
        self._stream.mark_read(login, unseen, caller.now)
        return readable, following

    def unread(self, caller: Caller) -> int:
        """How many are unread among the newest: one listing."""
        return len(self._stream.unread(caller.person.login))

    def followed(self, caller: Caller, notice_id: str) -> RecordId | None:
        """The record of a notice, which counts as read from now on; None where there is none."""
        notice = self._stream.read(caller.person.login, notice_id)
        if notice is None:
            return None
        self._stream.mark_read(caller.person.login, [notice.id], caller.now)
        return notice.record

    def mark_read(self, caller: Caller, notices: Sequence[str] | None) -> None:
        """These were read, or all that are unread among the newest."""
        login = caller.person.login
        unread = self._stream.unread(login)
        chosen = unread if notices is None else [each for each in notices if each in set(unread)]
        self._stream.mark_read(login, chosen, caller.now)

    def _kind(self, revision: Revision | NotFound | Corrupt, caller: Caller) -> Kind | None:
        if isinstance(revision, NotFound | Corrupt):
            return None
        try:
            kind = self._kinds.of(revision)
        except Invalid:
            return None
        return kind if may_read(kind, revision, caller.access) else None
