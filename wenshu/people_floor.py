"""The use cases of who people are: accounts, people files, dictionaries."""

from dataclasses import dataclass

from records.kind import Kinds
from records.ports.clock import Clock
from records.ports.identities import Identities
from services.intake.ingest import RecordIntake
from services.people.accounts import Accounts
from services.people.delegations import DelegationDesk
from services.people.devices import Devices
from services.people.dictionary_book import DictionaryBook
from services.people.organisation_book import OrganisationBook
from services.people.people_file import PeopleLoader
from services.people.rights_news import RightsNews
from services.people.sessions import Sessions
from services.people.sign_in_guard import SignInGuard
from wenshu.argon_hasher import ArgonPasswordHasher
from wenshu.engines import Engines
from wenshu.settings import Settings
from wenshu.truth import Truth


@dataclass(frozen=True, slots=True)
class PeopleFloor:
    """What the house is handed of it."""

    accounts: Accounts
    people: PeopleLoader
    delegations: DelegationDesk


def people_floor(
    settings: Settings,
    engines: Engines,
    truth: Truth,
    *,
    identities: Identities,
    clock: Clock,
    book: OrganisationBook,
    sessions: Sessions,
    ingest: RecordIntake,
    dictionaries: DictionaryBook,
    kinds: Kinds,
) -> PeopleFloor:
    """All of it, built once."""
    accounts = Accounts(
        truth.chains,
        ArgonPasswordHasher(memory_kib=settings.password_memory_kib),
        identities,
        clock,
        SignInGuard(engines.limiter, Devices(truth.claims, clock)),
    )
    news = RightsNews(ingest, book=book, clock=clock)
    return PeopleFloor(
        accounts=accounts,
        people=PeopleLoader(book, accounts, sessions, news, dictionaries),
        delegations=DelegationDesk(book, kinds, clock, news),
    )
