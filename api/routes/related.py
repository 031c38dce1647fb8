"""What a record came from and what came of it (M10)."""

from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.citing import ALIKE, SAME
from languages.notices import NOT_DELIVERED
from records.identity import RecordId
from records.meaning import dated_on, number_of, title_of
from records.revision import Revision
from services.house import House
from services.people.caller import Caller

router = APIRouter(prefix="/api/v1/records/{record}", tags=["related"], route_class=BoundedRoute)


class RelatedShape(Wire):
    """The other end of a tie; its title is null for who may not read it.

    `said` is why it was sent back.
    """

    id: str
    link: str
    is_parent: bool
    unit: str | None
    title: str | None
    state: str | None
    done: bool
    said: str | None
    why: tuple[str, ...] = ()
    """Of one on the same matter: what both titles say; of one that looks the same: in what."""
    both_cite: tuple[str, ...] = ()
    """Of one on the same matter: numbers and titles that both cite."""
    number: str | None = None
    unit_name: str | None = None
    dated_on: date | None = None


class DuplicateShape(Wire):
    """A record that looks the same."""

    id: str
    title: str
    created_at: datetime


@router.get("/duplicates")
def duplicates(record: str, caller: TheCaller, house: TheHouse) -> list[DuplicateShape]:
    """Others of its kind that look the same, as far as the caller may read them (SW-01)."""
    opened = house.browsing.open(caller, RecordId(record))
    found = house.lists.duplicates.of(caller, opened.kind, opened.revision)
    return [
        DuplicateShape(
            id=row.revision.record,
            title=title_of(row.kind, row.revision),
            created_at=row.revision.created_at,
        )
        for row in found
    ]


@router.get("/related")
def related(record: str, caller: TheCaller, house: TheHouse) -> list[RelatedShape]:
    """What it came from, what came of it, what looks the same, what is on the same matter (SS-08).

    Of what looks the same the oldest are told, of what is on the same matter the likest.
    """
    opened = house.browsing.open(caller, RecordId(record))
    aids, told = house.search_aids, _Told(house, caller)
    ties = [
        RelatedShape(
            id=each.record,
            link=each.link,
            is_parent=each.is_parent,
            unit=each.unit,
            title=each.title,
            state=each.state if each.is_there else NOT_DELIVERED,
            done=each.is_done,
            said=each.said,
            number=each.number or None,
            unit_name=caller.organisation.full_name(each.unit) if each.unit else None,
            dated_on=each.dated_on,
        )
        for each in house.related.of(caller, opened)
    ]
    known = {each.id for each in ties}
    found = [
        told.of(each.revision, SAME, why=tuple(each.why))
        for each in aids.look_alikes.of(caller, opened.revision).found
        if each.revision.record not in known
    ]
    known |= {each.id for each in found}
    cites = aids.citations.cited(caller, opened.revision)
    found += [
        told.of(each.revision, ALIKE, why=each.why, both_cite=each.both_cite)
        for each in aids.alike.of(caller, opened, cites)
        if each.revision.record not in known
    ]
    return [*ties, *found]


@dataclass(frozen=True, slots=True)
class _Told:
    house: House
    caller: Caller

    def of(
        self,
        revision: Revision,
        link: str,
        *,
        why: tuple[str, ...] = (),
        both_cite: tuple[str, ...] = (),
    ) -> RelatedShape:
        """A record that the caller may read."""
        kind = self.house.kinds.of(revision)
        state = kind.state(revision.state)
        return RelatedShape(
            id=revision.record,
            link=link,
            is_parent=False,
            unit=revision.unit,
            title=title_of(kind, revision),
            state=state.label if state else None,
            done=state is None or state.done,
            said=None,
            why=why,
            both_cite=both_cite,
            number=number_of(kind, revision) or None,
            unit_name=self.caller.organisation.full_name(revision.unit),
            dated_on=dated_on(kind, revision),
        )
