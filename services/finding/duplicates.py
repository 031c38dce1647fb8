"""Records that look like another one: the same 来文字号 of the same unit, entered twice (SW-01)."""

from records.identity import RecordId
from records.lists.facts import field_fact
from records.queries.query import And, Holds
from records.queries.search import ListOrder, Narrowing
from records.revision import Revision
from records.schema.kind import Kind
from services.finding.listing import Listed, Listing, RecordLister
from services.people.caller import Caller

MOST = 10


class DuplicateFinder:
    """Finds them by what their kind names (`same`)."""

    def __init__(self, lister: RecordLister) -> None:
        self._lister = lister

    def of(self, caller: Caller, kind: Kind, revision: Revision) -> tuple[Listed, ...]:
        """Others of the kind that the caller may read, with the same values in all those fields.

        None while one of the fields is empty. It warns; nothing is refused for it.
        """
        values = [revision.fields.get(name) for name in kind.same]
        if not values or not all(isinstance(value, str) and value for value in values):
            return ()
        facts = zip(kind.same, values, strict=True)
        tree = And(tuple(Holds((field_fact(name, str(value)),)) for name, value in facts))
        listing = Listing(
            tree, ListOrder.CHANGED, descending=True, narrowing=Narrowing(kinds=(kind.kind,))
        )
        rows = self._lister.page(caller, listing, size=MOST + 1).rows
        return tuple(row for row in rows if _is_other(row, revision.record))[:MOST]


def _is_other(row: Listed, record: RecordId) -> bool:
    return row.revision.record != record
