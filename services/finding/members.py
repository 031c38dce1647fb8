"""Members of containers in their own bytes: a file of a zip, what is attached to a mail (SS-03)."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from records.errors import Invalid, NotFound
from records.ports.file_shelf import FileShelf
from records.revision import FileVersion, Revision
from records.text import ContainedPart, ExtractedText
from services.after_commit.texts import Texts

_PIECE_BYTES = 1 << 20


class MemberReader(Protocol):
    """Takes one member out of a file; nothing of the file is parsed in the server."""

    def take(self, path: Path, *, name: str, member: str, into: BinaryIO) -> str:
        """Write the member of this path to `into`; its SHA-256. `name` is that of the file.

        Paths are those of `records.text.ContainedPart`. Raises Invalid (``member_unreadable``,
        with `outcome`: encrypted, bomb, too_large, nesting, link, missing, compression, parse,
        timeout, memory, crash) and Unavailable when no worker can be started.
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

    def __init__(self, shelf: FileShelf, texts: Texts, reader: MemberReader) -> None:
        self._shelf = shelf
        self._texts = texts
        self._reader = reader

    def fetch(self, revision: Revision, file: FileVersion, member: str) -> FetchedMember:
        """The member of this path, as the account of what the file holds has it.

        Raises NotFound (``unknown_member``), Invalid (``member_unreadable``), Unavailable.
        """
        part = self._part(revision, file, member)
        held = tempfile.TemporaryFile(prefix="wenshu-")  # noqa: SIM115 - closed with the last piece
        try:
            with self._shelf.local(revision.record, file.sha256) as path:
                sha256 = self._reader.take(path, name=file.name, member=member, into=held)
            if sha256 != part.sha256:
                raise Invalid("member_unreadable", name=file.name, member=member, outcome="parse")
            size_bytes = held.seek(0, 2)
        except BaseException:
            held.close()
            raise
        name = member.rpartition("/")[2]
        return FetchedMember(name, size_bytes, sha256, _pieces(held))

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


def _pieces(held: BinaryIO) -> Iterator[bytes]:
    with held:
        held.seek(0)
        while piece := held.read(_PIECE_BYTES):
            yield piece
