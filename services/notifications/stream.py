"""One stream of notices a person, as names in the store: the newest first, each told once (M13).

``notices/{login}/{inverted time}-{id}``: a page of the stream and what is unread of it are one
listing. That one was read is a name beside it. The value says what happened to which record, and
no word of its content: that is read, and the right to it asked for, when it is shown.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from records.consequences.effects import About
from records.identity import Login, RecordId
from records.ports.claims import Claims

COUNTED = 100
"""So many of the newest notices are counted for the bell; more read as 99+."""

_READ = ".read"
_END_OF_TIME_MS = 10**14


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person is told. `id` names it in his stream."""

    id: str
    about: About
    record: RecordId | None
    """None of what is about no record: an appointment of one's own."""
    by: Login
    at: datetime
    is_read: bool = False
    search: str = ""
    """Of what a subscribed search found: the target of the search (收藏)."""
    records: tuple[RecordId, ...] = ()
    """Of a digest: all that it is about, `record` first; else none."""
    item: str = ""
    """Of an appointment: its item of 工作助手."""

    @property
    def all_records(self) -> tuple[RecordId, ...]:
        """The records that it is about; none of an appointment."""
        return self.records or (() if self.record is None else (self.record,))


@dataclass(frozen=True, slots=True)
class Matter:
    """What is told: `occasion` with `at` tells it from all else about the record."""

    about: About
    record: RecordId | None
    by: Login
    at: datetime
    occasion: str
    search: str = ""
    records: tuple[RecordId, ...] = ()
    item: str = ""

    @property
    def notice_id(self) -> str:
        """The id of its notice, in whosever stream."""
        told = f"{self.record or self.item}\n{self.about}\n{self.occasion}"
        return f"{_inverted(self.at)}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


class NoticeStream:
    """Writes and reads the streams."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def tell(
        self,
        logins: Iterable[Login],
        matter: Matter,
    ) -> None:
        """Tell each of them; whoever was told of the matter already is not told again."""
        subject = {"record": matter.record} if matter.record else {"item": matter.item}
        told = {"about": matter.about, **subject, "by": matter.by}
        search = {"search": matter.search} if matter.search else {}
        records = {"records": matter.records} if len(matter.records) > 1 else {}
        at = {"at": matter.at.isoformat()}
        value = json.dumps({**told, **at, **search, **records}).encode()
        names = [f"{_prefix(login)}{matter.notice_id}" for login in dict.fromkeys(logins)]
        if names:
            self._claims.take_all([(name, value) for name in names])

    def page(self, login: Login, *, after: str | None, size: int) -> Sequence[Notice]:
        """Notices behind the one of that id, newest first; read and unread."""
        prefix = _prefix(login)
        shown: list[tuple[str, bool]] = []
        for notice, is_read in self._listed(login):
            if after is None or notice > after:
                shown.append((notice, is_read))
            if len(shown) == size:
                break
        found = ((each, self._claims.read(prefix + each), read) for each, read in shown)
        return [
            _notice(each, value, is_read=read) for each, value, read in found if value is not None
        ]

    def unread(self, login: Login) -> tuple[str, ...]:
        """Ids of what is unread among the newest `COUNTED`, newest first; one listing."""
        listed = islice(self._listed(login), COUNTED)
        return tuple(notice for notice, is_read in listed if not is_read)

    def mark_read(self, login: Login, notices: Iterable[str], at: datetime) -> None:
        """These were read; what is none of his notices is passed over."""
        prefix = _prefix(login)
        names = [f"{prefix}{each}" for each in notices if _is_id(each)]
        standing = [name for name in names if self._claims.read(name) is not None]
        if standing:
            value = at.isoformat().encode()
            self._claims.take_all([(name + _READ, value) for name in standing])

    def read(self, login: Login, notice: str) -> Notice | None:
        """One notice, or None."""
        value = self._claims.read(_prefix(login) + notice) if _is_id(notice) else None
        return None if value is None else _notice(notice, value, is_read=False)

    def _listed(self, login: Login) -> Iterator[tuple[str, bool]]:
        """Ids, newest first, and whether each was read: its mark follows it in the listing."""
        prefix = _prefix(login)
        current: str | None = None
        for name in self._claims.names(prefix):
            plain = name.removeprefix(prefix)
            if plain.endswith(_READ):
                if current is not None:
                    yield current, True
                current = None
                continue
            if current is not None:
                yield current, False
            current = plain
        if current is not None:
            yield current, False


def _notice(notice: str, value: bytes, *, is_read: bool) -> Notice:
    told = json.loads(value)
    return Notice(
        id=notice,
        about=About(told["about"]),
        record=RecordId(told["record"]) if "record" in told else None,
        by=Login(told["by"]),
        at=datetime.fromisoformat(told["at"]),
        is_read=is_read,
        search=str(told.get("search", "")),
        records=tuple(map(RecordId, told.get("records", ()))),
        item=str(told.get("item", "")),
    )


def _prefix(login: Login) -> str:
    return f"notices/{login}/"


def _inverted(at: datetime) -> str:
    """Digits that sort the newest instant first."""
    return f"{_END_OF_TIME_MS - int(at.astimezone(UTC).timestamp() * 1000):014d}"


def _is_id(text: str) -> bool:
    head, _, tail = text.partition("-")
    return len(head) == 14 and head.isdigit() and len(tail) == 16 and tail.isalnum()
