"""Notices on their way out of the house: noted as names, sent by couriers, each way for itself."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import islice

from records.consequences.effects import About
from records.errors import Invalid, NotFound, Refused, Unavailable, WenshuError
from records.identity import Login, RecordId
from records.parameters.catalogue import STALE_DAYS
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.courier import Courier, Message
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.access import Level
from records.rights.reading import may_read
from records.schema.kind import Kind, Kinds
from services.notifications.stream import Matter, Notice, NoticeStream
from services.notifications.ways import Ways
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook
from services.people.planner import Planner

_LOG = logging.getLogger(__name__)

AT_ONCE = 200
"""Messages of one way that one run sends at most."""

Wording = Callable[[About, str], tuple[str, str]]
"""Subject and text of a notice about a record with this title."""


class Outgoing:
    """Notes what is to be sent, ``outgoing/{channel}/{login}/{notice}``."""

    def __init__(self, claims: Claims, ways: Ways, stream: NoticeStream) -> None:
        self._claims = claims
        self._ways = ways
        self._stream = stream

    def add(self, logins: Sequence[Login], matter: Matter) -> None:
        """Note the matter for each of these who wants it and was not told of it yet."""
        for channel in ("mail", "sms"):
            wanting = self._ways.wanting(channel)
            for login in (each for each in logins if each in wanting):
                way = self._ways.of(login, channel)
                if way is None or matter.about not in way.about:
                    continue
                if self._stream.read(login, matter.notice_id) is None:
                    name = f"outgoing/{channel}/{login}/{matter.notice_id}"
                    self._claims.take(name, b"")


class Dispatcher:
    """Sends what is noted. What a person may no longer read is not sent to him."""

    def __init__(
        self,
        *,
        claims: Claims,
        ways: Ways,
        stream: NoticeStream,
        couriers: Iterable[Courier],
        wording: Wording,
        log: RecordLog,
        kinds: Kinds,
        book: OrganisationBook,
        clock: Clock,
        planner: Planner,
    ) -> None:
        self._claims = claims
        self._ways = ways
        self._stream = stream
        self._couriers = tuple(couriers)
        self._wording = wording
        self._log = log
        self._kinds = kinds
        self._book = book
        self._clock = clock
        self._planner = planner

    def run(self) -> int:
        """Send; how many messages went out.

        A way that is down keeps what it has for the next run and holds up no other. Raises
        Unavailable when the store is down, and in the end what an address was refused with.
        """
        sent = 0
        wrong: list[WenshuError] = []
        for courier in self._couriers:
            prefix = f"outgoing/{courier.channel}/"
            for name in list(islice(self._claims.names(prefix), AT_ONCE)):
                login, notice = name.removeprefix(prefix).split("/")
                message = self._message(courier.channel, Login(login), notice)
                if message is not None:
                    try:
                        courier.send(message)
                        sent += 1
                    except Unavailable as error:
                        _LOG.warning("%s is down: %s", courier.channel, error)
                        break
                    except Refused as error:
                        wrong.append(error)
                self._claims.free(name)
        if wrong:
            raise wrong[0]
        return sent

    def _message(self, channel: str, login: Login, notice_id: str) -> Message | None:
        """What is to be sent; None for what is nobody's business, or too old, any more.

        What could not be sent for so long is dropped: whoever signs in finds it in his stream.
        """
        stale = timedelta(days=self._book.parameters()[STALE_DAYS])
        notice, way = self._stream.read(login, notice_id), self._ways.of(login, channel)
        if notice is None or way is None or self._clock.now() - notice.at > stale:
            return None
        try:
            caller = self._book.caller(login)
        except Refused:
            return None
        title = self._title(caller, notice)
        if title is None:
            return None
        subject, text = self._wording(notice.about, title)
        return Message(way.address, subject, text)

    def _title(self, caller: Caller, notice: Notice) -> str | None:
        """What it is about, as it may be told outside: of an appointment when, and not its words.

        None where that is nobody's business any more, or over.
        """
        if notice.item:
            item = self._planner.look(caller.person.login, notice.item)
            over_at = item.over_at if item is not None else None
            stands = item is not None and over_at is not None and over_at > self._clock.now()
            return item.when if item is not None and stands else None
        readable = (found for record in notice.all_records if (found := self._open(caller, record)))
        return next((_told_outside(kind, revision) for kind, revision in readable), None)

    def _open(self, caller: Caller, record: RecordId) -> tuple[Kind, Revision] | None:
        try:
            revision = self._log.latest(record)
            kind = self._kinds.of(revision)
        except (NotFound, Invalid):
            return None
        return (kind, revision) if may_read(kind, revision, caller.access) else None


def _told_outside(kind: Kind, revision: Revision) -> str:
    """What a record is called outside the house: of state secrets only what kind of paper it is.

    Their titles are secret as well; ordinary mail may not carry them (保守国家秘密法).
    """
    if revision.level > Level.INTERNAL:
        return kind.title
    return str(revision.fields.get(kind.meaning.title) or "")
