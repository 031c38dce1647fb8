"""Files of a form on their way in: staged one by one, never whole in memory, cleared afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile

from records.file_names import clean_name
from records.kind import Kind
from services.flow.change import NewFile
from services.intake.staging import StagedFile, Staging

_PIECE_BYTES = 1 << 20


@contextmanager
def received(
    staging: Staging,
    form: FormData,
    kind: Kind | None,
    *,
    field: str = "",
    part: str | None = None,
) -> Iterator[list[NewFile]]:
    """The files of a form, staged for the time of the context.

    With a kind those of its parts (fields `part-NAME`), else those of one field. Raises Invalid
    (``empty_file``, ``too_large``) and Unavailable (``store_full``).
    """
    fields = {f"part-{name}": name for name in kind.parts} if kind else {field: part}
    staged: list[StagedFile] = []
    files: list[NewFile] = []
    try:
        for name, place in fields.items():
            for upload in form.getlist(name):
                # A file field left empty is sent as a file without a name.
                if isinstance(upload, UploadFile) and upload.filename:
                    called = clean_name(upload.filename)
                    staged.append(staging.receive(_pieces(upload.file), name=called))
                    files.append(NewFile(called, staged[-1], place))
        yield files
    finally:
        staging.discard(staged)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE_BYTES):
        yield piece
