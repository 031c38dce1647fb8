"""Members of containers in their own bytes: a file of a zip, what is attached to a mail (SS-03)."""

import os
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from records.errors import Invalid, NotFound, Unavailable
from records.ports.file_shelf import FileShelf
from records.revision import FileVersion, Revision
from records.text import ContainedPart, ExtractedText
from services.after_commit.texts import Texts
from services.asker import asker_now
from services.finding.drawings import Drawings
from services.turns import Share, Turn, Turns

_PIECE_BYTES = 1 << 20
_PATIENCE_S = 5.0
"""How long an asker waits for a worker: he keeps a place of the previews meanwhile."""
_HELD = Share(at_work=4, at_work_each=2, present=4, present_each=2)
"""Fetches until their last byte has gone, each with up to 256 MiB on the disk."""


class MemberReader(Protocol):
    """Takes one member out of a file; nothing of the file is parsed in the server."""

    def take(self, path: Path, *, name: str, member: str, into: BinaryIO) -> str:
        """Write the member of this path to `into`; its SHA-256. `name` is that of the file.

        Paths are those of `records.text.ContainedPart`. Raises Invalid (``member_unreadable``,
        with `outcome`: encrypted, bomb, too_large, nesting, link, missing, compression, parse,
        timeout, memory, crash) and Unavailable when no worker can be started, or nobody waits.
        """
        ...

    def close(self) -> None:
        """Stop all workers. Calling it twice does no harm."""
        ...


@dataclass(frozen=True, slots=True)
class FetchedMember:
    """A member on its way out; `pieces` are read once, and what they stand in goes with them."""

    name: str
    size_bytes: int
    sha256: str
    pieces: Iterator[bytes]


class MemberFetcher:
    """Fetches members. The caller has been let in by `RecordOpener`, which gave the revision."""

    def __init__(
        self,
        shelf: FileShelf,
        texts: Texts,
        reader: MemberReader,
        drawings: Drawings,
        *,
        folder: Path,
    ) -> None:
        """`drawings` gives turns at the reader; `folder` holds what is on its way out."""
        self._shelf = shelf
        self._texts = texts
        self._reader = reader
        self._drawings = drawings
        self._folder = folder
        self._held = Turns(_HELD)

    def fetch(self, revision: Revision, file: FileVersion, member: str) -> FetchedMember:
        """The member of this path, as the account of what the file holds has it.

        Raises NotFound (``unknown_member``); Invalid (``member_unreadable``), again without a try
        for some minutes; Refused (``too_many_at_once``) and Unavailable (``busy``) where too much
        is on its way out or no worker is free in time; Unavailable (``no_room_to_unpack``).
        """
        part = self._part(revision, file, member)
        turn = self._held.arrive(asker_now().key)
        try:
            held = self._drawings.once(
                ("member", file.sha256, file.name, member),
                lambda: self._taken(revision, file, part),
                patience_s=_PATIENCE_S,
            )
        except BaseException:
            turn.leave()
            raise
        pieces = _pieces(held, turn)
        weakref.finalize(pieces, turn.leave)  # where nobody reads even the first
        return FetchedMember(member.rpartition("/")[2], held.size_bytes, held.sha256, pieces)

    def _taken(self, revision: Revision, file: FileVersion, part: ContainedPart) -> "_Held":
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            held = _Held(tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115 - as `_Held` says
        except OSError as error:
            raise Unavailable("no_room_to_unpack", name=file.name) from error
        try:
            with self._shelf.local(revision.record, file.sha256) as path:
                self._unpack(path, file, part, held)
        except BaseException:
            held.file.close()  # at once: the error is remembered, and with it what it stood in
            raise
        return held

    def _unpack(self, path: Path, file: FileVersion, part: ContainedPart, held: "_Held") -> None:
        try:
            sha256 = self._reader.take(path, name=file.name, member=part.path, into=held.file)
            held.end(sha256)
        except OSError as error:
            raise Unavailable("no_room_to_unpack", name=file.name) from error
        if sha256 != part.sha256:
            raise Invalid("member_unreadable", name=file.name, member=part.path, outcome="parse")

    def _part(self, revision: Revision, file: FileVersion, member: str) -> ContainedPart:
        text = self._texts.kept(revision.record, file.sha256)
        parts = text.parts[1:] if text else ()
        part = next((each for each in parts if each.path == member), None)
        if text is None or part is None:
            raise NotFound("unknown_member", name=file.name, member=member)
        if not may_be_fetched(text, part):
            outcome = part.reason or "compression"
            raise Invalid("member_unreadable", name=file.name, member=member, outcome=outcome)
        return part


def may_be_fetched(text: ExtractedText, part: ContainedPart) -> bool:
    """Whether a part has bytes that are unpacked here; what a Tika server unpacked is not."""
    return bool(part.path) and part.sha256 is not None and text.engine is None


class _Held:
    """A member unpacked into a file without a name, which closes when nobody has it any more."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size_bytes = 0
        self.sha256 = ""
        weakref.finalize(self, file.close)

    def end(self, sha256: str) -> None:
        """All of it was written. Raises OSError where the rest finds no room."""
        self.file.flush()
        self.size_bytes, self.sha256 = self.file.tell(), sha256


def _pieces(held: _Held, turn: Turn) -> Iterator[bytes]:
    """Read by place, since several may read one file at once."""
    try:
        at = 0
        while piece := os.pread(held.file.fileno(), _PIECE_BYTES, at):
            at += len(piece)
            yield piece
    finally:
        turn.leave()
