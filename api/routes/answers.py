"""Answers to what was published: 反馈 of a notice, 回执 of a meeting (TZ-04, TZ-07, DC-11)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import Field, TypeAdapter

from api.access import TheCaller, TheHouse
from api.answers import FieldWanted
from api.multipart import parsed, received
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.errors import Invalid
from records.identity import Recipient, RecordId
from services.after_commit.answers import Answer
from services.finding.browse import OpenRecord
from services.receipts.answer_desk import GivenAnswer, Slip

router = APIRouter(
    prefix="/api/v1/records/{record}/answers", tags=["answers"], route_class=BoundedRoute
)


class AnswerFile(Wire):
    """A file that came with an answer."""

    name: str
    size: int


class AnswerShape(Wire):
    """An answer; `late`: it came after the day."""

    number: int
    by: str
    at: datetime
    late: bool
    fields: dict[str, Any]
    files: list[AnswerFile]


class SlipShape(Wire):
    """What the caller answers, or may answer: for himself, or for the unit `name`.

    `number` is to be sent back with the answer; `overdue`: one given now counts as late; `open`:
    one is taken now.
    """

    recipient: str
    name: str
    number: int
    overdue: bool
    open: bool
    answer: AnswerShape | None
    fields: dict[str, FieldWanted]
    files: str | None
    """What files are called that may come along; null where none may."""


class AnswerCall(Wire):
    """An answer over the one of `number`, which the caller has before his eyes (0: none yet)."""

    number: int = Field(default=0, ge=0)
    recipient: str | None = None
    fields: dict[str, Any] = Field(default_factory=dict)
    removed: list[str] = Field(default_factory=list, description="Earlier files to leave out")
    idempotency_key: str | None = Field(default=None, max_length=200)


_CALL: TypeAdapter[AnswerCall] = TypeAdapter(AnswerCall)


@router.get("")
def slips(record: str, caller: TheCaller, house: TheHouse) -> list[SlipShape]:
    """What is asked of the caller, with what he has answered; empty where nothing is."""
    opened = house.browsing.open(caller, RecordId(record))
    return [_slip_shape(opened, slip) for slip in house.answers.slips(caller, opened)]


@router.post("", status_code=201)
def give(record: str, call: AnswerCall, caller: TheCaller, house: TheHouse) -> AnswerShape:
    """The caller answers, for himself or for his unit; after the day as well, and that is told."""
    opened = house.browsing.open(caller, RecordId(record))
    return answer_shape(house.answers.give(caller, opened, _given(call)))


@router.post("/with-files", status_code=201)
def give_with_files(
    record: str,
    call: Annotated[str, Form()],
    caller: TheCaller,
    house: TheHouse,
    file: list[UploadFile],
) -> AnswerShape:
    """An answer with files: `call` is the answer as JSON."""
    given = parsed("call", call, _CALL)
    if given is None:
        raise Invalid("bad_request", field="call", fault="missing")
    opened = house.browsing.open(caller, RecordId(record))
    with received(house.staging, file, ()) as files:
        answer = house.answers.give(caller, opened, replace(_given(given), files=files))
    return answer_shape(answer)


@router.get("/{recipient}/files/{name}", response_class=StreamingResponse)
def download(
    record: str, recipient: str, name: str, caller: TheCaller, house: TheHouse
) -> StreamingResponse:
    """A file of an answer, for those who took part in the record and for whose answer it is."""
    opened = house.browsing.open(caller, RecordId(record))
    stream = house.answers.file(caller, opened, Recipient(recipient), name)
    headers = {
        "Content-Disposition": content_disposition("attachment", stream.file.name),
        "Content-Length": str(stream.length),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(
        paced(stream.pieces), headers=headers, media_type="application/octet-stream"
    )


def answer_shape(answer: Answer) -> AnswerShape:
    """An answer as it goes over the wire."""
    return AnswerShape(
        number=answer.number,
        by=answer.by,
        at=answer.at,
        late=answer.late,
        fields=dict(answer.fields),
        files=[AnswerFile(name=file.name, size=file.size_bytes) for file in answer.files],
    )


def _given(call: AnswerCall) -> GivenAnswer:
    removed: Sequence[str] = call.removed
    return GivenAnswer(
        number=call.number,
        fields=call.fields,
        recipient=Recipient(call.recipient) if call.recipient else None,
        removed=removed,
        key=call.idempotency_key,
    )


def _slip_shape(opened: OpenRecord, slip: Slip) -> SlipShape:
    declared = opened.kind.answer
    fields = declared.fields if declared is not None else {}
    return SlipShape(
        recipient=slip.recipient,
        name=slip.name,
        number=slip.number,
        overdue=slip.overdue,
        open=slip.is_open,
        answer=answer_shape(slip.answer) if slip.answer else None,
        fields={
            name: FieldWanted(
                label=field.label,
                type=field.type,
                required=field.required,
                options=list(field.options),
            )
            for name, field in fields.items()
        },
        files=declared.files if declared is not None else None,
    )
