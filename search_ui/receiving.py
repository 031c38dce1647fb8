"""Files of a form on their way in: staged one by one, never whole in memory, cleared afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile

from records.file_names import clean_name
from services.flow.change import NewFile
from services.intake.staging import StagedFile, Staging

_PIECE_BYTES = 1 << 20


PART = "part-"
"""Before the names of parts, as fields of a form."""


def places_of(parts: Iterable[str]) -> dict[str, str | None]:
    """The fields of a form for these parts."""
    return {f"{PART}{name}": name for name in parts}


@contextmanager
def received(
    staging: Staging,
    form: FormData,
    places: Mapping[str, str | None],
) -> Iterator[list[NewFile]]:
    """The files of a form, staged for the time of the context.

    `places` are the fields that hold files, and the part that those of each go into. Raises
    Invalid (``empty_file``, ``too_large``) and Unavailable (``store_full``).
    """
    staged: list[StagedFile] = []
    files: list[NewFile] = []
    try:
        for name, place in places.items():
            for upload in form.getlist(name):
                # A file field left empty is sent as a file without a name.
                if isinstance(upload, UploadFile) and upload.filename:
                    called = clean_name(upload.filename)
                    staged.append(staging.receive(_pieces(upload.file), name=called))
                    files.append(NewFile(called, staged[-1], place))
        yield files
    finally:
        staging.discard(staged)


def names_of_files(form: FormData) -> tuple[str, ...]:
    """What the files are called that came with a form."""
    return tuple(
        clean_name(value.filename)
        for _, value in form.multi_items()
        if isinstance(value, UploadFile) and value.filename
    )


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE_BYTES):
        yield piece
