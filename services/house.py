"""All use cases of one installation, as the drivers are handed them."""

import logging
from dataclasses import dataclass

from records.errors import Unavailable
from records.kind import Kinds
from records.ports.clock import Clock
from records.ports.effect_outbox import places_of
from records.ports.outbox import OutboxEntry
from records.revision import Revision
from services.after_commit.settling import IndexWait
from services.finding.browse import RecordOpener
from services.finding.lists import Lists
from services.finding.receipts import ReceiptDesk
from services.finding.related import RelatedFinder
from services.finding.searching import RecordFinder
from services.flow.act import ActionTaker
from services.flow.calendar_book import CalendarBook
from services.flow.edit import RecordEditor
from services.flow.number_desk import NumberDesk
from services.intake.ingest import RecordIntake
from services.intake.staging import Staging
from services.keeping.health import Health
from services.notifications.reading import NoticeReader
from services.notifications.ways import Ways
from services.people.accounts import Accounts
from services.people.delegations import DelegationDesk
from services.people.dictionary_book import DictionaryBook
from services.people.organisation_book import OrganisationBook
from services.people.people_file import PeopleLoader
from services.people.sessions import Sessions

_LOG = logging.getLogger(__name__)

OWN_WRITE_S = 3.0
"""How long a writer waits to see his own write in search (C3.5); durable it is before."""


@dataclass(frozen=True, slots=True)
class House:
    """The use cases and what they share."""

    clock: Clock
    kinds: Kinds
    book: OrganisationBook
    dictionaries: DictionaryBook
    accounts: Accounts
    sessions: Sessions
    people: PeopleLoader
    delegations: DelegationDesk
    staging: Staging
    ingest: RecordIntake
    editing: RecordEditor
    acting: ActionTaker
    browsing: RecordOpener
    receipts: ReceiptDesk
    related: RelatedFinder
    numbers: NumberDesk
    searching: RecordFinder
    lists: Lists
    health: Health
    settling: IndexWait
    notices: NoticeReader
    ways: Ways
    calendar: CalendarBook

    def settle(self, revision: Revision) -> Revision:
        """Wait a moment for the index, so that an actor sees his own write; then go on."""
        if places_of(revision):
            self._ask_for_effects(revision)
        entry = OutboxEntry(revision.record, revision.number, revision.event.write_id)
        try:
            self.settling.settle(entry, timeout_s=OWN_WRITE_S)
        except Unavailable as error:
            _LOG.warning("%s is durable and found later: %s", revision.record, error)
        return revision

    def _ask_for_effects(self, revision: Revision) -> None:
        try:
            self.settling.ask_for_effects(revision.record)
        except Unavailable as error:
            _LOG.warning("what follows from %s is done later: %s", revision.record, error)
