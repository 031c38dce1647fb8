"""What a record cites, what cites it, and what people said of its citations (SS-08)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.answers import Created
from api.conditions import ExpectedRevision, IdempotencyKey, tag
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.citing import RELATIONS
from records.identity import RecordId
from records.meaning import number_of, title_of
from records.queries.citation_corrections import CitationCorrection
from records.queries.relations import Relation
from services.house import House
from services.people.caller import Caller
from services.relations.citation_desk import Said
from services.relations.citations import Cited

router = APIRouter(prefix="/api/v1/records/{record}", tags=["related"], route_class=BoundedRoute)

_Anchor = Annotated[str, Field(max_length=300)]


class CitedShape(Wire):
    """The other end of a citation; its id is null where no record is found for it.

    `anchors` name it in the text of the record that cites, for a correction.
    """

    id: str | None
    title: str | None
    number: str | None
    relation: str
    label: str
    text: str
    anchors: tuple[str, ...] = ()


class CorrectionShape(Wire):
    """What somebody said of a citation; `text` is empty for one that the text does not tell."""

    anchor: str
    text: str
    relation: str | None
    means: str | None
    is_none: bool
    by: str
    at: datetime


class CitationsShape(Wire):
    """Both directions, as far as the caller may read the other ends; corrections for who edits."""

    cites: list[CitedShape]
    cited_by: list[CitedShape]
    corrections: list[CorrectionShape]


class CorrectionRequest(Wire):
    """That a citation is none, or is of another sort, or that it means another record.

    Without `anchors` it is one that the text does not tell.
    """

    anchors: list[_Anchor] = Field(default_factory=list, max_length=50)
    relation: Relation | None = None
    means: str | None = Field(default=None, max_length=64)
    is_none: bool = False


@router.get("/citations")
def citations(record: str, caller: TheCaller, house: TheHouse) -> CitationsShape:
    """Numbers and titles in 《》 that its text cites, and records whose texts cite it."""
    opened = house.browsing.open(caller, RecordId(record))
    found = house.search_aids.citations.of(caller, opened)
    said = house.search_aids.citation_desk.seen(caller, opened.revision) if opened.may_edit else ()
    return CitationsShape(
        cites=[_shape(house, each) for each in found.cites],
        cited_by=[_shape(house, each) for each in found.cited_by],
        corrections=[_correction(caller, each) for each in said],
    )


@router.post("/citations/corrections", status_code=201)
def correct(
    record: str,
    given: CorrectionRequest,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    expected: ExpectedRevision,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """Say what a citation of the record is, as its next revision. 409 when somebody was faster."""
    said = Said(
        anchors=given.anchors,
        relation=given.relation,
        means=RecordId(given.means) if given.means is not None else None,
        is_none=given.is_none,
    )
    revision = house.settle(
        house.search_aids.citation_desk.correct(
            caller, RecordId(record), said, revision=expected, idempotency_key=idempotency_key
        )
    )
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


@router.delete("/citations/corrections")
def take_back(
    record: str,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    expected: ExpectedRevision,
    anchor: Annotated[list[_Anchor], Query(max_length=50)],
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """Take back what was said: the citation is again what is read from the text."""
    revision = house.settle(
        house.search_aids.citation_desk.take_back(
            caller, RecordId(record), anchor, revision=expected, idempotency_key=idempotency_key
        )
    )
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


def _shape(house: House, each: Cited) -> CitedShape:
    revision = each.revision
    kind = house.kinds.of(revision) if revision else None
    return CitedShape(
        id=revision.record if revision else None,
        title=title_of(kind, revision) if kind and revision else None,
        number=number_of(kind, revision) if kind and revision else None,
        relation=each.relation,
        label=RELATIONS[each.relation],
        text=each.text,
        anchors=each.anchors,
    )


def _correction(caller: Caller, each: CitationCorrection) -> CorrectionShape:
    return CorrectionShape(
        anchor=each.anchor,
        text=each.text,
        relation=each.relation,
        means=each.means,
        is_none=each.is_none,
        by=caller.organisation.name_of(each.by),
        at=each.at,
    )
