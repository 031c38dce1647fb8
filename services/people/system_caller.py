"""The system itself as a caller: it reads nothing and holds no right but those of the clock."""

from records.identity import CLOCK, Token, UnitCode
from records.people.organisation import Person
from records.people.unit_tree import SYSTEM_NAME
from records.ports.clock import Clock
from records.rights.access import Level, Reader
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook


def system_caller(book: OrganisationBook, clock: Clock) -> Caller:
    """The clock, as it stands now; nobody can sign in as it."""
    person = Person(login=CLOCK, name=SYSTEM_NAME, unit=UnitCode(CLOCK), roles=())
    nobody: frozenset[Token] = frozenset()
    reader = Reader(login=CLOCK, tokens=nobody, clearance=Level.PUBLIC)
    now = clock.now()
    return Caller(person, reader, book.current(), now, book.work_days(), book.parameters())
