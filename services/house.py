"""All use cases of one installation, as the drivers are handed them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from records.errors import Unavailable
from records.identity import Login
from records.ports.clock import Clock
from records.ports.effect_outbox import places_of
from records.ports.outbox import OutboxEntry
from records.revision import Revision
from records.schema.dictionaries import POSTS
from records.schema.kind import Kinds
from services.after_commit.settling import IndexWait
from services.finding.browse import RecordOpener
from services.finding.members import MemberFetcher
from services.finding.related import RelatedFinder
from services.flow.act import ActionTaker
from services.flow.bulk_action import BulkActionTaker
from services.flow.calendar_book import CalendarBook
from services.flow.edit import RecordEditor
from services.flow.number_desk import NumberDesk
from services.flow.stranding import StrandingDesk
from services.house_parts.administration import Administration
from services.house_parts.drive import Drive
from services.house_parts.entry import Entry
from services.house_parts.lists import Lists
from services.house_parts.rosters import Rosters
from services.house_parts.search_aids import SearchAids
from services.intake.exchange import PaperExchange
from services.intake.ingest import RecordIntake
from services.intake.staging import Staging
from services.keeping.health import Health
from services.keeping.rebuild_desk import RebuildDesk
from services.notifications.notice_reader import NoticeReader
from services.notifications.ways import Ways
from services.people.accounts import Accounts
from services.people.app_tokens import AppTokens
from services.people.delegations import DelegationDesk
from services.people.dictionary_book import DictionaryBook
from services.people.first_visit import FirstVisit
from services.people.organisation_book import OrganisationBook
from services.people.people_file import PeopleLoader
from services.people.phrases import PhraseBook
from services.people.planner import Planner
from services.people.sessions import Sessions
from services.receipts.answer_desk import AnswerDesk
from services.receipts.receipt_desk import ReceiptDesk
from services.scanning.scan_desk import ScanDesk
from services.searching.record_finder import RecordFinder

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
    app_tokens: AppTokens
    people: PeopleLoader
    administration: Administration
    entry: Entry
    delegations: DelegationDesk
    phrases: PhraseBook
    planner: Planner
    first_visit: FirstVisit
    rosters: Rosters
    staging: Staging
    ingest: RecordIntake
    exchange: PaperExchange
    drive: Drive
    acting: ActionTaker
    in_bulk: BulkActionTaker
    stranding: StrandingDesk
    browsing: RecordOpener
    receipts: ReceiptDesk
    answers: AnswerDesk
    related: RelatedFinder
    numbers: NumberDesk
    searching: RecordFinder
    search_aids: SearchAids
    lists: Lists
    health: Health
    rebuilds: RebuildDesk
    scans: ScanDesk
    members: MemberFetcher
    settling: IndexWait
    notices: NoticeReader
    ways: Ways
    calendar: CalendarBook

    @property
    def editing(self) -> RecordEditor:
        """Changes of single records."""
        return self.drive.editing

    @property
    def post_words(self) -> tuple[str, ...]:
        """What posts can be called, words out of use included: the dictionary of posts."""
        return self.dictionaries.current().get(POSTS).words

    def owner_of(self, secret: str) -> Login:
        """Whose a secret is, of a session or of a token. Raises Refused."""
        if self.app_tokens.is_one(secret):
            return self.app_tokens.find(secret).login
        return self.sessions.find(secret).login

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

    def settle_all(self, revisions: Sequence[Revision]) -> None:
        """The same for several that one person wrote: what follows from each, and one wait."""
        for revision in revisions[:-1]:
            if places_of(revision):
                self._ask_for_effects(revision)
        if revisions:
            self.settle(revisions[-1])

    def write_exports(self) -> None:
        """Have exports gone on with now; by themselves they are from time to time."""
        try:
            self.settling.ask_for_exports()
        except Unavailable as error:
            _LOG.warning("exports are written later: %s", error)

    def _ask_for_effects(self, revision: Revision) -> None:
        try:
            self.settling.ask_for_effects(revision.record)
        except Unavailable as error:
            _LOG.warning("what follows from %s is done later: %s", revision.record, error)
