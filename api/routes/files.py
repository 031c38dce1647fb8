"""Files in and out: streamed, never whole in memory."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Query, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import TypeAdapter

from api.access import TheCaller, TheHouse
from api.answers import Created
from api.conditions import ExpectedRevision, IdempotencyKey, tag
from api.multipart import JsonText, one_file_only, parsed, received
from api.ranges import window
from api.requests import GrantShape
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.identity import RecordId
from services.flow.edit import Edit, PastFile
from services.flow.granting import read_grants
from services.intake.ingest import Draft

router = APIRouter(prefix="/api/v1", tags=["files"], route_class=BoundedRoute)

_OBJECT: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_GRANTS: TypeAdapter[list[GrantShape]] = TypeAdapter(list[GrantShape])
_AS_ATTACHMENT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
"""Bytes of somebody are never run, and kept by nobody on the way."""


@router.post("/files", status_code=201, dependencies=[Depends(one_file_only)])
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
    given_fields = parsed("fields", fields, _OBJECT) or {}
    shapes = parsed("grants", grants, _GRANTS) or []
    opened = read_grants((shape.model_dump() for shape in shapes), caller.organisation)
    with received(house.staging, [file], ()) as files:
        draft = Draft(
            kind=kind,
            fields=given_fields,
            grants=opened,
            level=level,
            files=files,
        )
        revision = house.ingest.begin(caller, draft, idempotency_key=idempotency_key)
        same = house.ingest.same_content(caller, revision)
    house.settle(revision)
    tag(response, revision.number)
    response.headers["Location"] = f"/api/v1/records/{revision.record}"
    return Created(id=revision.record, revision=revision.number, same_content=same)


@router.post("/records/{record}/files", status_code=201, dependencies=[Depends(one_file_only)])
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
    """A new file of a record, or a new version of the one with the same name (YP-02).

    Who may not edit the record may yet add to the parts that `may_add` names (PRM-02).
    """
    with received(house.staging, [file], [part]) as files:
        revision = house.editing.edit(
            caller,
            RecordId(record),
            Edit(files=files, reason=reason),
            revision=expected,
            idempotency_key=idempotency_key,
        )
    house.settle(revision)
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)


@router.get("/records/{record}/handwriting/{sha256}", response_class=Response)
def handwriting(record: str, sha256: str, caller: TheCaller, house: TheHouse) -> Response:
    """The picture (SVG) of what somebody wrote by pen into his opinion, for who may read that."""
    body = house.browsing.handwriting(caller, RecordId(record), sha256)
    headers = {
        **_AS_ATTACHMENT,
        "Content-Disposition": content_disposition("attachment", "handwriting.svg"),
    }
    return Response(body, media_type="image/svg+xml", headers=headers)


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
        **_AS_ATTACHMENT,
        "Accept-Ranges": "bytes",
        "Content-Disposition": content_disposition("attachment", file.name),
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


@router.get(
    "/records/{record}/files/{name}/members/{member:path}", response_class=StreamingResponse
)
def member(
    record: str,
    name: str,
    member: str,
    caller: TheCaller,
    house: TheHouse,
    revision: int | None = None,
) -> StreamingResponse:
    """What an archive or a mail holds, by its path, in its own bytes. Always as an attachment."""
    opened = house.browsing.open(caller, RecordId(record), number=revision)
    fetched = house.members.fetch(opened.revision, opened.file(name), member)
    headers = {
        **_AS_ATTACHMENT,
        "Content-Disposition": content_disposition("attachment", fetched.name),
        "Content-Length": str(fetched.size_bytes),
        "ETag": f'"{fetched.sha256}"',
    }
    return StreamingResponse(
        paced(fetched.pieces), headers=headers, media_type="application/octet-stream"
    )


@router.post("/records/{record}/files/{name}/bring-back", status_code=201)
def bring_back(
    record: str,
    name: str,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
    expected: ExpectedRevision,
    number: Annotated[int, Query(ge=1)],
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """The file as revision `number` has it becomes the newest version; nothing is lost (YP-02)."""
    revision = house.settle(
        house.editing.bring_back(
            caller,
            RecordId(record),
            PastFile(name, number),
            revision=expected,
            idempotency_key=idempotency_key,
        )
    )
    tag(response, revision.number)
    return Created(id=revision.record, revision=revision.number)
