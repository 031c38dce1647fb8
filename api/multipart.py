"""Forms with files as programs send them: JSON in a field, files staged one by one."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, BinaryIO, TypeVar

from fastapi import Form, Request, UploadFile
from pydantic import TypeAdapter, ValidationError

from records.errors import Invalid
from records.faults import validation_fault
from records.file_names import clean_name
from services.flow.change import NewFile
from services.intake.staging import StagedFile, Staging

_PIECE_BYTES = 1 << 20

Parsed = TypeVar("Parsed")
JsonText = Annotated[str | None, Form()]


def parsed(name: str, text: str | None, adapter: TypeAdapter[Parsed]) -> Parsed | None:
    """The JSON of a field; None of an empty one. Raises Invalid (``bad_request``)."""
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


async def one_file_only(request: Request) -> None:
    """For addresses of one file: of several the framework would take the last, and lose the others.

    Raises Invalid (``too_many_files``).
    """
    form = await request.form()
    if len(form.getlist("file")) > 1:
        raise Invalid("too_many_files", most=1)


@contextmanager
def received(
    staging: Staging, uploads: Sequence[UploadFile], parts: Sequence[str | None]
) -> Iterator[list[NewFile]]:
    """The files, staged for the time of the context; each goes into the part at its place.

    The first part of the kind takes those for which no part is named. Raises Invalid
    (``empty_file``, ``too_large``) and Unavailable (``store_full``).
    """
    staged: list[StagedFile] = []
    files: list[NewFile] = []
    try:
        for place, upload in enumerate(uploads):
            name = clean_name(upload.filename or "")
            staged.append(staging.receive(_pieces(upload.file), name=name))
            files.append(NewFile(name, staged[-1], parts[place] if place < len(parts) else None))
        yield files
    finally:
        staging.discard(staged)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE_BYTES):
        yield piece
