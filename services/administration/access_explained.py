"""权限说明: for one person and one record, which rule opens or closes it (AQ-14).

For the owner of the record, and for security officers, who learn of it nothing but its rules; for
everybody else there is no such record.
"""

from dataclasses import dataclass

from records.errors import NotFound
from records.identity import Login, RecordId, is_identifier
from records.people.organisation import Person
from records.people.roles import Power
from records.ports.record_log import RecordLog
from records.rights.access import Level
from records.rights.explaining import AccessExplanation, explained
from records.rights.reading import may_read
from records.schema.kind import Kind, Kinds
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class AccessExplained:
    """The rules of a record for somebody; the title only for who may read it.

    `clearance` is told to officers alone: everybody owns some record to ask about.
    """

    kind: Kind
    title: str | None
    person: Person
    explanation: AccessExplanation
    clearance: Level | None


class AccessExplainer:
    """Decides who may ask, and tells."""

    def __init__(self, log: RecordLog, kinds: Kinds) -> None:
        self._log = log
        self._kinds = kinds

    def asks(self, caller: Caller, record: RecordId) -> tuple[Kind, str | None]:
        """The record that the caller may ask about: its kind, and its title if he may read it.

        Raises NotFound (``unknown_record``), in one way for what is not there and not his.
        """
        unknown = NotFound("unknown_record", record=record)
        if not is_identifier(record):
            raise unknown
        revision = self._log.latest(record)
        if revision.owner != caller.person.login and not caller.may(Power.EXPLAIN):
            raise unknown
        kind = self._kinds.of(revision)
        readable = may_read(kind, revision, caller.access)
        if not readable and not caller.may(Power.EXPLAIN):
            raise unknown
        title = str(revision.fields.get(kind.meaning.title) or kind.title)
        return kind, title if readable else None

    def explain(self, caller: Caller, record: RecordId, login: Login) -> AccessExplained:
        """Which rule opens the record to somebody, or why none does.

        Raises as `asks`, and NotFound (``unknown_person``).
        """
        kind, title = self.asks(caller, record)
        person = caller.organisation.person(login)
        reader = caller.organisation.reader(login, caller.today)
        told = explained(kind, self._log.latest(record), reader, caller.today)
        clearance = person.clearance if caller.may(Power.EXPLAIN) else None
        return AccessExplained(kind, title, person, told, clearance)
