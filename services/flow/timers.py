"""What time does (M13): noted by instant when a record changes, done when the instant is past.

``timers/{year}/{month}/{day}/{hhmm}/{part of the record}/{record}~{name}``: what is due comes first
in one listing, which ends at the first that is not. Whether a timer still holds is judged by the
newest revision, when it has come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from records.consequences.effects import About
from records.errors import Conflict, NotFound, Refused, Unavailable, WenshuError
from records.flow.acting import act
from records.flow.decision import ActionInput, Office
from records.identity import RecordId, Token
from records.people.organisation import Organisation
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.schema.kind import Kind, Kinds
from records.schema.versions import carried_over
from records.times.lingering import late_told, lingering, told_of
from records.times.timers import Timer, reminder_of, timers_of
from services.flow.calendar_book import CalendarBook
from services.flow.change import Attempt, RevisionWriter
from services.notifications.stream import Matter
from services.notifications.telling import Teller, people_and_deputies
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller

AT_ONCE = 500
"""So many are done in one run, so that after a night off other work is not held up for long."""

AGAIN = timedelta(hours=1)
"""One that could not be done is tried again after so long; meanwhile it stands in nobody's way."""


@dataclass(frozen=True, slots=True)
class _Noted:
    """A timer as its name tells it; the instant to the minute at which it is looked at."""

    at: datetime
    record: RecordId
    name: str


class TimerRunner:
    """Keeps and works off the instants at which something is due."""

    def __init__(
        self,
        *,
        claims: Claims,
        clock: Clock,
        log: RecordLog,
        kinds: Kinds,
        changes: RevisionWriter,
        book: OrganisationBook,
        calendar: CalendarBook,
        teller: Teller,
    ) -> None:
        self._claims = claims
        self._clock = clock
        self._log = log
        self._kinds = kinds
        self._changes = changes
        self._book = book
        self._calendar = calendar
        self._teller = teller

    def note(self, kind: Kind, revision: Revision) -> None:
        """Note all that will be due on this revision; may run again."""
        timers = timers_of(kind, revision, self._calendar.current())
        names = [_name(timer.at, revision.record, timer.name) for timer in timers]
        if names:
            self._claims.take_all([(name, b"") for name in names])

    def run(self) -> int:
        """Do what is due; how many timers were done. Nothing that is not due is read.

        One that loses a race stays for the next run. One that cannot be done is noted for later
        and holds back no other. Raises Unavailable, and in the end what went wrong with the first.
        """
        done = 0
        wrong: list[WenshuError] = []
        for noted in list(self._due()):
            try:
                done += self._do(noted)
            except Unavailable:
                raise
            except Conflict:
                continue  # it is judged anew by the revision that was faster
            except WenshuError as error:
                wrong.append(error)
                self._note_again(noted)
            self._claims.free(_name(noted.at, noted.record, noted.name))
        if wrong:
            raise wrong[0]
        return done

    def _due(self) -> Iterator[_Noted]:
        now = self._clock.now()
        for count, name in enumerate(self._claims.names("timers/")):
            noted = _noted(name)
            if noted.at > now or count == AT_ONCE:
                return
            yield noted

    def _do(self, noted: _Noted) -> bool:
        """Do it, unless the newest revision has it no more, or at another time."""
        stored = self._stored(noted)
        if stored is None:
            return False
        kind = self._kinds.of(stored)
        newest = carried_over(kind, stored)
        timers = timers_of(kind, newest, self._calendar.current())
        timer = next((each for each in timers if each.name == noted.name), None)
        if timer is None:
            return False
        if timer.at > self._clock.now():  # the day moved, or a holiday was declared
            self._claims.take(_name(timer.at, noted.record, timer.name), b"")
            return False
        if timer.what == "act":
            return self._act(kind, newest, timer)
        if any(_is_later(each, timer) and each.at <= self._clock.now() for each in timers):
            return False  # after a night off the gravest is told, not all of them
        self._remind(kind, newest, timer)
        return True

    def _stored(self, noted: _Noted) -> Revision | None:
        """The newest revision of the record, if there is one whose kind is known."""
        try:
            stored = self._log.latest(noted.record)
        except NotFound:
            return None
        if self._kinds.find(stored.kind) is not None:
            return stored
        self._note_again(noted)  # its kind may come back, as when an installation mends a file
        return None

    def _note_again(self, noted: _Noted) -> None:
        """To be looked at later; meanwhile it stands in nobody's way."""
        again = _name(self._clock.now() + AGAIN, noted.record, noted.name)
        self._claims.take(again, b"")

    def _act(self, kind: Kind, before: Revision, timer: Timer) -> bool:
        caller = system_caller(self._book, self._clock)
        office = Office(kind, caller.organisation, caller.now, self._calendar.current())
        try:
            decision = act(office, before, caller.reader, timer.name, ActionInput())
        except Refused as error:
            if error.reason in {"wrong_state", "suspended"}:
                return False
            raise
        self._changes.write(caller, before, decision.after, Attempt(timer.name))
        return True

    def _remind(self, kind: Kind, revision: Revision, timer: Timer) -> None:
        """Tell whom it concerns; once, since the occasion is the same however often."""
        caller = system_caller(self._book, self._clock)
        about, tokens = _told(kind, revision, timer, caller.organisation)
        if about is None:
            return
        matter = Matter(about, revision.record, caller.person.login, timer.at, timer.name)
        people = people_and_deputies(
            caller.organisation, tokens, kind=revision.kind, today=caller.today
        )
        self._teller.tell(people, matter)


def _told(
    kind: Kind, revision: Revision, timer: Timer, organisation: Organisation
) -> tuple[About | None, tuple[Token, ...]]:
    """Of what a timer reminds, and whom: the holder of a task; who is to file what is done."""
    reminder, lingers = reminder_of(timer.name), lingering(kind, revision)
    if reminder is None:
        return None, ()
    if reminder.task is None:
        told = told_of(kind, revision, organisation)
        return (lingers.about, told) if lingers is not None else (None, ())
    task = next((t for t in revision.open_tasks if t.number == reminder.task), None)
    if task is None:
        return None, ()
    if reminder.escalates:
        return reminder.about, late_told(kind, revision, reminder.offset, organisation)
    return reminder.about, (task.holder,)


def _is_later(one: Timer, other: Timer) -> bool:
    """Whether it reminds of the same task, later."""
    mine, theirs = reminder_of(one.name), reminder_of(other.name)
    if mine is None or theirs is None or one.at <= other.at:
        return False
    return (mine.task, mine.escalates) == (theirs.task, theirs.escalates)


def _name(at: datetime, record: RecordId, name: str) -> str:
    """Rounded up to the minute, so that nothing is done before its time."""
    utc = at.astimezone(UTC)
    minute = utc.replace(second=0, microsecond=0)
    if minute < utc:
        minute += timedelta(minutes=1)
    return f"timers/{minute:%Y/%m/%d/%H%M}/{record[:6]}/{record}~{name}"


def _noted(name: str) -> _Noted:
    _, year, month, day, minute, _, rest = name.split("/")
    record, _, timer = rest.partition("~")
    at = datetime.strptime(f"{year}{month}{day}{minute}+0000", "%Y%m%d%H%M%z")
    return _Noted(at, RecordId(record), timer)
