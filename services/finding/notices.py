"""What was published to a person and has not run out; what of it he has not opened (TZ-03)."""

from collections.abc import Iterable

from records.facts import STANDING, started_fact
from records.identity import Login, RecordId
from records.query import Among, And, Holds, Not, Or, Query
from records.revision import Revision
from records.search import Slot
from services.finding.listing import Listing, ListPage, RecordLister
from services.finding.person_marks import PersonMarks
from services.people.caller import Caller


class Notices:
    """Lists notices of a person; his own count as opened."""

    def __init__(self, lister: RecordLister, noticed: PersonMarks) -> None:
        self._lister = lister
        self._noticed = noticed

    def page(
        self,
        caller: Caller,
        *,
        unread: bool,
        size: int,
        after: str | None = None,
        before: str | None = None,
    ) -> ListPage:
        """A page, the newest first; with `unread` only of those not opened yet."""
        listing = self._listing(caller, unread=unread)
        return self._lister.page(caller, listing, size=size, after=after, before=before)

    def unread(self, caller: Caller) -> int:
        """How many were not opened yet."""
        listings = {"unread": self._listing(caller, unread=True)}
        return self._lister.totals(caller, listings)["unread"]

    def unread_among(self, caller: Caller, records: Iterable[Revision]) -> frozenset[RecordId]:
        """Which of these records were not opened yet."""
        opened = self._noticed.records(caller.person.login)
        return frozenset(
            each.record
            for each in records
            if each.record not in opened and each.owner != caller.person.login
        )

    def unread_tree(self, login: Login) -> Query:
        """The condition of those not opened yet."""
        opened = Or((Among(self._noticed.records(login)), Holds((started_fact(login),))))
        return And((Holds((STANDING,)), Not(opened)))

    def _listing(self, caller: Caller, *, unread: bool) -> Listing:
        tree = self.unread_tree(caller.person.login) if unread else Holds((STANDING,))
        return Listing(tree, Slot.CHANGED, descending=True)
