"""Actions that time takes (M13): noted when a record is indexed, taken when their day is past."""

from datetime import date

from records.errors import Conflict, NotFound, Refused, Unavailable, WenshuError
from records.flow.acting import act
from records.flow.decision import ActionInput, Office
from records.identity import RecordId
from records.kind import Kind, Kinds
from records.office_time import office_day
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.flow.change import Attempt, RevisionWriter
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller


class TimerRunner:
    """Keeps and works off the days on which the clock acts."""

    def __init__(
        self,
        *,
        claims: Claims,
        clock: Clock,
        log: RecordLog,
        kinds: Kinds,
        changes: RevisionWriter,
        book: OrganisationBook,
    ) -> None:
        self._claims = claims
        self._clock = clock
        self._log = log
        self._kinds = kinds
        self._changes = changes
        self._book = book

    def note(self, kind: Kind, revision: Revision) -> None:
        """Note the day on which the clock will act on this revision, if any; may run again."""
        for name, action in kind.actions.items():
            day = _day_of(kind, revision, name)
            if day and revision.state in action.from_:
                self._claims.take(f"due/{day}/{revision.record}/{name}", b"")

    def run(self) -> int:
        """Take every action whose day is past; how many were taken.

        One that cannot be taken stays noted and holds back no other. Raises Unavailable, and in the
        end what went wrong with the first of those.
        """
        today = office_day(self._clock.now())
        taken = 0
        wrong: list[WenshuError] = []
        for name in list(self._claims.names("due/")):
            _, day, record, action = name.split("/")
            if date.fromisoformat(day) >= today:
                break
            try:
                taken += self._take(RecordId(record), action, day)
                self._claims.free(name)
            except Unavailable:
                raise
            except WenshuError as error:
                wrong.append(error)
        if wrong:
            raise wrong[0]
        return taken

    def _take(self, record: RecordId, name: str, day: str) -> bool:
        """Act, unless the record has moved or got another day meanwhile."""
        try:
            before = self._log.latest(record)
            kind = self._kinds.get(before.kind)
            if before.deleted or _day_of(kind, before, name) != day:
                return False
            caller = system_caller(self._book, self._clock)
            office = Office(kind, caller.organisation, caller.now, caller.work_days)
            after = act(office, before, caller.reader, name, ActionInput())
            self._changes.write(caller, before, after.after, Attempt(name))
        except (NotFound, Refused, Conflict):
            return False
        return True


def _day_of(kind: Kind, revision: Revision, name: str) -> str | None:
    """The day after which the clock takes an action of the record; None for no day."""
    at = kind.action(name).at
    day = revision.fields.get(at.field) if at is not None and at.field is not None else None
    return str(day) if day else None
