"""What a record cites, and what cites it (SS-08)."""

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.citing import RELATIONS
from records.identity import RecordId
from records.meaning import number_of, title_of
from services.searching.citations import Cited

router = APIRouter(prefix="/api/v1/records/{record}", tags=["related"], route_class=BoundedRoute)


class CitedShape(Wire):
    """The other end of a citation; its id is null where no record is found for it."""

    id: str | None
    title: str | None
    number: str | None
    relation: str
    label: str
    text: str


class CitationsShape(Wire):
    """Both directions, as far as the caller may read the other ends."""

    cites: list[CitedShape]
    cited_by: list[CitedShape]


@router.get("/citations")
def citations(record: str, caller: TheCaller, house: TheHouse) -> CitationsShape:
    """Numbers and titles in 《》 that its text cites, and records whose texts cite it."""
    opened = house.browsing.open(caller, RecordId(record))
    found = house.search_aids.citations.of(caller, opened)

    def shape(each: Cited) -> CitedShape:
        revision = each.revision
        kind = house.kinds.of(revision) if revision else None
        return CitedShape(
            id=revision.record if revision else None,
            title=title_of(kind, revision) if kind and revision else None,
            number=number_of(kind, revision) if kind and revision else None,
            relation=each.relation,
            label=RELATIONS[each.relation],
            text=each.text,
        )

    return CitationsShape(
        cites=[shape(each) for each in found.cites],
        cited_by=[shape(each) for each in found.cited_by],
    )
