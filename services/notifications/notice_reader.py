"""A person's stream as he may read it now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from records.errors import Corrupt, Invalid, NotFound
from records.identity import Login, RecordId
from records.meaning import title_of
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kind, Kinds
from services.notifications.stream import Notice, NoticeStream
from services.people.caller import Caller
from services.people.planner import Planner
from services.people.planner_item import PlannerItem

LISTED = 10
"""So many records of each notice of a page are looked at; more while none of them may be read."""


@dataclass(frozen=True, slots=True)
class ReadableNotice:
    """A notice with what it is about and may be read, as it stands now."""

    notice: Notice
    title: str
    """What its first record is called now; of an appointment when it begins, and its words."""
    readable: tuple[Revision, ...]
    """Its records that may be read, none of an appointment: of one notice all, of a page of them
    the first `LISTED`."""
    more: bool = False
    """Whether it may be about more records, which were not looked at."""
    search: str = ""
    """What the search that found them is called; empty of one that is gone."""
    item: PlannerItem | None = None
    """The appointment that it reminds of."""


class NoticeReader:
    """Shows notices. One about nothing that the person may read now is not among them."""

    def __init__(
        self,
        stream: NoticeStream,
        log: RecordLog,
        kinds: Kinds,
        search_names: Callable[[Login], Mapping[str, str]],
        planner: Planner,
    ) -> None:
        """`search_names` gives what a person calls the searches that he has subscribed to."""
        self._stream = stream
        self._log = log
        self._kinds = kinds
        self._search_names = search_names
        self._planner = planner

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
        readable = self._readable(caller, shown, at_a_time=LISTED)
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
        every = max(1, len(notice.all_records))
        return next(iter(self._readable(caller, [notice], at_a_time=every)), None)

    def unread(self, caller: Caller) -> int:
        """How many are unread among the newest: one listing."""
        return len(self._stream.unread(caller.person.login))

    def mark_read(self, caller: Caller, notices: Sequence[str] | None) -> None:
        """These were read, or all that are unread among the newest."""
        login = caller.person.login
        unread = self._stream.unread(login)
        chosen = unread if notices is None else [each for each in notices if each in set(unread)]
        self._stream.mark_read(login, chosen, caller.now)

    def _readable(
        self, caller: Caller, notices: Sequence[Notice], *, at_a_time: int
    ) -> list[ReadableNotice]:
        """Those about something that may be read; so many records of each are read at a time."""
        looked: dict[str, int] = dict.fromkeys((notice.id for notice in notices), 0)
        open_ones: dict[str, list[tuple[Kind, Revision]]] = {}
        left = list(notices)
        while left:
            parts = {
                notice.id: notice.all_records[looked[notice.id] :][:at_a_time] for notice in left
            }
            found = self._open(caller, [record for part in parts.values() for record in part])
            for notice in left:
                part = parts[notice.id]
                looked[notice.id] += len(part)
                open_ones[notice.id] = [found[each] for each in part if each in found]
            left = [
                notice
                for notice in left
                if not open_ones[notice.id] and looked[notice.id] < len(notice.all_records)
            ]
        names = self._names(caller, notices)
        wanted = {notice.item for notice in notices if notice.item}
        items = self._planner.look_at(caller.person.login, wanted)
        readable = []
        for notice in notices:
            if notice.item:
                item = items.get(notice.item)
                if item is not None:
                    title = f"{item.when} {item.text}".strip()
                    readable.append(ReadableNotice(notice, title, (), item=item))
            elif open_ones[notice.id]:
                more = looked[notice.id] < len(notice.all_records)
                search = names.get(notice.search, "")
                kind, first = open_ones[notice.id][0]
                revisions = tuple(revision for _, revision in open_ones[notice.id])
                title = title_of(kind, first)
                readable.append(ReadableNotice(notice, title, revisions, more=more, search=search))
        return readable

    def _open(
        self, caller: Caller, records: Sequence[RecordId]
    ) -> Mapping[RecordId, tuple[Kind, Revision]]:
        """Those of the records that he may read, as they stand now."""
        wanted = list(dict.fromkeys(records))
        newest = self._log.latest_all([(record, 0) for record in wanted])
        return {
            record: (kind, revision)
            for record, revision in zip(wanted, newest, strict=True)
            if not isinstance(revision, NotFound | Corrupt)
            and (kind := self._kind(revision, caller)) is not None
        }

    def _names(self, caller: Caller, notices: Sequence[Notice]) -> Mapping[str, str]:
        if not any(notice.search for notice in notices):
            return {}
        return self._search_names(caller.person.login)

    def _kind(self, revision: Revision, caller: Caller) -> Kind | None:
        try:
            kind = self._kinds.of(revision)
        except Invalid:
            return None
        return kind if may_read(kind, revision, caller.access) else None
