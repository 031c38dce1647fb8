"""What a field of one record stands for while it is empty: 红头模板 by 发文字号 (MB-03, MB-04)."""

from records.flow.action_parts import Copies
from records.identity import RecordId
from records.lists.facts import field_fact
from records.queries.query import And, Holds
from records.queries.search import ListOrder, Narrowing
from records.revision import Revision
from records.schema.kind import Kind, Kinds
from services.finding.listing import Listing, RecordLister
from services.people.caller import Caller


class DefaultFinder:
    """Finds them among what the caller may read; of several the one changed last."""

    def __init__(self, lister: RecordLister, kinds: Kinds) -> None:
        self._lister = lister
        self._kinds = kinds

    def of(self, caller: Caller, kind: Kind, revision: Revision, copies: Copies) -> RecordId | None:
        """The record in the state that its kind begins in, alike in the fields of `copies.same`."""
        other = self._kinds.find(kind.fields[copies.of].of or "")
        values = {name: revision.fields.get(own) for own, name in copies.same.items()}
        if other is None or not copies.same or not all(values.values()):
            return None
        facts = [field_fact(name, str(value)) for name, value in values.items()]
        facts.append(f"state={other.kind}/{other.start.state}")
        listing = Listing(
            And(tuple(Holds((fact,)) for fact in facts)),
            ListOrder.CHANGED,
            descending=True,
            narrowing=Narrowing(kinds=(other.kind,)),
        )
        rows = self._lister.page(caller, listing, size=1).rows
        return rows[0].revision.record if rows else None
