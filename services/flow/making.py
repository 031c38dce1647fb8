"""Files that an action makes out of those of its record, before its marks certify them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from records.errors import Refused
from records.flow.decision import Office
from records.flow.declarations import ActionDeclaration, MakesDeclaration
from records.flow.handwriting import picture_of, read_drawing
from records.flow.task import Handwriting
from records.ports.document_maker import DocumentMaker, Form
from records.ports.file_shelf import FileShelf
from records.revision import FileVersion, Revision
from records.schema.kind import Kind
from services.flow.adding import brought
from services.flow.change import NewFile
from services.intake.staging import Staging
from services.people.caller import Caller

_DRAWN = "handwriting.svg"


class RecordFileMaker:
    """Makes the files of an action (清稿, 制版), and the picture of a pen."""

    def __init__(self, shelf: FileShelf, maker: DocumentMaker, staging: Staging) -> None:
        self._shelf = shelf
        self._maker = maker
        self._staging = staging

    @contextmanager
    def made(
        self, caller: Caller, office: Office, before: Revision, action: ActionDeclaration
    ) -> Iterator[tuple[Revision, tuple[NewFile, ...]]]:
        """The record as if what the action makes, or copies of another, stood in it.

        With it the files still to be stored. Raises Refused (``incomplete``) while there is nothing
        to make it of, Invalid (``not_makeable``). What was made is removed in the end, whether or
        not it was stored.
        """
        new: list[NewFile] = []
        try:
            new.extend(self._new_files(office, before, action))
            standing = {(file.part, file.sha256) for file in before.files}
            new_ones = tuple(f for f in new if (f.part, f.staged.sha256) not in standing)
            if not new_ones:
                yield before, ()
                return
            held = [file.name for file in before.files]
            files = brought(office.kind, before, caller, new_ones, kept=held)
            yield before.model_copy(update={"files": files}), new_ones
        finally:
            self._staging.discard(tuple(file.staged for file in new))

    def _new_files(
        self, office: Office, before: Revision, action: ActionDeclaration
    ) -> Iterator[NewFile]:
        if action.makes is not None:
            source = _source(office.kind, before, action.makes)
            yield self._new_file(before, source, action.makes)
        other = office.related.get(action.copies.of) if action.copies is not None else None
        if action.copies is None or other is None:
            return  # the engine refuses what copies of nothing
        for part, from_ in action.copies.files.items():
            held = [file for file in other.files if file.part == from_]
            if held:
                yield self._copied(other, held[-1], part)

    def _copied(self, other: Revision, file: FileVersion, part: str) -> NewFile:
        """A file of another record; this one has it as its own from then on."""
        with self._shelf.local(other.record, file.sha256) as path, path.open("rb") as stream:
            pieces = iter(lambda: stream.read(1 << 20), b"")
            return NewFile(file.name, self._staging.receive(pieces, name=file.name), part)

    @contextmanager
    def drawn(self, line: str) -> Iterator[tuple[Handwriting | None, tuple[NewFile, ...]]]:
        """The picture of what was written by pen, still to be stored; nothing for an empty line.

        Raises Invalid as `read_drawing`. The picture is removed in the end as what was made.
        """
        if not line:
            yield None, ()
            return
        body, width, height = picture_of(read_drawing(line))
        staged = self._staging.receive((body,), name=_DRAWN)
        try:
            kept = Handwriting(
                sha256=staged.sha256, size_bytes=staged.size_bytes, width=width, height=height
            )
            yield kept, (NewFile(_DRAWN, staged),)
        finally:
            self._staging.discard((staged,))

    def _new_file(self, before: Revision, source: FileVersion, makes: MakesDeclaration) -> NewFile:
        with self._shelf.local(before.record, source.sha256) as path:
            made = self._maker.make(path, name=source.name, form=Form(makes.form))
            name = str(PurePosixPath(source.name).with_suffix(made.suffix))
            if made.body is not None:
                staged = self._staging.receive((made.body,), name=name)
                return NewFile(name, staged, makes.part)
            with path.open("rb") as stream:
                pieces = iter(lambda: stream.read(1 << 20), b"")
                return NewFile(name, self._staging.receive(pieces, name=name), makes.part)


def _source(kind: Kind, revision: Revision, makes: MakesDeclaration) -> FileVersion:
    held = [file for file in revision.files if file.part == makes.from_]
    if not held:
        raise Refused("incomplete", missing=(kind.parts[makes.from_].label,))
    return held[-1]
