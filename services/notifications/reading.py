"""A person's stream as he may read it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from records.errors import Corrupt, Invalid, NotFound
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kind, Kinds
from services.notifications.stream import Notice, NoticeStream
from services.people.caller import Caller
from services.standing.subscriptions import SubscriptionBook


@dataclass(frozen=True, slots=True)
class ReadableNotice:
    """A notice with the first record that it is about and may be read, as it stands now."""

    notice: Notice
    kind: Kind
    revision: Revision
    readable: tuple[Revision, ...]
    """All of its records that may be read."""
    search: str = ""
    """What the search that found them is called; empty of one that is gone."""

    @property
    def title(self) -> str:
        """What the record is called now."""
        return str(self.revision.fields.get(self.kind.meaning.title) or "")


class NoticeReader:
    """Shows notices. One about nothing that the person may read now is not among them."""

    def __init__(
        self, stream: NoticeStream, log: RecordLog, kinds: Kinds, subscriptions: SubscriptionBook
    ) -> None:
        self._stream = stream
        self._log = log
        self._kinds = kinds
        self._subscriptions = subscriptions

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
        readable = self._readable(caller, shown)
        open_ones = {each.notice.id for each in readable}
        unseen = [each.id for each in shown if each.id not in open_ones and not each.is_read]
        self._stream.mark_read(login, unseen, caller.now)
        return readable, following

    def one(self, caller: Caller, notice_id: str) -> ReadableNotice | None:
        """A notice, which counts as read from now on; None for what is none, or may not be read."""
        login = caller.person.login
        notice = self._stream.read(login, notice_id)
        if notice is None:
            return None
        self._stream.mark_read(login, [notice.id], caller.now)
        return next(iter(self._readable(caller, [notice])), None)

    def unread(self, caller: Caller) -> int:
        """How many are unread among the newest: one listing."""
        return len(self._stream.unread(caller.person.login))

    def mark_read(self, caller: Caller, notices: Sequence[str] | None) -> None:
        """These were read, or all that are unread among the newest."""
        login = caller.person.login
        unread = self._stream.unread(login)
        chosen = unread if notices is None else [each for each in notices if each in set(unread)]
        self._stream.mark_read(login, chosen, caller.now)

    def _readable(self, caller: Caller, notices: Sequence[Notice]) -> list[ReadableNotice]:
        wanted = list(dict.fromkeys(r for notice in notices for r in notice.all_records))
        newest = self._log.latest_all([(record, 0) for record in wanted])
        open_now = {
            record: (kind, revision)
            for record, revision in zip(wanted, newest, strict=True)
            if not isinstance(revision, NotFound | Corrupt)
            and (kind := self._kind(revision, caller)) is not None
        }
        names = self._names(caller, notices)
        found = []
        for notice in notices:
            several = [open_now[each] for each in notice.all_records if each in open_now]
            if several:
                (kind, first), all_of = several[0], tuple(revision for _, revision in several)
                search = names.get(notice.search, "")
                found.append(ReadableNotice(notice, kind, first, all_of, search))
        return found

    def _names(self, caller: Caller, notices: Sequence[Notice]) -> Mapping[str, str]:
        if not any(notice.search for notice in notices):
            return {}
        return {each.target: each.name for each in self._subscriptions.of(caller.person.login)}

    def _kind(self, revision: Revision, caller: Caller) -> Kind | None:
        try:
            kind = self._kinds.of(revision)
        except Invalid:
            return None
        return kind if may_read(kind, revision, caller.access) else None
