"""What was published to a person and has not run out; what of it he has not opened (TZ-03)."""

from collections.abc import Iterable
from dataclasses import replace

from records.identity import Login, RecordId
from records.lists.facts import AGAIN, STANDING, again_fact, field_fact, started_fact
from records.queries.query import Among, And, Holds, Not, Or, Query
from records.queries.search import ListOrder
from records.revision import Revision
from services.after_commit.deliveries import reading_of
from services.finding.listing import Listing, ListPage, RecordLister
from services.finding.person_marks import PersonMarks
from services.people.caller import Caller

MOST_PINNED = 50
"""So many stand on top at most; of more the newest."""

_PINNED = Holds((field_fact("pinned", "true"),))


class Announcements:
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
        """A page, the newest first; with `unread` only of those not opened yet.

        All of them begin with what is put on top (置顶), on the first page and nowhere else.
        """
        if unread:
            listing = self._listing(caller)
            return self._lister.page(caller, listing, size=size, after=after, before=before)
        on_top = self._lister.page(caller, _standing(_PINNED), size=MOST_PINNED)
        listing = _standing(Not(_PINNED))
        rest = self._lister.page(caller, listing, size=size, after=after, before=before)
        rows = rest.rows if rest.preceding else (*on_top.rows, *rest.rows)
        return replace(rest, rows=rows, total=rest.total + on_top.total)

    def unread(self, caller: Caller) -> int:
        """How many were not opened yet."""
        listings = {"unread": self._listing(caller)}
        return self._lister.totals(caller, listings)["unread"]

    def unread_among(self, caller: Caller, records: Iterable[Revision]) -> frozenset[RecordId]:
        """Which of these records were not opened yet."""
        opened = self._noticed.records(caller.person.login)
        return frozenset(
            each.record
            for each in records
            if reading_of(each) not in opened and each.owner != caller.person.login
        )

    def unread_tree(self, login: Login) -> Query:
        """The condition of those not opened yet, since they were delivered last."""
        marked: dict[int, set[RecordId]] = {1: set()}
        for mark in self._noticed.records(login):
            record, _, round_ = mark.partition("@")
            marked.setdefault(int(round_ or 1), set()).add(RecordId(record))
        opened = (
            And((_delivered(often), Among(frozenset(records))))
            for often, records in sorted(marked.items())
        )
        return And((Holds((STANDING,)), Not(Or((*opened, Holds((started_fact(login),)))))))

    def _listing(self, caller: Caller) -> Listing:
        return Listing(self.unread_tree(caller.person.login), ListOrder.CHANGED, descending=True)


def _standing(which: Query) -> Listing:
    """Published and not run out, and of this sort."""
    return Listing(And((Holds((STANDING,)), which)), ListOrder.CHANGED, descending=True)


def _delivered(often: int) -> Query:
    """Records that were delivered so often: once, unless a fact says more."""
    return Holds((again_fact(often),)) if often > 1 else Not(Holds((AGAIN,)))
