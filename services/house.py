"""All use cases of one installation, as the drivers are handed them."""

from dataclasses import dataclass
from typing import Protocol

from records.identity import RecordId
from records.kind import Kinds
from records.ports.clock import Clock
from records.revision import Revision
from services.accounts import Accounts
from services.act import Acting
from services.browse import Browsing
from services.edit import Editing
from services.health import Health
from services.ingest import Ingest
from services.organisation_book import OrganisationBook
from services.people_file import PeopleLoading
from services.searching import Searching
from services.sessions import Sessions
from services.staging import Staging


class Settling(Protocol):
    """Waits until what was written is found by search."""

    def settle(self, record: RecordId, number: int, *, timeout_s: float) -> bool:
        """Whether that revision was worked off within the time."""
        ...


OWN_WRITE_S = 3.0
"""How long a writer waits to see his own write in search (C3.5); durable it is before."""


@dataclass(frozen=True, slots=True)
class House:
    """The use cases and what they share."""

    clock: Clock
    kinds: Kinds
    book: OrganisationBook
    accounts: Accounts
    sessions: Sessions
    people: PeopleLoading
    staging: Staging
    ingest: Ingest
    editing: Editing
    acting: Acting
    browsing: Browsing
    searching: Searching
    health: Health
    settling: Settling

    def settle(self, revision: Revision) -> Revision:
        """Wait a moment for the index, so that an actor sees his own write; then go on."""
        self.settling.settle(revision.record, revision.number, timeout_s=OWN_WRITE_S)
        return revision
