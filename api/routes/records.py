"""Records: begin, read, change, delete, history."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.access import TheCaller, TheHouse
from api.answers import Created, RecordShape, RevisionShape, record_shape, revision_shape
from api.conditions import ExpectedRevision, IdempotencyKey, tag
from api.requests import EditRequest, NewRecordRequest
from gate.bounded_request import BoundedRoute
from records.identity import RecordId, UnitCode
from services.flow.edit import Edit
from services.flow.granting import read_grants
from services.intake.ingest import Draft

router = APIRouter(prefix="/api/v1/records", tags=["records"], route_class=BoundedRoute)


@router.post("", status_code=201)
def begin(
    given: NewRecordRequest,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """A new record without files, such as a notice to be drafted."""
    grants = read_grants((shape.model_dump() for shape in given.grants), caller.organisation)
    draft = Draft(
        kind=given.kind,
        fields=given.fields,
        grants=grants,
        level=given.level,
        unit=UnitCode(given.unit) if given.unit is not None else None,
    )
    revision = house.settle(house.ingest.begin(caller, draft, idempotency_key=idempotency_key))
    tag(response, revision.number)
    response.headers["Location"] = f"/api/v1/records/{revision.record}"
    return Created(id=revision.record, revision=revision.number)


@router.get("/{record}")
def read(
    record: str,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    revision: Annotated[int | None, Query(ge=1)] = None,
) -> RecordShape:
    """The record at its newest, or at a given, revision."""
    opened = house.browsing.open(caller, RecordId(record), number=revision)
    tag(response, opened.revision.number)
    return record_shape(opened, house.scans)


@router.patch("/{record}")
def change(
    record: str,
    given: EditRequest,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    expected: ExpectedRevision,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """Change fields, grants or level; never the state. 409 when somebody was faster.

    The grants and the place of a folder go for all it holds.
    """
    grants = None
    if given.grants is not None:
        grants = read_grants((shape.model_dump() for shape in given.grants), caller.organisation)
    edit = Edit(
        fields=given.fields,
        removed=given.removed,
        renamed=given.renamed,
        grants=grants,
        level=given.level,
        reason=given.reason,
    )
    written = house.drive.desk.edit(
        caller, RecordId(record), edit, revision=expected, key=idempotency_key
    )
    house.settle_all(written)
    revision = written[-1]
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


@router.delete("/{record}", status_code=204)
def delete(
    record: str, caller: TheCaller, house: TheHouse, expected: ExpectedRevision, reason: str = ""
) -> None:
    """Delete a record without a flow, a folder with all it holds; its history stays."""
    house.settle_all(
        house.drive.desk.delete(caller, RecordId(record), revision=expected, reason=reason[:500])
    )


@router.get("/{record}/revisions")
def revisions(record: str, caller: TheCaller, house: TheHouse) -> list[RevisionShape]:
    """The history that is open to the caller, newest first."""
    opened = house.browsing.open(caller, RecordId(record))
    return [
        revision_shape(revision, took_part=opened.took_part)
        for revision in house.browsing.history(caller, opened)
    ]


@router.post("/{record}/opened", status_code=204)
def opened(record: str, caller: TheCaller, house: TheHouse) -> None:
    """The caller has opened a record that was published to him (未读 → 已读)."""
    house.browsing.noticed(caller, house.browsing.open(caller, RecordId(record)))
