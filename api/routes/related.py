"""What a record came from and what came of it (M10)."""

from datetime import datetime

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.citing import ALIKE
from languages.notices import NOT_DELIVERED
from records.identity import RecordId
from records.meaning import title_of
from services.house import House
from services.relations.alike import Alike

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
    """Of one on the same matter: what both titles say."""


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
    """The record it came from, those that came of it, and others on the same matter (SS-08)."""
    opened = house.browsing.open(caller, RecordId(record))
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
        )
        for each in house.related.of(caller, opened)
    ]
    tied = {each.id for each in ties}
    alike = (
        each
        for each in house.search_aids.alike.of(caller, opened)
        if each.revision.record not in tied
    )
    return [*ties, *(_alike(each, house) for each in alike)]


def _alike(each: Alike, house: House) -> RelatedShape:
    revision = each.revision
    kind = house.kinds.of(revision)
    state = kind.state(revision.state)
    return RelatedShape(
        id=revision.record,
        link=ALIKE,
        is_parent=False,
        unit=revision.unit,
        title=title_of(kind, revision),
        state=state.label if state else None,
        done=state is None or state.done,
        said=None,
        why=each.why,
    )
