"""What standing searches found, told together: once a day, or what one pass found too much of.

What is to be told stands as a name, ``digest/{login}/{search}/{instant}-{record}.{number}``, until
it was; ``found/{login}/{search}/{month}-{record}.{number}``, the month of the revision, stays while
a revision of that month may be tried again, so that it is told once.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import groupby

from records.consequences.effects import About
from records.errors import Corrupt, Invalid, NotFound, Refused
from records.identity import CLOCK, Login, RecordId
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kinds
from records.times.office_time import OFFICE_ZONE
from services.notifications.stream import Matter, NoticeStream
from services.notifications.telling import Teller
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook
from services.standing.subscriptions import Subscription, SubscriptionBook, When

_LOG = logging.getLogger(__name__)

HOUR = time(8)
"""Of the office, when the digest of a day is told."""

MOST = 200
"""Records of one digest; of more there are several."""

TRIED_AGAIN = timedelta(days=92)
"""So long after it was made a revision may be tried again and is not told twice."""

_PAUSE = timedelta(minutes=10)
"""Between two of what one pass found too much of."""


class Digests:
    """Notes what was found, and tells it when its time has come."""

    def __init__(
        self,
        *,
        claims: Claims,
        stream: NoticeStream,
        teller: Teller,
        book: SubscriptionBook,
        people: OrganisationBook,
        log: RecordLog,
        kinds: Kinds,
        clock: Clock,
    ) -> None:
        self._claims = claims
        self._stream = stream
        self._teller = teller
        self._book = book
        self._people = people
        self._log = log
        self._kinds = kinds
        self._clock = clock

    def note(self, login: Login, matter: Matter, number: int) -> None:
        """Tell of this revision with the next digest, unless he was told of it."""
        if self.has(login, matter, number) or self._stream.read(login, matter.notice_id):
            return
        whose, what = f"{login}/{matter.search}", f"{matter.record}.{number}"
        self._claims.take(f"digest/{whose}/{_instant(self._clock.now())}-{what}", b"")
        self._claims.take(_found(login, matter, number), b"")

    def has(self, login: Login, matter: Matter, number: int) -> bool:
        """Whether the revision was noted once."""
        return self._claims.read(_found(login, matter, number)) is not None

    def sweep(self, before_s: float) -> int:  # noqa: ARG002 - how long they are kept is their own
        """Take away what was noted of revisions too old to be tried again; how many names."""
        oldest = _month(self._clock.now() - TRIED_AGAIN)
        over = [name for name in self._claims.names("found/") if _month_of(name) < oldest]
        self._free(over)
        return len(over)

    def run(self) -> int:
        """Tell what is due; how many digests. Raises Unavailable.

        What was found for somebody whose subscriptions are damaged waits until they are mended.
        """
        told = 0
        names = list(self._claims.names("digest/"))
        for (login, search), several in groupby(names, key=lambda name: name.split("/")[1:3]):
            try:
                told += self._tell(Login(login), search, list(several))
            except Corrupt as error:
                _LOG.error("the digests of %s wait: %s", login, error)
        return told

    def _tell(self, login: Login, search: str, names: list[str]) -> int:
        subscription = next((s for s in self._book.sound(login) if s.target == search), None)
        caller = self._caller(login)
        if subscription is None or caller is None:
            self._free(names)
            return 0
        at, told = self._due(subscription), 0
        due = [name for name in names if _noted(name) < _instant(at)]
        for first in range(0, len(due), MOST):
            told += self._tell_some(caller, search, due[first : first + MOST], at)
        return told

    def _tell_some(self, caller: Caller, search: str, names: Sequence[str], at: datetime) -> bool:
        """One digest. It is known by its first name, which is freed last."""
        readable = tuple(self._readable(caller, dict.fromkeys(map(_record, names))))
        if readable:
            occasion = f"digest-{search}-{names[0]}"
            matter = Matter(
                About.FOUND, readable[0], CLOCK, at, occasion, search=search, records=readable
            )
            self._teller.tell([caller.person.login], matter)
        self._free(reversed(names))
        return bool(readable)

    def _due(self, subscription: Subscription) -> datetime:
        """Until when what was noted is told now."""
        now = self._clock.now()
        if subscription.when is When.AT_ONCE:
            return now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % _PAUSE
        today = datetime.combine(now.astimezone(OFFICE_ZONE).date(), HOUR, OFFICE_ZONE)
        return today if now >= today else today - timedelta(days=1)

    def _readable(self, caller: Caller, records: Iterable[RecordId]) -> Iterator[RecordId]:
        for found in self._log.latest_all([(record, 1) for record in records]):
            if isinstance(found, NotFound | Corrupt):
                continue
            if self._is_open(caller, found):
                yield found.record

    def _is_open(self, caller: Caller, revision: Revision) -> bool:
        try:
            return may_read(self._kinds.of(revision), revision, caller.access)
        except Invalid:
            return False

    def _caller(self, login: Login) -> Caller | None:
        try:
            return self._people.caller(login)
        except Refused:
            return None

    def _free(self, names: Iterable[str]) -> None:
        for name in names:
            self._claims.free(name)


def _found(login: Login, matter: Matter, number: int) -> str:
    return f"found/{login}/{matter.search}/{_month(matter.at)}-{matter.record}.{number}"


def _month(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m}"


def _month_of(name: str) -> str:
    return name.rpartition("/")[2].partition("-")[0]


def _instant(at: datetime) -> str:
    return f"{at.timestamp() * 1e6:016.0f}"


def _noted(name: str) -> str:
    return name.rpartition("/")[2].partition("-")[0]


def _record(name: str) -> RecordId:
    return RecordId(name.rpartition("-")[2].partition(".")[0])
