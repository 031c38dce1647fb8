"""All use cases of one installation, as the drivers are handed them."""

import logging
from dataclasses import dataclass

from records.errors import Unavailable
from records.kind import Kinds
from records.ports.clock import Clock
from records.ports.outbox import OutboxEntry
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
from services.settling import Settling
from services.staging import Staging

_LOG = logging.getLogger(__name__)

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
        entry = OutboxEntry(revision.record, revision.number, revision.event.write_id)
        try:
            self.settling.settle(entry, timeout_s=OWN_WRITE_S)
        except Unavailable as error:
            _LOG.warning("%s is durable and found later: %s", revision.record, error)
        return revision
