"""The system itself as a caller: it reads nothing and holds no right but those of the clock."""

from records.access import Level, Reader
from records.identity import CLOCK, Token, UnitCode
from records.organisation import Person
from records.ports.clock import Clock
from records.unit_tree import SYSTEM_NAME
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook


def system_caller(book: OrganisationBook, clock: Clock) -> Caller:
    """The clock, as it stands now; nobody can sign in as it."""
    person = Person(login=CLOCK, name=SYSTEM_NAME, unit=UnitCode(CLOCK), roles=())
    nobody: frozenset[Token] = frozenset()
    reader = Reader(login=CLOCK, tokens=nobody, clearance=Level.PUBLIC)
    return Caller(person, reader, book.current(), clock.now(), book.work_days())
