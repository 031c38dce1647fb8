"""交换文件 between installations: written of an issued paper, read where it arrives (FW-25)."""

from fastapi import APIRouter, Depends, UploadFile
from fastapi.responses import StreamingResponse

from api.access import TheCaller, TheHouse
from api.answers import Created
from api.multipart import one_file_only
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.identity import RecordId
from records.meaning import title_of
from services.intake.exchange import pieces_once

router = APIRouter(prefix="/api/v1", tags=["exchange"], route_class=BoundedRoute)


@router.get("/records/{record}/exchange", response_class=StreamingResponse)
def write(record: str, caller: TheCaller, house: TheHouse) -> StreamingResponse:
    """The exchange file of an issued paper."""
    opened = house.browsing.open(caller, RecordId(record))
    path = house.exchange.write(caller, opened)
    name = f"{title_of(opened.kind, opened.latest)}.zip"
    return StreamingResponse(
        paced(pieces_once(path)),
        media_type="application/zip",
        headers={"Content-Disposition": content_disposition("attachment", name)},
    )


@router.post("/exchange", status_code=201, dependencies=[Depends(one_file_only)])
def read(caller: TheCaller, house: TheHouse, file: UploadFile) -> Created:
    """A paper of another installation begins here, as registered by who reads it."""
    revision = house.exchange.read(caller, file.file)
    house.settle(revision)
    return Created(id=revision.record, revision=revision.number)
