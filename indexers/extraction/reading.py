"""One part being read: where a reader puts text and what the part contains."""

import re
import time
from pathlib import Path
from typing import Protocol

from indexers.extraction.limits import ReadingLimits
from notation.plain_text import text_alone
from records.text import ExtractionStatus

_FLUSH_CHARACTERS = 32_000
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""What stands where a font or a charset did not say which character: U+FFFD, private use."""


class Unreadable(Exception):
    """A reader cannot go on: the status and the reason to be told. Text read so far is kept."""

    def __init__(self, reason: str, status: ExtractionStatus = ExtractionStatus.FAILED) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Exhausted(Unreadable):
    """A limit of the whole file is reached."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, ExtractionStatus.TRUNCATED)


class Budget:
    """What the file and all it contains may still cost."""

    def __init__(self, limits: ReadingLimits, seconds: float) -> None:
        self.characters_left = limits.characters
        self.parts_left = limits.parts
        self.bytes_left = limits.unpacked_bytes
        self.ends_at = time.monotonic() + seconds


class Containing(Protocol):
    """Takes what a part contains; the router is one."""

    def member(self, inside: "Reading", name: str, path: Path) -> None:
        """Read a member that was unpacked to `path`."""

    def unread(  # noqa: D102 - same as `Reading.unread`
        self, inside: "Reading", name: str, size_bytes: int, told: Unreadable, *, skipped: bool
    ) -> None: ...

    def new_file(self, suffix: str) -> Path:
        """A path in the private folder where nothing stands yet."""


class Write(Protocol):
    """Sends text of the part."""

    def __call__(self, text: str, *, page: int | None, deleted: bool) -> None: ...  # noqa: D102


class Reading:
    """One part being read. Readers see nothing else of the machinery."""

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        part: str,
        suffix: str,
        depth: int,
        limits: ReadingLimits,
        budget: Budget,
        containing: Containing,
        write: Write,
    ) -> None:
        self.path = path
        self.name = name
        self.part = part
        self.suffix = suffix
        self.depth = depth
        self.limits = limits
        self.budget = budget
        self._containing = containing
        self._write = write
        self._waiting: list[str] = []
        self._waiting_characters = 0
        self._place: tuple[int | None, bool] = (None, False)
        self._has_text = False
        self._characters = self._unknown = 0
        self.has_members = False

    def text(self, text: str, *, page: int | None = None, deleted: bool = False) -> None:
        """Append text to a page; pages come in order. Raises Exhausted at the limit."""
        if (page, deleted) != self._place:
            self.flush()
            self._place = (page, deleted)
        left = self.budget.characters_left
        kept = clean(text[:left])
        self._waiting.append(kept)
        self._waiting_characters += len(kept)
        self.budget.characters_left -= len(kept)
        if len(text) > left:
            self.flush()
            raise Exhausted("too_long")
        if self._waiting_characters >= _FLUSH_CHARACTERS:
            self.flush()
            if time.monotonic() > self.budget.ends_at:
                raise Exhausted("timeout")

    def about(self, text: str) -> None:
        """A line about the file, such as its title; a scan that has one is still without text."""
        has_text = self.has_text
        if text := text.strip():
            self.text(f"{text}\n")
            self.flush()
        self._has_text = has_text

    def flush(self) -> None:
        """Send what waits, so that it survives whatever comes."""
        text = "".join(self._waiting)
        page, deleted = self._place
        self._waiting, self._waiting_characters = [], 0
        if text and not text.isspace():
            self._has_text = True
            self._characters += len(text)
            self._unknown += len(_UNKNOWN.findall(text))
        for start in range(0, len(text), _FLUSH_CHARACTERS):
            self._write(text[start : start + _FLUSH_CHARACTERS], page=page, deleted=deleted)

    @property
    def has_text(self) -> bool:
        """Whether anything but white space was read."""
        self.flush()
        return self._has_text

    @property
    def is_garbled(self) -> bool:
        """Whether more than one in ten of the characters stands for one that is not known."""
        return self._unknown * 10 > self._characters

    def head(self, size_bytes: int) -> bytes:
        """The first bytes of the part."""
        with self.path.open("rb") as stream:
            return stream.read(size_bytes)

    def new_file(self, suffix: str = "") -> Path:
        """A path in the private folder where nothing stands yet."""
        return self._containing.new_file(suffix)

    def member(self, name: str, path: Path) -> None:
        """Read what this part contains under `name`, unpacked to `path`, as a part of its own."""
        self.flush()
        self.has_members = True
        self._containing.member(self, name, path)

    def unread(
        self, name: str, size_bytes: int, told: Unreadable, *, skipped: bool = False
    ) -> None:
        """Account for a member that is not read."""
        self.flush()
        self.has_members = True
        self._containing.unread(self, name, size_bytes, told, skipped=skipped)


def clean(text: str) -> str:
    """Text without characters that are none, lines ending in LF."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text_alone(text)
