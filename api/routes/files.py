"""Files in and out: streamed, never whole in memory."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO, TypeVar

from fastapi import APIRouter, Form, Header, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import TypeAdapter, ValidationError

from api.access import TheCaller, TheHouse
from api.answers import Created
from api.conditions import ExpectedRevision, IdempotencyKey, tag
from api.ranges import window
from api.requests import GrantShape
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.disposition import disposition
from records.errors import Invalid
from records.faults import validation_fault
from records.file_names import clean_name
from records.identity import RecordId
from services.flow.change import NewFile
from services.flow.edit import Edit
from services.flow.granting import read_grants
from services.intake.ingest import Draft

router = APIRouter(prefix="/api/v1", tags=["files"], route_class=BoundedRoute)

_PIECE_BYTES = 1 << 20
_OBJECT: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_GRANTS: TypeAdapter[list[GrantShape]] = TypeAdapter(list[GrantShape])

Parsed = TypeVar("Parsed")
JsonText = Annotated[str | None, Form()]


@router.post("/files", status_code=201)
def upload(
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    file: UploadFile,
    kind: Annotated[str, Form()] = "library_file",
    fields: JsonText = None,
    grants: JsonText = None,
    level: JsonText = None,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """A new record that holds the file; durable when the answer comes (WJ-02, YP-01)."""
    given_fields = _parsed("fields", fields, _OBJECT) or {}
    shapes = _parsed("grants", grants, _GRANTS) or []
    opened = read_grants((shape.model_dump() for shape in shapes), caller.organisation)
    name = clean_name(file.filename or "")
    staged = house.staging.receive(_pieces(file.file), name=name)
    try:
        draft = Draft(
            kind=kind,
            fields=given_fields,
            grants=opened,
            level=level,
            files=[NewFile(name, staged)],
        )
        revision = house.ingest.begin(caller, draft, idempotency_key=idempotency_key)
        same = house.ingest.same_content(caller, revision)
    finally:
        house.staging.discard([staged])
    house.settle(revision)
    tag(response, revision.number)
    response.headers["Location"] = f"/api/v1/records/{revision.record}"
    return Created(id=revision.record, revision=revision.number, same_content=same)


@router.post("/records/{record}/files", status_code=201)
def add_file(
    record: str,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    expected: ExpectedRevision,
    file: UploadFile,
    part: JsonText = None,
    reason: JsonText = None,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """A new file of a record, or a new version of the one with the same name (YP-02)."""
    name = clean_name(file.filename or "")
    staged = house.staging.receive(_pieces(file.file), name=name)
    try:
        edit = Edit(files=[NewFile(name, staged, part)], reason=reason)
        revision = house.editing.edit(
            caller,
            RecordId(record),
            edit,
            revision=expected,
            idempotency_key=idempotency_key,
        )
    finally:
        house.staging.discard([staged])
    house.settle(revision)
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


@router.get("/records/{record}/files/{name}", response_class=StreamingResponse)
def download(
    record: str,
    name: str,
    caller: TheCaller,
    house: TheHouse,
    revision: int | None = None,
    range_: Annotated[str | None, Header(alias="Range")] = None,
) -> StreamingResponse:
    """Bytes of a file, whole or a range (YP-01). Always as an attachment."""
    file = house.browsing.file(caller, RecordId(record), name, number=revision)
    asked = window(range_, file.size_bytes)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": disposition("attachment", file.name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "ETag": f'"{file.sha256}"',
    }
    if asked.is_partial:
        headers["Content-Range"] = asked.content_range(file.size_bytes)
    if not asked.satisfiable:
        return StreamingResponse(iter(()), status_code=416, headers=headers)
    stream = house.browsing.stream(
        caller,
        RecordId(record),
        name,
        number=revision,
        start=asked.start,
        length=asked.length,
    )
    headers["Content-Length"] = str(stream.length)
    return StreamingResponse(
        paced(stream.pieces),
        status_code=206 if asked.is_partial else 200,
        headers=headers,
        media_type="application/octet-stream",
    )


def _parsed(name: str, text: str | None, adapter: TypeAdapter[Parsed]) -> Parsed | None:
    if text is None or not text.strip():
        return None
    try:
        return adapter.validate_python(json.loads(text))
    except ValidationError as error:
        fault = validation_fault(error.errors()[0])
        at = f"{name}.{fault.key}" if fault.place else name
        raise Invalid("bad_request", field=at, **fault.facts) from error
    except (ValueError, RecursionError) as error:
        raise Invalid("bad_request", field=name, fault="not_json") from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE_BYTES):
        yield piece
